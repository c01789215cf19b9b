package sirkuit.transformer.family;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import sirkuit.checkpoint.TensorInfo;

/// Tensors outside the model that training left in the file, such as the weights of the classes in the loss.
/// transformers reports them as unexpected and leaves them out. A tensor inside the model, or one that looks like a map
/// or a norm, would change the numbers, and does not count as one of them.
final class TrainingTensors {
    private static final Pattern OF_A_LOSS =
            Pattern.compile("(?i).*(loss|criterion|class_?weight|pos_?weight|label_?weight).*");

    /// The beginnings of names inside a model, with and without its prefix.
    private static final Set<String> MODEL = Set.of(
            "bert",
            "roberta",
            "distilbert",
            "transformer",
            "model",
            "embeddings",
            "encoder",
            "pooler",
            "layer",
            "layers",
            "h",
            "wte",
            "wpe",
            "ln_f",
            "norm",
            "embed_tokens",
            "final_norm",
            "classifier",
            "pre_classifier",
            "score",
            "head",
            "lm_head",
            "decoder");

    private TrainingTensors() {}

    /// @param classes how many classes the classifier has
    static boolean isOfTraining(TensorInfo tensor, int classes) {
        List<String> parts = List.of(tensor.name().split("\\.", -1));
        if (parts.stream().anyMatch(part -> OF_A_LOSS.matcher(part).matches())) {
            return true;
        }
        boolean vector = tensor.shape().stream().filter(n -> n != 1).count() <= 1;
        return vector && tensor.size() <= classes && !MODEL.contains(parts.getFirst());
    }
}

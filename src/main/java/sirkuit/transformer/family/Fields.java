package sirkuit.transformer.family;

import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.checkpoint.CheckpointConfig;
import sirkuit.transformer.TensorNames;
import sirkuit.transformer.TransformerSpec;

/// Fields of `config.json` that several families have.
final class Fields {
    static final String SLIDING = "sliding_attention";
    private static final String FULL = "full_attention";

    private Fields() {}

    /// What each layer sees: [#SLIDING] a window, or everything; empty if it is not written.
    ///
    /// @throws Problem when there is another type, or not one for each layer
    static List<String> layerTypes(CheckpointConfig c, int layers) {
        List<String> types = c.texts("layer_types");
        for (String type : types) {
            if (!type.equals(SLIDING) && !type.equals(FULL)) {
                throw c.unsupported(
                        Message.of("transformer.family.layer-types-with", type),
                        Message.of("transformer.family.supported-layer-types", FULL, SLIDING));
            }
        }
        if (!types.isEmpty() && types.size() != layers) {
            throw Problem.of("transformer.family.layer-types-count", c.file(), types.size(), layers);
        }
        return types;
    }

    static double probability(CheckpointConfig c, String field, double otherwise) {
        double value = c.number(field, otherwise);
        if (value < 0 || value >= 1) {
            throw Problem.of("transformer.family.bad-probability", c.file(), field, value);
        }
        return value;
    }

    /// The dropout of families in which transformers drops only attention probabilities.
    static TransformerSpec.Dropout attentionDropout(CheckpointConfig c) {
        return new TransformerSpec.Dropout(
                Map.of(TransformerSpec.Dropout.Point.PATTERN, probability(c, "attention_dropout", 0)));
    }

    /// @return -1 when there is none
    static int padToken(CheckpointConfig c, int vocabulary, int otherwise) {
        int id = c.integer("pad_token_id", otherwise);
        if (id < -1 || id >= vocabulary) {
            throw Problem.of("transformer.family.pad-token-outside", c.file(), id);
        }
        return id;
    }

    static TransformerSpec.Activation activation(CheckpointConfig c, String field, String otherwise) {
        String name = c.text(field, otherwise);
        return switch (name) {
            case "gelu" -> TransformerSpec.Activation.GELU;
            case "gelu_new", "gelu_pytorch_tanh", "gelu_fast" -> TransformerSpec.Activation.GELU_TANH;
            case "relu" -> TransformerSpec.Activation.RELU;
            case "silu", "swish" -> TransformerSpec.Activation.SILU;
            default -> throw Problem.of("transformer.family.unsupported-activation", c.file(), field, name);
        };
    }

    /// Head size of a model whose heads share d_model between them.
    static int headSize(CheckpointConfig c, int hidden, int heads) {
        if (hidden % heads != 0) {
            throw Problem.of("transformer.family.hidden-size-uneven", c.file(), hidden, heads);
        }
        return hidden / heads;
    }

    /// Which layers see only a window: those of `layer_types` or, if it is missing, the layers for which
    /// `otherwise` is true.
    static List<Boolean> sliding(CheckpointConfig c, int layers, IntPredicate otherwise) {
        List<String> types = c.texts("layer_types");
        if (!types.isEmpty() && types.size() != layers) {
            throw Problem.of("transformer.family.layer-types-count", c.file(), types.size(), layers);
        }
        return IntStream.range(0, layers)
                .mapToObj(
                        i -> types.isEmpty() ? otherwise.test(i) : types.get(i).equals("sliding_attention"))
                .toList();
    }

    /// A classifier that reads the last position without a dense map, or a language model's output words.
    static TransformerSpec.Readout lastPosition(boolean languageModel, double softcap) {
        return new TransformerSpec.Readout(
                TransformerSpec.Reader.LAST, null, false, softcap, languageModel ? List.of() : null);
    }

    /// Its tensors.
    static TensorNames.Readout lastPosition(String finalNorm, boolean languageModel) {
        return new TensorNames.Readout(finalNorm, null, null, languageModel ? "lm_head" : "score");
    }
}

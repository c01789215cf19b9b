package sirkuit.sample;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.tokenizer.TextTokenizer;
import sirkuit.device.Backend;
import sirkuit.transformer.Guesses;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.family.Families;
import sirkuit.tuning.LanguagePretraining;
import sirkuit.tuning.TrainableParameters;

/// Teaches a random checkpoint the languages of a sample: it guesses words of texts without labels.
///
/// @param said receives the progress
record SamplePretraining(Recipe recipe, long seed, Backend backend, Consumer<String> said) {
    private static final double MASKED = 0.2;

    /// @param random the checkpoint to start from
    /// @param taught where the other one is written
    void run(Path random, SampleTexts texts, Path taught) {
        List<Sentence> unlabelled = new ArrayList<>();
        for (int i = 0; i < recipe.spoken().size(); i++) {
            unlabelled.addAll(texts.unlabelled(
                    recipe.spoken().get(i),
                    recipe.language().texts().get(i),
                    recipe.language().mixed()));
        }
        Checkpoint checkpoint = Checkpoint.open(random);
        Recipe.Pretraining p = recipe.language();
        List<Integer> words = recipe.prompt() == null ? List.of() : List.of(0, 1, 2);
        try (TextTokenizer tokenizer = TextTokenizer.open(checkpoint, SampleFiles.MAX_LENGTH);
                ProxyModel model = Families.load(checkpoint, recipe.grammar().labels(), words, backend);
                TrainableParameters parameters = TrainableParameters.full(model)) {
            LanguagePretraining.Settings settings = new LanguagePretraining.Settings(
                    p.steps(),
                    p.batchSize(),
                    p.learningRate(),
                    SampleMaker.DECAY,
                    SampleMaker.WARMUP,
                    new Guesses.Masking(MASKED, SampleTokenizer.MASK, SampleTokenizer.SPECIAL_TOKENS),
                    seed);
            double[] mean = new double[1];
            new LanguagePretraining(model, parameters, settings)
                    .run(tokens(tokenizer, unlabelled, model), (step, loss) -> {
                        mean[0] += loss / 100;
                        if (step % 100 == 0) {
                            said.accept(String.format(
                                    java.util.Locale.ROOT,
                                    "pre-training step %d of %d, loss %.3f",
                                    step,
                                    p.steps(),
                                    mean[0]));
                            mean[0] = 0;
                        }
                    });
            checkpoint.writeAdapted(taught, parameters.tensors(), parameters::adapted);
        }
    }

    private LabelledTokens tokens(TextTokenizer tokenizer, List<Sentence> texts, ProxyModel model) {
        List<String> first = texts.stream().map(Sentence::text).toList();
        return LabelledTokens.of(
                recipe.pairs()
                        ? tokenizer.encode(
                                first, texts.stream().map(Sentence::pair).toList())
                        : tokenizer.encode(first),
                new int[texts.size()],
                model.spec());
    }
}

package sirkuit.tuning;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import sirkuit.checkpoint.TextTokenizer.Tokens;
import sirkuit.transformer.ForwardPass;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.Tap;
import sirkuit.transformer.TokenBatch;
import sirkuit.transformer.TransformerSpec;

/// Teaches a transformer to guess words of unlabelled texts: masked ones (Devlin et al. 2019) where every position sees
/// all others, the next one where it sees only those before. The guess is the product with the token embedding. For the
/// samples, whose checkpoints begin with random weights.
public final class LanguagePretraining {
    private static final double MASKED = 0.8;
    private static final double REPLACED = 0.9;

    private final ProxyModel model;
    private final TrainableParameters parameters;
    private final Settings settings;
    private final AdamW optimizer;
    private final Schedule schedule;
    private final boolean causal;

    /// @param steps        optimizer steps
    /// @param batchSize    texts a step
    /// @param learningRate peak of a linear schedule
    /// @param share        of the tokens that are guessed; without meaning for a causal model, which guesses all
    /// @param maskToken    id that stands for what is to be guessed
    /// @param firstWord    lowest id that is a word, not a special token
    public record Settings(
            int steps,
            int batchSize,
            double learningRate,
            double weightDecay,
            double warmup,
            double share,
            int maskToken,
            int firstWord,
            long seed) {}

    /// Told of each step.
    public interface Listener {
        /// @param step counted from 1
        /// @param loss mean cross-entropy of the guesses
        void stepped(int step, double loss);
    }

    /// @param parameters all of the model's, see [TrainableParameters#full]
    public LanguagePretraining(ProxyModel model, TrainableParameters parameters, Settings settings) {
        this.model = model;
        this.parameters = parameters;
        this.settings = settings;
        causal = model.spec().attention().causal();
        optimizer = new AdamW(parameters.manager(), learning(), settings.weightDecay(), 1);
        schedule = Schedule.of(Schedule.Kind.LINEAR, settings.learningRate(), settings.warmup(), settings.steps());
    }

    /// All but the classification head, which guesses nothing.
    private List<Slice> learning() {
        TransformerSpec.Names names = model.spec().names();
        List<String> heads = new ArrayList<>();
        if (model.spec().readout().tokens() == null) {
            heads.add(names.classifier() + ".");
        }
        if (names.pooler() != null) {
            heads.add(names.pooler() + ".");
        }
        return parameters.slices().stream()
                .filter(s -> heads.stream().noneMatch(s.tensor()::startsWith))
                .toList();
    }

    /// @param texts whole texts with their special tokens, in no order
    public void run(List<Tokens> texts, Listener listener) {
        for (int step = 0; step < settings.steps(); step++) {
            Random random = new Random(Seeds.ofStep(settings.seed(), step));
            List<Tokens> batch = new ArrayList<>();
            for (int i = 0; i < settings.batchSize(); i++) {
                batch.add(texts.get(random.nextInt(texts.size())));
            }
            double loss = gradients(batch, random);
            double norm = optimizer.step(schedule.at(step));
            if (!Double.isFinite(loss + norm)) {
                throw new Divergence("loss of the pre-training", loss + norm, step + 1);
            }
            listener.stepped(step + 1, loss);
        }
    }

    /// What stands in the texts and what is to be guessed.
    ///
    /// @param seen     texts as the model sees them
    /// @param places   b T + t of each guess
    /// @param expected token of each
    private record Guesses(List<Tokens> seen, List<Integer> places, List<Integer> expected) {}

    private double gradients(List<Tokens> batch, Random random) {
        Guesses guesses = guesses(batch, random);
        try (NDManager manager = parameters.manager().newSubManager();
                NDScope scope = new NDScope();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            scope.suppressNotUsedWarning();
            Objects.requireNonNull(collector);
            TokenBatch tokens = TokenBatch.of(manager, guesses.seen, model.spec());
            ForwardPass pass =
                    new ForwardPass(parameters.network(), Tap.NONE, TransformerSpec.Dropout.NONE, true, () -> {});
            NDArray states = pass.states(tokens);
            NDArray flat = states.reshape(-1, model.spec().hidden());
            NDArray places = manager.create(
                    guesses.places.stream().mapToLong(Integer::longValue).toArray());
            NDArray read = Embedding.embedding(places, flat, SparseFormat.DENSE).singletonOrThrow();
            NDArray logits = Linear.linear(read, parameters.network().tokens()).singletonOrThrow();
            NDArray loss =
                    logits.logSoftmax(-1).mul(gold(manager, guesses.expected)).sum();
            JniUtils.backward((PtNDArray) loss, (PtNDArray) manager.ones(loss.getShape()), false, false);
            return loss.getFloat();
        }
    }

    private NDArray gold(NDManager manager, List<Integer> expected) {
        int words = model.spec().vocabulary();
        float[] gold = new float[expected.size() * words];
        for (int i = 0; i < expected.size(); i++) {
            gold[i * words + expected.get(i)] = -1f / expected.size();
        }
        return manager.create(gold, new Shape(expected.size(), words));
    }

    private Guesses guesses(List<Tokens> batch, Random random) {
        int longest = batch.stream().mapToInt(Tokens::length).max().orElseThrow();
        List<Tokens> seen = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        for (int b = 0; b < batch.size(); b++) {
            Tokens text = batch.get(b);
            int[] ids = text.ids().clone();
            for (int t = 0; t < ids.length; t++) {
                Integer guess = causal ? next(text.ids(), t) : masked(ids, t, random);
                if (guess != null) {
                    places.add(b * longest + t);
                    expected.add(guess);
                }
            }
            seen.add(new Tokens(ids, text.types(), false));
        }
        if (places.isEmpty()) { // by chance no word of few texts
            places.add(1);
            expected.add(batch.getFirst().ids()[1]);
        }
        return new Guesses(seen, places, expected);
    }

    private static @Nullable Integer next(int[] ids, int t) {
        return t + 1 < ids.length ? (Integer) ids[t + 1] : null;
    }

    /// Puts the mask in the token's place, mostly: what is guessed must be told from its surroundings also where
    /// nothing says that it is to be guessed.
    private @Nullable Integer masked(int[] ids, int t, Random random) {
        int word = ids[t];
        if (word < settings.firstWord() || random.nextDouble() >= settings.share()) {
            return null;
        }
        double draw = random.nextDouble();
        if (draw < MASKED) {
            ids[t] = settings.maskToken();
        } else if (draw < REPLACED) {
            ids[t] = settings.firstWord() + random.nextInt(model.spec().vocabulary() - settings.firstWord());
        }
        return word;
    }
}

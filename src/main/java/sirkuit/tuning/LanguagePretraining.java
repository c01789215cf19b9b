package sirkuit.tuning;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
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
import sirkuit.Message;
import sirkuit.transformer.ActivationHook;
import sirkuit.transformer.ForwardPass;
import sirkuit.transformer.Guesses;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TensorNames;
import sirkuit.transformer.TransformerSpec;
import sirkuit.tuning.order.Seeds;

/// Trains a transformer to predict words of unlabelled texts: masked ones (Devlin et al. 2019) if every position sees
/// all others, the next one if it sees only those before. The prediction is the product with the token embedding. It is
/// used for the samples, whose checkpoints start with random weights.
public final class LanguagePretraining {
    private final ProxyModel model;
    private final TrainableParameters parameters;
    private final Settings settings;
    private final AdamW optimizer;
    private final Schedule schedule;
    private final boolean causal;

    /// @param steps        optimizer steps
    /// @param batchSize    texts a step
    /// @param learningRate peak of a linear schedule
    /// @param masking      ignored for a causal model, which predicts every next word
    public record Settings(
            int steps,
            int batchSize,
            double learningRate,
            double weightDecay,
            double warmup,
            Guesses.Masking masking,
            long seed) {}

    /// Receives each step.
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

    /// All slices but the classifier, which predicts no words.
    private List<Slice> learning() {
        TensorNames.Readout names = model.spec().names().readout();
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

    /// @param texts whole texts with their special tokens; their labels are ignored
    public void run(LabelledTokens texts, Listener listener) {
        for (int step = 0; step < settings.steps(); step++) {
            Random random = new Random(Seeds.ofStep(settings.seed(), step));
            List<Integer> drawn = new ArrayList<>();
            for (int i = 0; i < settings.batchSize(); i++) {
                drawn.add(random.nextInt(texts.size()));
            }
            double loss = gradients(texts.select(drawn), random);
            double norm = optimizer.step(schedule.at(step));
            if (!Double.isFinite(loss + norm)) {
                throw new Divergence(Message.of("tuning.loss-of-pretraining"), loss + norm, step + 1);
            }
            listener.stepped(step + 1, loss);
        }
    }

    private double gradients(LabelledTokens batch, Random random) {
        int words = model.spec().vocabulary();
        Guesses guesses = causal ? Guesses.ofNext(batch) : Guesses.masked(batch, settings.masking(), words, random);
        try (NDManager manager = parameters.manager().newSubManager();
                NDScope scope = new NDScope();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            scope.suppressNotUsedWarning();
            Objects.requireNonNull(collector);
            ForwardPass pass = new ForwardPass(
                    parameters.network(), ActivationHook.NONE, TransformerSpec.Dropout.NONE, true, () -> {});
            NDArray states = pass.states(guesses.batch(manager, model.spec()));
            NDArray flat = states.reshape(-1, model.spec().hidden());
            NDArray read = Embedding.embedding(guesses.places(manager), flat, SparseFormat.DENSE)
                    .singletonOrThrow();
            NDArray logits = Linear.linear(read, parameters.network().tokens()).singletonOrThrow();
            NDArray loss =
                    logits.logSoftmax(-1).mul(guesses.gold(manager, words)).sum();
            JniUtils.backward((PtNDArray) loss, (PtNDArray) manager.ones(loss.getShape()), false, false);
            return loss.getFloat();
        }
    }
}

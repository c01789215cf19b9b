package sirkuit.tuning;

import ai.djl.engine.Engine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TransformerSpec;

/// Fine-tunes the trainable parameters on target-language texts while watching held-out target and source texts.
public final class MaskedTuning {
    private final ProxyModel model;
    private final TrainableParameters parameters;
    private final TuningSettings settings;
    private final Data data;
    private final Listener listener;
    private final Runnable stopPoint;
    private final List<float[]> best = new ArrayList<>();
    private @Nullable Kept kept;
    private int evaluationsSinceBest;

    /// @param train  target-language texts to learn from
    /// @param target held-out target texts
    /// @param source held-out source texts; null when the source is not watched
    public record Data(
            LabelledTokens train,
            LabelledTokens target,
            @Nullable LabelledTokens source) {}

    /// The values that a training ends with.
    ///
    /// @param step   after which they were reached: the last one, or with patience that of the best evaluation
    /// @param target how good they are on the target texts
    /// @param source the same for the source texts; null when the source is not watched
    public record Kept(
            int step, Evaluation target, @Nullable Evaluation source) {}

    /// Told as it goes on.
    public interface Listener {
        void started(int steps);

        /// @param step counted from 1
        void stepped(
                int step, double epoch, double loss, double learningRate, double gradientNorm, double tokensPerSecond);

        /// @param source null when the source is not watched
        void evaluated(int step, double epoch, Evaluation target, @Nullable Evaluation source);
    }

    /// @param stopPoint called between steps and within evaluations; throws to stop
    public MaskedTuning(
            ProxyModel model,
            TrainableParameters parameters,
            TuningSettings settings,
            Data data,
            Listener listener,
            Runnable stopPoint) {
        this.model = model;
        this.parameters = parameters;
        this.settings = settings;
        this.data = data;
        this.listener = listener;
        this.stopPoint = stopPoint;
    }

    /// Trains to the end; the result is in the parameters.
    ///
    /// @return which values these are
    /// @throws Problem when the loss is no longer a number
    public Kept run() {
        Engine.getEngine("PyTorch").setRandomSeed((int) settings.seed());
        Random order = new Random(settings.seed());
        int perStep = settings.batchSize() * settings.accumulate();
        int stepsPerEpoch = (data.train().size() + perStep - 1) / perStep;
        int steps = stepsPerEpoch * settings.epochs();
        Schedule schedule = Schedule.linear(settings.learningRate(), settings.warmup(), steps);
        AdamW optimizer = new AdamW(parameters.manager(), parameters.slices(), settings.weightDecay(), settings.clip());
        TrainingStep training = new TrainingStep(
                parameters, settings.dropout() == null ? model.spec().dropout() : settings.dropout(), stopPoint);
        listener.started(steps);
        evaluate(0, 0);
        int step = 0;
        for (int epoch = 0; epoch < settings.epochs(); epoch++) {
            List<Integer> shuffled = shuffled(order);
            for (int from = 0; from < shuffled.size(); from += perStep) {
                stopPoint.run();
                List<Integer> chosen = shuffled.subList(from, Math.min(from + perStep, shuffled.size()));
                double learningRate = schedule.at(step);
                long start = System.nanoTime();
                double loss = training.gradients(micro(chosen));
                requireFinite(loss, step + 1);
                double norm = optimizer.step(learningRate);
                step++;
                double seconds = (System.nanoTime() - start) / 1e9;
                double passes = step / (double) stepsPerEpoch;
                listener.stepped(step, passes, loss, learningRate, norm, tokens(chosen) / seconds);
                boolean due = settings.evaluateEvery() > 0
                        ? step % settings.evaluateEvery() == 0 || step == steps
                        : step % stepsPerEpoch == 0;
                if (due && evaluate(step, passes)) {
                    return restored();
                }
            }
        }
        return restored();
    }

    private List<Integer> shuffled(Random order) {
        List<Integer> all =
                new ArrayList<>(IntStream.range(0, data.train().size()).boxed().toList());
        Collections.shuffle(all, order);
        return all;
    }

    private List<LabelledTokens> micro(List<Integer> chosen) {
        List<LabelledTokens> batches = new ArrayList<>();
        for (int from = 0; from < chosen.size(); from += settings.batchSize()) {
            batches.add(
                    data.train().select(chosen.subList(from, Math.min(from + settings.batchSize(), chosen.size()))));
        }
        return batches;
    }

    private long tokens(List<Integer> chosen) {
        return chosen.stream().mapToLong(i -> data.train().length(i)).sum();
    }

    private static void requireFinite(double loss, int step) {
        if (!Double.isFinite(loss)) {
            throw new Problem(
                    Problem.Kind.WORK,
                    "The loss became " + loss + " at step " + step + ".",
                    "Try a lower learning rate, a longer warm-up or stronger clipping; the checkpoint is unchanged.",
                    null);
        }
    }

    /// @return whether patience has run out
    private boolean evaluate(int step, double epoch) {
        Evaluation target = evaluation(data.target());
        Evaluation source = null;
        if (data.source() != null) {
            source = evaluation(data.source());
        }
        listener.evaluated(step, epoch, target, source);
        if (settings.patience() == 0) {
            kept = new Kept(step, target, source);
            return false;
        }
        if (kept == null || target.accuracy() > kept.target.accuracy()) {
            kept = new Kept(step, target, source);
            evaluationsSinceBest = 0;
            best.clear();
            best.addAll(parameters.snapshot());
            return false;
        }
        evaluationsSinceBest++;
        return evaluationsSinceBest >= settings.patience();
    }

    private Evaluation evaluation(LabelledTokens texts) {
        return Evaluation.of(parameters.network(), parameters.manager(), model.memory(), texts, stopPoint);
    }

    private Kept restored() {
        if (!best.isEmpty()) {
            parameters.restore(best);
        }
        return Objects.requireNonNull(kept, "evaluated before the first step");
    }

    /// Optimizer steps over one batch at a constant learning rate, without clipping or dropout: what reference cases
    /// are made of.
    ///
    /// @return the loss of each step before its update
    public static double[] constantSteps(
            TrainableParameters parameters,
            LabelledTokens batch,
            int steps,
            double learningRate,
            double weightDecay,
            Runnable stopPoint) {
        AdamW optimizer = new AdamW(parameters.manager(), parameters.slices(), weightDecay, 0);
        TrainingStep training = new TrainingStep(parameters, TransformerSpec.Dropout.NONE, stopPoint);
        double[] losses = new double[steps];
        for (int i = 0; i < steps; i++) {
            losses[i] = training.gradients(List.of(batch));
            optimizer.step(learningRate);
        }
        return losses;
    }

    /// Repeats one optimizer step on one batch, with dropout and clipping as in training: for benchmarks.
    public interface StepTimer {
        void step();
    }

    /// @param batch the step's examples
    public static StepTimer stepTimer(
            TrainableParameters parameters, LabelledTokens batch, TransformerSpec.Dropout dropout) {
        AdamW optimizer = new AdamW(parameters.manager(), parameters.slices(), 0.01, 1.0);
        TrainingStep training = new TrainingStep(parameters, dropout, () -> {});
        return () -> {
            training.gradients(List.of(batch));
            optimizer.step(1e-4);
        };
    }
}

package sirkuit.tuning;

import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TransformerSpec;
import sirkuit.tuning.order.Seeds;
import sirkuit.tuning.order.StepTexts;

/// Fine-tunes the trainable parameters on target-language texts, and evaluates held-out target and source texts
/// meanwhile.
public final class MaskedTuning {
    private final ProxyModel model;
    private final TrainableParameters parameters;
    private final TuningSettings settings;
    private final Data data;
    private final Listener listener;
    private final ResumePoints points;
    private final Runnable stopPoint;
    private final AdamW optimizer;
    private final TrainingStep training;
    private final StepTexts order;
    private final int steps;
    private final Schedule schedule;
    private final EarlyStopping keeping;
    private final TrainingArrays arrays;
    private int step;
    private int evaluatedAt = -1;
    private boolean over;

    /// @param train   target-language texts to learn from
    /// @param target  held-out target texts
    /// @param source  held-out source texts; null when the source is not watched
    /// @param watched held-out texts of further languages or tasks, by their names
    /// @param valid   target texts that choose the kept step; null for none. With them the target texts are
    ///                measured only before the first step and for the kept one.
    /// @param replay  source texts to learn again meanwhile; null for none
    public record Data(
            LabelledTokens train,
            LabelledTokens target,
            @Nullable LabelledTokens source,
            Map<String, LabelledTokens> watched,
            @Nullable LabelledTokens valid,
            @Nullable Replay replay) {
        /// Without replay.
        public Data(
                LabelledTokens train,
                LabelledTokens target,
                @Nullable LabelledTokens source,
                Map<String, LabelledTokens> watched,
                @Nullable LabelledTokens valid) {
            this(train, target, source, watched, valid, null);
        }

        /// All texts to learn: those of the target, then those of the source.
        public LabelledTokens learnt() {
            return replay == null ? train : train.and(replay.texts);
        }

        /// @throws Problem when the share of a step is none of its texts or all of them
        StepTexts order(TuningSettings settings) {
            int all = settings.batches().examplesAStep();
            return new StepTexts(
                    train,
                    replay == null ? null : replay.texts,
                    replay == null ? 0 : replay.ofEach(all),
                    all,
                    settings.batches().bucketed(),
                    settings.seed());
        }

        public Data(LabelledTokens train, LabelledTokens target, @Nullable LabelledTokens source) {
            this(train, target, source, Map.of(), null);
        }
    }

    /// @param texts of the source
    /// @param share of the texts of each step
    public record Replay(LabelledTokens texts, double share) {
        /// How many texts of a step are source texts.
        ///
        /// @param all texts of a step
        /// @throws sirkuit.Problem when it is none of them or all
        public int ofEach(int all) {
            int count = Math.toIntExact(Math.round(share * all));
            if (count < 1 || count >= all) {
                throw Problem.of("tuning.replay-of-no-text", share, all, count);
            }
            return count;
        }
    }

    /// Receives the progress.
    public interface Listener {
        void started(int steps);

        /// @param step counted from 1
        void stepped(
                int step, double epoch, double loss, double learningRate, double gradientNorm, double tokensPerSecond);

        /// @param forgetting source accuracy lost, in percentage points; null when the source is not watched
        void evaluated(double epoch, Measured measured, @Nullable Double forgetting);

        /// Something to know before trusting the result.
        default void noted(Message what) {}
    }

    /// @param points    saves resume points
    /// @param stopPoint called between steps and within evaluations; throws [CancellationException] to stop
    public MaskedTuning(
            ProxyModel model,
            TrainableParameters parameters,
            TuningSettings settings,
            Data data,
            Listener listener,
            ResumePoints points,
            Runnable stopPoint) {
        this.model = model;
        this.parameters = parameters;
        this.settings = settings;
        this.data = data;
        this.listener = listener;
        this.points = points;
        this.stopPoint = stopPoint;
        optimizer = new AdamW(
                parameters.manager(),
                parameters.slices(),
                settings.optimizer().weightDecay(),
                settings.optimizer().clip(),
                settings.optimizer().l2sp());
        TransformerSpec.Dropout dropout = settings.dropout();
        training = new TrainingStep(
                parameters, dropout == null ? model.spec().dropout() : dropout, settings.checkpointing(), stopPoint);
        order = data.order(settings);
        schedule = Schedule.of(settings, data);
        steps = schedule.steps();
        keeping = new EarlyStopping(settings);
        arrays = new TrainingArrays(parameters, optimizer, keeping);
    }

    /// Without resume points.
    public MaskedTuning(
            ProxyModel model,
            TrainableParameters parameters,
            TuningSettings settings,
            Data data,
            Listener listener,
            Runnable stopPoint) {
        this(model, parameters, settings, data, listener, ResumePoints.NONE, stopPoint);
    }

    /// Trains to the end, from the beginning or from the point that [#goBack] restored. The result is in the
    /// parameters. If it is stopped, it saves a last resume point first.
    ///
    /// @return the accuracies of the result
    /// @throws Divergence when loss or gradient are no longer numbers
    public Measured run() {
        listener.started(steps);
        try {
            train();
        } catch (CancellationException e) {
            // A step that is interrupted has changed nothing, and neither has an evaluation.
            points.keep(standing(), arrays.parts());
            throw e;
        }
        return conclude();
    }

    private void train() {
        int perEpoch = order.stepsPerEpoch();
        List<List<Integer>> epoch = List.of();
        int ordered = -1;
        if (evaluationDue()) {
            afterStep(); // before the first step, or at a stop in the middle of an evaluation
        }
        while (step < steps && !over) {
            stopPoint.run();
            if (step / perEpoch != ordered) {
                ordered = step / perEpoch;
                epoch = order.steps(ordered);
            }
            makeStep(epoch.get(step % perEpoch), schedule.at(step));
            afterStep();
        }
    }

    private void makeStep(List<Integer> chosen, double learningRate) {
        JniUtils.setSeed(Seeds.ofStep(settings.seed(), step));
        long start = System.nanoTime();
        double loss = training.gradients(micro(chosen));
        requireFinite(Message.of("tuning.loss"), loss, step + 1);
        double norm = optimizer.step(learningRate);
        requireFinite(Message.of("tuning.gradient-norm"), norm, step + 1);
        step++;
        double seconds = (System.nanoTime() - start) / 1e9;
        listener.stepped(step, epochs(), loss, learningRate, norm, tokens(chosen) / seconds);
    }

    private void afterStep() {
        boolean evaluated = evaluationDue();
        if (evaluated) {
            evaluate();
        }
        if (points.due(step, evaluated)) {
            points.keep(standing(), arrays.parts());
        }
    }

    private boolean evaluationDue() {
        int every =
                settings.stopping().evaluateEvery() > 0 ? settings.stopping().evaluateEvery() : order.stepsPerEpoch();
        return step > evaluatedAt && (step % every == 0 || step == steps);
    }

    private double epochs() {
        return step / (double) order.stepsPerEpoch();
    }

    private List<LabelledTokens> micro(List<Integer> chosen) {
        List<LabelledTokens> batches = new ArrayList<>();
        for (int from = 0; from < chosen.size(); from += settings.batches().size()) {
            batches.add(order.texts()
                    .select(chosen.subList(
                            from, Math.min(from + settings.batches().size(), chosen.size()))));
        }
        return batches;
    }

    private long tokens(List<Integer> chosen) {
        return chosen.stream().mapToLong(order.texts()::length).sum();
    }

    private static void requireFinite(Message quantity, double value, int at) {
        if (!Double.isFinite(value)) {
            throw new Divergence(quantity, value, at);
        }
    }

    private void evaluate() {
        Measured now = measured();
        Evaluation before = step == 0 ? now.source() : keeping.sourceBefore();
        listener.evaluated(epochs(), now, now.forgetting(before));
        requireFinite(Message.of("tuning.loss-on-target"), now.choosing().loss(), step);
        Message why = keeping.take(now, parameters);
        evaluatedAt = step;
        over = why != null;
        if (why != null) {
            listener.noted(why);
        }
    }

    /// Measures the values that the checkpoint's file will hold.
    private Measured measured() {
        try (StoredValues _ = StoredValues.of(parameters)) {
            return measuredAsTheyAre();
        }
    }

    private Measured measuredAsTheyAre() {
        Evaluation valid = data.valid() == null ? null : evaluation(data.valid());
        Evaluation target = valid == null || step == 0 ? evaluation(data.target()) : null;
        Evaluation source = data.source() == null ? null : evaluation(data.source());
        Map<String, Evaluation> watched = new LinkedHashMap<>();
        data.watched().forEach((name, texts) -> watched.put(name, evaluation(texts)));
        return new Measured(step, target, source, watched, valid);
    }

    private Evaluation evaluation(LabelledTokens texts) {
        return Evaluation.of(parameters.network(), parameters.manager(), model.memory(), texts, stopPoint);
    }

    /// Puts the values of the kept step into the parameters. [TuningSettings] says which step is kept.
    ///
    /// @return their accuracies
    public Measured conclude() {
        Snapshot values = keeping.values();
        if (values != null) {
            values.restore();
        } else if (evaluatedAt != step) {
            return reported(measured());
        }
        return reported(Objects.requireNonNull(keeping.kept(), "evaluated"));
    }

    /// With the target texts measured, for which the parameters must be those of the measured step.
    private Measured reported(Measured kept) {
        if (kept.target() != null) {
            return kept;
        }
        try (StoredValues _ = StoredValues.of(parameters)) {
            return kept.with(evaluation(data.target()));
        }
    }

    private TrainingState standing() {
        return new TrainingState(
                step, evaluatedAt, over, keeping.withoutGain(), keeping.sourceBefore(), keeping.kept());
    }

    /// Restores the state of a resume point.
    ///
    /// @param values the parts by name; null for a missing one
    public void goBack(TrainingState standing, Function<String, ResumePoints.@Nullable Part> values) {
        arrays.goBack(standing, values);
        step = standing.step();
        evaluatedAt = standing.evaluatedAt();
        over = standing.over();
    }

    /// Optimizer steps over one batch at a constant learning rate, without clipping or dropout, for reference
    /// cases.
    ///
    /// @return the loss of each step before its update
    public static double[] constantSteps(
            TrainableParameters parameters,
            LabelledTokens batch,
            int steps,
            double learningRate,
            double weightDecay,
            Runnable stopPoint) {
        return constantSteps(parameters, batch, steps, learningRate, weightDecay, 0, stopPoint);
    }

    /// The same with the penalty of L2-SP, which the losses are without.
    static double[] constantSteps(
            TrainableParameters parameters,
            LabelledTokens batch,
            int steps,
            double learningRate,
            double weightDecay,
            double l2sp,
            Runnable stopPoint) {
        AdamW optimizer = new AdamW(parameters.manager(), parameters.slices(), weightDecay, 0, l2sp);
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

    /// @param batch         the step's examples
    /// @param checkpointing see [TuningSettings]
    public static StepTimer stepTimer(
            TrainableParameters parameters,
            LabelledTokens batch,
            TransformerSpec.Dropout dropout,
            boolean checkpointing) {
        AdamW optimizer = new AdamW(parameters.manager(), parameters.slices(), 0.01, 1.0);
        TrainingStep training = new TrainingStep(parameters, dropout, checkpointing, () -> {});
        return () -> {
            training.gradients(List.of(batch));
            optimizer.step(1e-4);
        };
    }
}

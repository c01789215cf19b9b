package sirkuit.tuning;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Problem;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesEngine;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.device.Backend;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.family.Families;
import sirkuit.tuning.order.EpochOrder;

@UsesEngine
class MaskedTuningTest {
    private static final int D = TinyCheckpoint.HIDDEN;
    private static final int SIZE = D / TinyCheckpoint.HEADS;
    private static final HeadMask MASK = new HeadMask(
            TinyCheckpoint.LAYERS,
            TinyCheckpoint.HEADS,
            List.of(new Head(0, 1), new Head(1, 0), new Head(1, 3)),
            "test");

    @TempDir
    Path folder = Path.of("");

    private ProxyModel model;
    private LabelledTokens texts;

    @BeforeEach
    void load() {
        Checkpoint checkpoint = Checkpoint.open(TinyCheckpoint.write(folder.resolve("model"), 3));
        model = Families.load(checkpoint, List.of(), Backend.start("cpu", 2));
        Path csv = TinyCheckpoint.writeTexts(folder.resolve("texts.csv"), 48, 4);
        texts = TinyCheckpoint.tokens(model, csv);
    }

    @AfterEach
    void close() {
        model.close();
    }

    private static TuningSettings settings(int epochs, int accumulate, double learningRate, int patience) {
        return new TuningSettings(
                new TuningSettings.Batches(epochs, 8, accumulate, false),
                new TuningSettings.Optimizer(learningRate, 0.01, 0.1, 1, Schedule.Kind.LINEAR),
                new TuningSettings.Stopping(0, patience, null),
                null,
                5,
                false);
    }

    private static class Log implements MaskedTuning.Listener {
        private final List<Double> losses = new ArrayList<>();
        private final List<Evaluation> targets = new ArrayList<>();
        private final List<Integer> steps = new ArrayList<>();
        private Measured kept = null;

        @Override
        public void started(int steps) {}

        @Override
        public void stepped(int step, double epoch, double loss, double rate, double norm, double tokens) {
            losses.add(loss);
        }

        @Override
        public void evaluated(double epoch, Measured measured, @Nullable Double forgetting) {
            targets.add(measured.target());
            steps.add(measured.step());
        }
    }

    private Log train(TrainableParameters parameters, TuningSettings settings) {
        Log log = new Log();
        log.kept = new MaskedTuning(
                        model, parameters, settings, new MaskedTuning.Data(texts, texts, texts), log, () -> {})
                .run();
        return log;
    }

    @Test
    void beforeTheFirstStepTheSplitNetworkIsTheCheckpoint() {
        float[] expected = Evaluation.logits(model.network(), model.manager(), texts, () -> {});
        try (TrainableParameters p = TrainableParameters.masked(model, MASK, true, false)) {
            assertThat(Evaluation.logits(p.network(), model.manager(), texts, () -> {}))
                    .containsExactly(expected, within(1e-5f));
            long perHead = 3L * SIZE * (D + 1) + (long) D * SIZE;
            long norms = 2L * D * (2 * TinyCheckpoint.LAYERS + 1);
            assertThat(p.count()).isEqualTo(3 * perHead + norms);
            assertThat(model.spec().parametersOfHead()).isEqualTo(perHead);
            assertThat(model.spec().parametersOfNorms()).isEqualTo(norms);
        }
    }

    /// What chose a step is not what is reported for it.
    @Test
    void withAValidSplitTheTargetTextsAreMeasuredOnceForTheKeptStep() {
        try (TrainableParameters p = TrainableParameters.masked(model, MASK, true, true)) {
            List<Measured> seen = new ArrayList<>();
            LabelledTokens valid = texts.part(0, texts.size() / 2);
            LabelledTokens test = texts.part(texts.size() / 2, texts.size());
            TuningSettings some = settings(12, 1, 3e-2, 0);
            TuningSettings choosing = new TuningSettings(
                    some.batches(),
                    some.optimizer(),
                    new TuningSettings.Stopping(0, 0, null, true),
                    some.dropout(),
                    some.seed(),
                    false);
            Measured kept = new MaskedTuning(
                            model,
                            p,
                            choosing,
                            new MaskedTuning.Data(texts, test, null, Map.of(), valid),
                            new Log() {
                                @Override
                                public void evaluated(double epoch, Measured m, @Nullable Double forgetting) {
                                    seen.add(m);
                                }
                            },
                            () -> {})
                    .run();
            assertThat(seen.getFirst().target()).isNotNull();
            assertThat(seen.subList(1, seen.size()))
                    .allSatisfy(m -> assertThat(m.target()).isNull());
            Measured best = seen.stream()
                    .max(java.util.Comparator.comparingDouble(
                                    (Measured m) -> m.choosing().accuracy())
                            .thenComparing(m -> -m.step()))
                    .orElseThrow();
            assertThat(kept.step()).isEqualTo(best.step());
            assertThat(kept.valid()).isEqualTo(best.valid());
            Evaluation again = Evaluation.of(p.network(), model.manager(), model.memory(), test, () -> {});
            assertThat(kept.reported().confusion()).isDeepEqualTo(again.confusion());
        }
    }

    @Test
    void trainingLearns() {
        try (TrainableParameters p = TrainableParameters.masked(model, MASK, true, true)) {
            Log log = train(p, settings(80, 1, 5e-3, 0));
            assertThat(log.targets.getLast().accuracy())
                    .isGreaterThan(log.targets.getFirst().accuracy() + 0.2);
            assertThat(log.targets.getLast().loss())
                    .isLessThan(log.targets.getFirst().loss());
        }
    }

    @Test
    void frozenEntriesStayBitIdentical() {
        try (TrainableParameters p = TrainableParameters.masked(model, MASK, true, false)) {
            train(p, settings(3, 1, 1e-2, 0));
            Map<String, ByteBuffer> adapted = p.tensors().stream().collect(toMap(n -> n, p::adapted));
            Path out = folder.resolve("adapted");
            model.checkpoint().writeAdapted(out, p.tensors(), p::adapted);
            Checkpoint written = Checkpoint.open(out);
            for (String name : model.checkpoint().weights().tensors().keySet()) {
                assertChangedOnlyWhereTrainable(name, written);
            }
        }
    }

    private void assertChangedOnlyWhereTrainable(String name, Checkpoint written) {
        var before = model.checkpoint().weights().bytes(name).asIntBuffer();
        var after = written.weights().bytes(name).asIntBuffer();
        int changed = 0;
        for (int i = 0; i < before.remaining(); i++) {
            if (before.get(i) != after.get(i)) {
                assertThat(trainable(name, i)).as(name + " entry " + i).isTrue();
                changed++;
            }
        }
        if (name.endsWith("query.weight") || name.endsWith("LayerNorm.weight")) {
            assertThat(changed).as(name).isPositive();
        }
    }

    private static boolean trainable(String name, int i) {
        if (name.contains("LayerNorm")) {
            return true;
        }
        if (!name.contains(".attention.") || name.endsWith("output.dense.bias")) {
            return false;
        }
        int layer = Integer.parseInt(name.replaceAll(".*layer\\.(\\d+)\\..*", "$1"));
        int index = name.endsWith("output.dense.weight") ? i % D : name.endsWith("bias") ? i : i / D;
        return MASK.contains(layer, index / SIZE);
    }

    /// What was written and loaded again is what was trained.
    @Test
    void theAdaptedCheckpointComputesWhatWasTrained() {
        try (TrainableParameters p = TrainableParameters.masked(model, MASK, true, true)) {
            train(p, settings(2, 1, 1e-2, 0));
            Path out = folder.resolve("adapted");
            model.checkpoint().writeAdapted(out, p.tensors(), p::adapted);
            float[] trained = Evaluation.logits(p.network(), model.manager(), texts, () -> {});
            try (ProxyModel read = Families.load(Checkpoint.open(out), List.of(), Backend.start("cpu", 2))) {
                assertThat(Evaluation.logits(read.network(), read.manager(), texts, () -> {}))
                        .containsExactly(trained, within(1e-4f));
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        try (TrainableParameters one = TrainableParameters.masked(model, MASK, true, false);
                TrainableParameters two = TrainableParameters.masked(model, MASK, true, false)) {
            assertThat(train(one, settings(3, 1, 1e-3, 0)).losses)
                    .isEqualTo(train(two, settings(3, 1, 1e-3, 0)).losses);
        }
    }

    @Test
    void accumulatedBatchesGiveTheGradientOfTheWhole() {
        try (TrainableParameters one = TrainableParameters.masked(model, MASK, true, false);
                TrainableParameters two = TrainableParameters.masked(model, MASK, true, false)) {
            TuningSettings whole = new TuningSettings(
                    new TuningSettings.Batches(2, 16, 1, false),
                    new TuningSettings.Optimizer(1e-3, 0.01, 0, 1, Schedule.Kind.LINEAR),
                    new TuningSettings.Stopping(0, 0, null),
                    sirkuit.transformer.TransformerSpec.Dropout.NONE,
                    5,
                    false);
            TuningSettings parts = new TuningSettings(
                    new TuningSettings.Batches(2, 4, 4, false),
                    new TuningSettings.Optimizer(1e-3, 0.01, 0, 1, Schedule.Kind.LINEAR),
                    new TuningSettings.Stopping(0, 0, null),
                    sirkuit.transformer.TransformerSpec.Dropout.NONE,
                    5,
                    false);
            List<Double> a = train(one, whole).losses;
            List<Double> b = train(two, parts).losses;
            for (int i = 0; i < a.size(); i++) {
                assertThat(a.get(i)).isCloseTo(b.get(i), within(1e-4));
            }
        }
    }

    @Test
    void patienceKeepsTheBest() {
        try (TrainableParameters p = TrainableParameters.masked(model, MASK, true, false)) {
            Log log = train(p, settings(40, 1, 0.5, 2));
            double best =
                    log.targets.stream().mapToDouble(Evaluation::accuracy).max().orElseThrow();
            Evaluation kept = Evaluation.of(p.network(), model.manager(), model.memory(), texts, () -> {});
            assertThat(kept.accuracy()).isEqualTo(best);
            assertThat(log.targets.size()).isLessThan(41);
            int first = log.targets.stream().map(Evaluation::accuracy).toList().indexOf(best);
            assertThat(log.kept.step()).isEqualTo(log.steps.get(first)).isLessThan(log.steps.getLast());
            assertThat(log.kept.target().accuracy()).isEqualTo(best);
            assertThat(log.kept.source()).isNotNull();
        }
    }

    @Test
    void fullFineTuningTrainsEverything() {
        try (TrainableParameters p = TrainableParameters.full(model)) {
            assertThat(p.count()).isEqualTo(model.checkpoint().parameters());
            train(p, settings(1, 1, 1e-3, 0));
            for (String name : model.checkpoint().weights().tensors().keySet()) {
                int first = p.adapted(name).mismatch(model.copyOfBytes(name));
                // What the keys' bias would change, softmax does not see.
                assertThat(first >= 0).as(name).isEqualTo(!name.endsWith("key.bias"));
            }
        }
    }

    @Test
    void whatIsRestoredIsTheSameToTheBit() {
        try (TrainableParameters p = TrainableParameters.masked(model, MASK, true, true)) {
            train(p, settings(1, 1, 1e-3, 0));
            List<float[]> kept = EveryFamilyTest.values(p);
            Snapshot snapshot = p.snapshot();
            train(p, settings(2, 1, 0.3, 0));
            assertThat(java.util.Arrays.equals(EveryFamilyTest.values(p).getFirst(), kept.getFirst()))
                    .isFalse();
            snapshot.restore();
            List<float[]> again = EveryFamilyTest.values(p);
            for (int i = 0; i < kept.size(); i++) {
                assertThat(again.get(i)).isEqualTo(kept.get(i));
            }
        }
    }

    /// A step may be long: it is asked in the middle whether to go on.
    @Test
    void oneStepAsksAtEachLayerAndMicroBatchWhetherToGoOn() {
        try (TrainableParameters p = TrainableParameters.masked(model, MASK, true, false)) {
            int[] calls = {0};
            TrainingStep step = new TrainingStep(p, sirkuit.transformer.TransformerSpec.Dropout.NONE, () -> calls[0]++);
            step.gradients(List.of(texts, texts));
            assertThat(calls[0]).isGreaterThanOrEqualTo(2 * (TinyCheckpoint.LAYERS + 1));
            calls[0] = 0;
            Evaluation.logits(p.network(), model.manager(), texts, () -> calls[0]++);
            assertThat(calls[0]).isGreaterThanOrEqualTo(TinyCheckpoint.LAYERS);
        }
    }

    @Test
    void aDivergingRunSaysAtWhichStep() {
        try (TrainableParameters p = TrainableParameters.full(model)) {
            TuningSettings wild = new TuningSettings(
                    new TuningSettings.Batches(50, 8, 1, false),
                    new TuningSettings.Optimizer(1e20, 0, 0, 0, Schedule.Kind.LINEAR),
                    new TuningSettings.Stopping(0, 0, null),
                    null,
                    5,
                    false);
            assertThatThrownBy(() -> train(p, wild)).isInstanceOf(Problem.class).hasMessageContaining("at step");
        }
    }

    @Test
    void aMaskOfAnotherShapeOrNothingToTrainIsRefused() {
        assertThatThrownBy(() -> TrainableParameters.masked(model, HeadMask.all(6, 8), true, false))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("6 layers x 8 heads");
        HeadMask none = HeadMask.none(TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS);
        assertThatThrownBy(() -> TrainableParameters.masked(model, none, false, false))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("Nothing is selected");
    }

    @Test
    void itStopsWhenTold() {
        try (TrainableParameters p = TrainableParameters.masked(model, MASK, true, false)) {
            int[] calls = {0};
            MaskedTuning run = new MaskedTuning(
                    model, p, settings(100, 1, 1e-3, 0), new MaskedTuning.Data(texts, texts, null), new Log(), () -> {
                        if (++calls[0] > 20) {
                            throw new CancellationException();
                        }
                    });
            assertThatThrownBy(run::run).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void theScheduleWarmsUpAndDecays() {
        Schedule s = Schedule.of(Schedule.Kind.LINEAR, 1, 0.1, 100);
        assertThat(s.at(0)).isZero();
        assertThat(s.at(5)).isEqualTo(0.5);
        assertThat(s.at(10)).isEqualTo(1);
        assertThat(s.at(55)).isEqualTo(0.5);
        assertThat(s.at(100)).isZero();
        Schedule cosine = Schedule.of(Schedule.Kind.COSINE, 1, 0.1, 100);
        assertThat(cosine.at(5)).isEqualTo(0.5);
        assertThat(cosine.at(10)).isEqualTo(1);
        // 0.5 (1 + cos(pi (step - 10) / 90)), as transformers
        assertThat(cosine.at(40)).isEqualTo(0.75, within(1e-12));
        assertThat(cosine.at(55)).isEqualTo(0.5, within(1e-12));
        assertThat(cosine.at(100)).isZero();
        Schedule constant = Schedule.of(Schedule.Kind.CONSTANT, 1, 0.1, 100);
        assertThat(constant.at(5)).isEqualTo(0.5);
        assertThat(constant.at(99)).isEqualTo(1);
    }

    @Test
    void bucketsHoldEveryTextOnceFillUpLessAndDifferFromEpochToEpoch() {
        EpochOrder drawn = new EpochOrder(texts, 8, false, 5);
        EpochOrder bucketed = new EpochOrder(texts, 8, true, 5);
        assertThat(bucketed.steps(0)).isEqualTo(new EpochOrder(texts, 8, true, 5).steps(0));
        assertThat(bucketed.steps(0)).isNotEqualTo(bucketed.steps(1));
        assertThat(bucketed.steps(0)).isNotEqualTo(new EpochOrder(texts, 8, true, 6).steps(0));
        for (int epoch = 0; epoch < 3; epoch++) {
            assertThat(bucketed.steps(epoch)).hasSize(bucketed.stepsPerEpoch());
            assertThat(bucketed.steps(epoch).stream().flatMap(List::stream))
                    .containsExactlyInAnyOrderElementsOf(java.util.stream.IntStream.range(0, texts.size())
                            .boxed()
                            .toList());
            assertThat(filled(bucketed.steps(epoch))).isLessThan(filled(drawn.steps(epoch)));
        }
    }

    private int filled(List<List<Integer>> steps) {
        return steps.stream()
                .mapToInt(
                        s -> s.size() * s.stream().mapToInt(texts::length).max().orElse(0))
                .sum();
    }
}

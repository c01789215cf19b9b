package sirkuit.app.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.junit.jupiter.api.Test;
import sirkuit.app.runs.RunModel;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.protocol.Event;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;

class TuneModelTest {
    private static final Event.Inspected CHECKPOINT = new Event.Inspected(
            "checkpoint",
            "bert",
            "BertForSequenceClassification",
            new Event.Inspected.Shape(6, 8, 128, 16),
            new Event.Inspected.Counts(100_000, 1_000, 500),
            List.of("negative", "positive"),
            512,
            8000,
            "F32");
    private static final ProjectFile.Language LANGUAGE =
            new ProjectFile.Language("Minangkabau", new DataFile("train.csv"), new DataFile("test.csv"));
    private static final ProjectFile PROJECT =
            new ProjectFile(1, "project", "checkpoint", null, LANGUAGE, LANGUAGE, 64);
    private static final HeadMask MASK = new HeadMask(6, 8, List.of(new Head(0, 1), new Head(2, 3)), "top 2 by cdt");

    private final TuneModel model = new TuneModel();

    @Test
    void fullFineTuningHasALowerRate() {
        model.what().set(Trainable.FULL);
        assertThat(model.learningRate().get()).isEqualTo(2e-4);
        model.what().set(Trainable.SELECTED);
        assertThat(model.learningRate().get()).isEqualTo(1e-3);
    }

    @Test
    void aRateTheUserTypedStays() {
        model.learningRate().set(5e-4);
        model.what().set(Trainable.FULL);
        assertThat(model.learningRate().get()).isEqualTo(5e-4);
    }

    @Test
    void aProjectBeginsWithTheSettingsOfItsLatestFinishedRunOfEachKind() {
        ObservableList<RunModel> runs = FXCollections.observableArrayList();
        model.beginAs(runs);
        assertThat(model.epochs().get()).isEqualTo(10);
        runs.addAll(
                run(RunConfig.Trained.MASK, 15, 0.003, true),
                run(RunConfig.Trained.FULL, 15, 0.0004, true),
                run(RunConfig.Trained.MASK, 99, 0.9, false));
        assertThat(model.epochs().get()).isEqualTo(15);
        assertThat(model.learningRate().get()).isEqualTo(0.003);
        model.what().set(Trainable.FULL);
        assertThat(model.learningRate().get()).isEqualTo(0.0004);
        model.what().set(Trainable.NORMS);
        assertThat(model.learningRate().get()).isEqualTo(0.003);
        runs.add(run(RunConfig.Trained.MASK, 20, 0.1, true)); // begun only once
        assertThat(model.epochs().get()).isEqualTo(15);
    }

    @Test
    void settingsThatWereChangedBeforeTheRunsWereReadStay() {
        ObservableList<RunModel> runs = FXCollections.observableArrayList();
        model.beginAs(runs);
        model.epochs().set(3);
        runs.add(run(RunConfig.Trained.MASK, 15, 0.003, true));
        assertThat(model.epochs().get()).isEqualTo(3);
        assertThat(model.learningRate().get()).isEqualTo(1e-3);
    }

    private static RunModel run(RunConfig.Trained trained, int epochs, double rate, boolean finished) {
        RunConfig.Settings usual = RunConfig.Settings.DEFAULT;
        RunModel run = new RunModel(
                "run",
                0,
                new RunConfig(
                        RunConfig.VERSION,
                        "run",
                        "checkpoint",
                        null,
                        new RunConfig.Parameters(trained, trained == RunConfig.Trained.FULL ? null : MASK, true, false),
                        new RunConfig.Data(LANGUAGE.train(), LANGUAGE.test(), null),
                        new RunConfig.Settings(
                                new RunConfig.Batches(epochs, usual.batchSize(), usual.accumulate()),
                                usual.optimizer().at(rate),
                                null,
                                0,
                                0,
                                0,
                                32,
                                0)));
        if (finished) {
            run.accept(new Event.Finished(1));
        }
        return run;
    }

    @Test
    void itSaysWhatIsMissing() {
        assertThat(model.blocked(MASK, CHECKPOINT, LANGUAGE)).isNull();
        assertThat(model.blocked(HeadMask.none(6, 8), CHECKPOINT, LANGUAGE)).contains("Select heads first");
        assertThat(model.blocked(MASK, CHECKPOINT, null)).contains("target texts");
        model.what().set(Trainable.FULL);
        assertThat(model.blocked(HeadMask.none(6, 8), CHECKPOINT, LANGUAGE)).isNull();
    }

    @Test
    void theForecastCountsStepsAndParameters() {
        assertThat(model.forecast(MASK, CHECKPOINT, 500))
                .isEqualTo(
                        "2 heads and the norms will be trained: 2\u202f000 + 500 parameters (2.5\u202f%), in 320 steps over 500 texts."
                                + " Everything else stays the same.");
    }

    @Test
    void theClassifierIsCountedWhenItIsTrained() {
        model.trainHead().set(true);
        // 2 000 of the heads, 500 of the norms, (128 + 1) * 128 of the pooler, (128 + 1) * 2 of the last layer
        assertThat(model.forecast(MASK, CHECKPOINT, 500))
                .startsWith("2 heads, the norms and the classifier will be trained: 2\u202f000 + 500 + 16\u202f770"
                        + " parameters");
        model.what().set(Trainable.FULL);
        assertThat(model.forecast(MASK, CHECKPOINT, 500))
                .startsWith("All weights will be trained: 100\u202f000 parameters (100.0\u202f%)");
    }

    @Test
    void nothingStartsWithAMistake() {
        model.mistakes().put("Seed", "Seed must be a whole number.");
        assertThat(model.blocked(MASK, CHECKPOINT, LANGUAGE)).isEqualTo("Seed must be a whole number.");
    }

    @Test
    void everyChoiceBecomesItsConfig() {
        assertThat(mask(Trainable.SELECTED)).isEqualTo(MASK);
        assertThat(mask(Trainable.ALL_HEADS).size()).isEqualTo(48);
        assertThat(mask(Trainable.NORMS).size()).isZero();
        model.what().set(Trainable.FULL);
        RunConfig full = model.config(MASK, CHECKPOINT, PROJECT, "run");
        assertThat(full.what()).isEqualTo(RunConfig.Trained.FULL);
        assertThat(full.mask()).isNull();
    }

    @Test
    void namesTellRunsApart() {
        assertThat(model.suggestedName(MASK, Set.of())).isEqualTo("Top 2 by CD-T");
        assertThat(model.suggestedName(MASK, Set.of("Top 2 by CD-T"))).isEqualTo("Top 2 by CD-T (2)");
    }

    private HeadMask mask(Trainable what) {
        model.what().set(what);
        return Objects.requireNonNull(
                model.config(MASK, CHECKPOINT, PROJECT, "run").mask());
    }
}

package sirkuit.app.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import sirkuit.app.heatmap.HeadCursor;
import sirkuit.app.heatmap.HeatmapModel;
import sirkuit.app.heatmap.pane.ScoreShelf;
import sirkuit.app.look.Words;
import sirkuit.app.mask.MaskModel;
import sirkuit.app.work.NoEngine;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.app.work.WindowEngine;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;
import sirkuit.record.ScoreRecord;

@Isolated("speaks another language for a while")
class CompareModelTest {
    @TempDir
    Path folder = Path.of("");

    private final NoEngine engine = new NoEngine();
    private final Notices notices = new Notices();
    private final WindowEngine window = new WindowEngine(s -> engine, notices);
    private final MaskModel masks = new MaskModel();
    private final Request.Model checkpoint = new Request.Model("checkpoint", null, 64);
    private final HeatmapModel heatmap =
            new HeatmapModel(new SimpleObjectProperty<>(), new SimpleStringProperty(""), masks, new HeadCursor());

    @BeforeEach
    void english() {
        Words.speak("en");
        masks.begin(1, 3, null);
        masks.k().set(1);
    }

    @Test
    void scoresOfOneMethodAreSubtractedAndTheirRanksCompared() {
        try (Project project = project()) {
            CompareModel model = model(project);
            String first = project.saveScores(record(ScoreMethod.CDT, 3, 2, 1));
            String second = project.saveScores(record(ScoreMethod.CDT, 1, 2, 3));
            model.offer(List.of(new Side.Scores(first, "a"), new Side.Scores(second, "b")));
            assertThat(Objects.requireNonNull(model.difference().get()).score()[0])
                    .containsExactly(2, 0, -2);
            assertThat(model.agreement().get()).contains("\u22121.00", "0 of the top 1");
        }
    }

    @Test
    void methodsThatRankHeadsDifferentlyAreExplained() {
        try (Project project = project()) {
            String cdt = project.saveScores(record(ScoreMethod.CDT, 3, 2, 1));
            String alike = project.saveScores(record(ScoreMethod.ABLATION, 6, 5, 1));
            String other = project.saveScores(record(ScoreMethod.GRADIENT, 1, 2, 3));
            String again = project.saveScores(record(ScoreMethod.CDT, 1, 2, 3));
            for (String quiet : List.of(alike, again)) {
                CompareModel model = model(project);
                model.offer(List.of(new Side.Scores(cdt, "a"), new Side.Scores(quiet, "b")));
                assertThat(model.agreement().get()).contains("rank");
                assertThat(model.advice().get()).as(quiet).isEmpty();
            }
            CompareModel differing = model(project);
            differing.offer(List.of(new Side.Scores(cdt, "a"), new Side.Scores(other, "b")));
            assertThat(differing.advice().get()).contains("causal check");
        }
    }

    @Test
    void differentUnitsAreComparedAsSharesOfTheirLargest() {
        try (Project project = project()) {
            CompareModel model = model(project);
            String first = project.saveScores(record(ScoreMethod.CDT, 4, 2, 1));
            String second = project.saveScores(record(ScoreMethod.GRADIENT, 0.4, 0.1, 0.1));
            model.offer(List.of(new Side.Scores(first, "a"), new Side.Scores(second, "b")));
            assertThat(Objects.requireNonNull(model.difference().get()).score()[0])
                    .containsExactly(0, 0.25, 0);
        }
    }

    @Test
    void anAdaptedCheckpointIsScoredOnceAndAMaskCountsItsHeads() {
        try (Project project = project()) {
            CompareModel model = model(project);
            model.on(new DataFile("train.csv"));
            model.masksBy((name, to) -> to.accept(new HeadMask(1, 3, List.of(new Head(0, 2)), "by hand")));
            model.offer(List.of(new Side.Adapted("run/adapted", "after"), new Side.Mask("mine", "mine")));
            Request.Score asked =
                    (Request.Score) engine.last(Request.Score.class).request();
            assertThat(asked.model().checkpoint()).isEqualTo("run/adapted");
            engine.last(Request.Score.class)
                    .answer(new Event.Scored(record(ScoreMethod.CDT, 1, 0, 2)), new Event.Finished(1));
            assertThat(Objects.requireNonNull(model.difference().get()).score()[0])
                    .containsExactly(0.5, 0, 0);
            Side again = model.first().choice().get();
            model.first().choice().set(null);
            model.first().choice().set(again);
            assertThat(engine.asked()).hasSize(1);
        }
    }

    @Test
    void theCurveAsksCloselyForFewHeadsAndForBothEnds() {
        assertThat(CurveModel.counts(48)).contains(0, 1, 2, 3, 48).hasSizeLessThan(16);
        assertThat(CurveModel.counts(2)).containsExactly(0, 1, 2);
    }

    @Test
    void thePanelsSayWhatTheyWaitForAndFallSilentInTheEnd() {
        window.submit("Tuning All", new Request.Tune(null, "run"), event -> {});
        RelevanceScores by = record(ScoreMethod.CDT, 3, 2, 1).scores();
        CurveModel curve = new CurveModel(window, notices, () -> checkpoint, new SimpleObjectProperty<>(by));
        curve.on(new DataFile("test.csv"));
        curve.compute();
        try (Project project = project()) {
            CompareModel model = model(project);
            model.on(new DataFile("train.csv"));
            model.offer(List.of(new Side.Adapted("run/adapted", "after")));
            assertThat(curve.line().getValue()).isEqualTo("Waits for: Tuning All");
            assertThat(model.line().getValue()).isEqualTo("Waits for: Tuning All");
            engine.last(Request.Tune.class).answer(new Event.Finished(1));
            assertThat(curve.line().getValue()).isEmpty();
            assertThat(model.line().getValue()).isEqualTo("Waits for: Evaluating the top 0 heads");
            curve.cancel();
            assertThat(curve.line().getValue()).isEqualTo("stopping…");
            engine.last(Request.Faithfulness.class).answer(new Event.Cancelled());
            assertThat(curve.line().getValue()).isEmpty();
            engine.last(Request.Score.class)
                    .answer(new Event.Scored(record(ScoreMethod.CDT, 1, 0, 2)), new Event.Finished(1));
            assertThat(model.line().getValue()).isEmpty();
        }
    }

    private CompareModel model(Project project) {
        ScoreShelf shelf = new ScoreShelf(project, notices, new Threads(Runnable::run, Runnable::run));
        return new CompareModel(window, notices, shelf, masks, () -> checkpoint, heatmap);
    }

    private Project project() {
        DataFile texts = new DataFile("texts.csv");
        return Project.create(
                folder.resolve("project"),
                new ProjectFile(
                        ProjectFile.VERSION,
                        "p",
                        "checkpoint",
                        null,
                        new ProjectFile.Language("a", texts, texts),
                        null,
                        64));
    }

    private static ScoreRecord record(ScoreMethod method, double... scores) {
        double[] row = scores.clone();
        return new ScoreRecord(
                1,
                method,
                false,
                new ScoreRecord.Values(1, scores.length, new double[][] {row}, new double[][] {row}, 10),
                new ScoreRecord.Samples(10, new int[0], 0, 0, List.of("a", "b"), 64, 0),
                1,
                null);
    }
}

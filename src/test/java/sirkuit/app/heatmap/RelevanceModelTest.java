package sirkuit.app.heatmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sirkuit.app.mask.MaskModel;
import sirkuit.app.work.NoEngine;
import sirkuit.app.work.Notice;
import sirkuit.app.work.Notices;
import sirkuit.app.work.WindowEngine;
import sirkuit.mask.Head;
import sirkuit.mask.ScoreMethod;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.protocol.Stage;
import sirkuit.record.DataFile;
import sirkuit.record.Provenance;
import sirkuit.record.ScoreRecord;

class RelevanceModelTest {
    private final NoEngine engine = new NoEngine();
    private final Notices notices = new Notices();
    private final List<ScoreRecord> saved = new ArrayList<>();
    private final WindowEngine window = new WindowEngine(states -> engine, notices);
    private final RelevanceModel model = new RelevanceModel(window, notices, saved::add);

    @BeforeEach
    void aCheckpoint() {
        model.on(new Request.Model("checkpoint", null, 64), new DataFile("train.csv"));
    }

    @Test
    void scoresFillInAndAreSavedWhenComplete() {
        model.score();
        NoEngine.Asked asked = engine.last(Request.Score.class);
        asked.answer(new Event.Scoring(
                ScoreMethod.CDT, new double[][] {{1.0, Double.NaN}}, new double[][] {{0.1, Double.NaN}}, 5, 10));
        assertThat(Objects.requireNonNull(model.shown().get()).score()[0]).containsExactly(1.0, Double.NaN);
        assertThat(model.complete().get()).isNull();
        asked.answer(new Event.Scored(record(1.0, -2.0)), new Event.Finished(1));
        assertThat(model.complete().get()).isSameAs(model.shown().get());
        assertThat(saved).hasSize(1);
        assertThat(model.scoring().get()).isFalse();
    }

    @Test
    void aCancelledScoreGivesWayToTheOneBefore() {
        model.show(record(1.0, -2.0));
        String caption = model.caption().get();
        model.score();
        NoEngine.Asked asked = engine.last(Request.Score.class);
        asked.answer(
                new Event.Scoring(
                        ScoreMethod.CDT, new double[][] {{9.0, Double.NaN}}, new double[][] {{0.1, Double.NaN}}, 5, 10),
                new Event.Cancelled());
        assertThat(Objects.requireNonNull(model.shown().get()).score()[0]).containsExactly(1.0, -2.0);
        assertThat(model.caption().get()).isEqualTo(caption);
    }

    @Test
    void theCaptionSaysWhatIsShownWhateverIsChosenNext() {
        model.show(record(1.0, -2.0));
        model.method().set(ScoreMethod.ABLATION);
        assertThat(model.caption().get()).isEqualTo("Shown: CD-T directional, 10 texts");
    }

    @Test
    void theLineSaysWhatTheScoresWaitForUntilTheFirstOnesArrive() {
        window.submit("Tuning All", new Request.Tune(null, "run"), event -> {});
        assertThat(model.line().getValue()).isEmpty();
        model.score();
        assertThat(model.line().getValue()).isEqualTo("Waits for: Tuning All");
        engine.last(Request.Tune.class).answer(new Event.Finished(1));
        assertThat(model.line().getValue()).isEmpty();
        engine.last(Request.Score.class).answer(new Event.Progress(Stage.OTHER, "Loading", 0, 0));
        assertThat(model.line().getValue()).isEqualTo("Loading");
        engine.last(Request.Score.class)
                .answer(new Event.Scoring(
                        ScoreMethod.CDT, new double[][] {{1, Double.NaN}}, new double[][] {{1, Double.NaN}}, 5, 10));
        assertThat(model.line().getValue()).isEmpty();
    }

    @Test
    void aFailureIsTold() {
        model.preview();
        engine.last(Request.Score.class).answer(new Event.Failed("No label neutral.", "Add some.", null));
        assertThat(notices.open()).extracting(Notice::what).containsExactly("No label neutral.");
        assertThat(model.scoring().get()).isFalse();
    }

    @Test
    void hoverTellsScoreErrorRankAndSelection() {
        model.show(record(1.0, -2.0));
        MaskModel masks = new MaskModel();
        masks.begin(1, 2, null);
        HeatmapModel heatmap = new HeatmapModel(model, masks);
        masks.toggle(new Head(0, 1));
        assertThat(heatmap.about(new Head(0, 1)))
                .isEqualTo("Layer 0, head 1\n−2.00 ± 0.50 logits\nRank 2 of 2\nSelected");
    }

    private static ScoreRecord record(double first, double second) {
        Provenance provenance = new Provenance("0.1", "checkpoint", "", Map.of(), "cpu", "test", "now");
        double[][] score = {{first, second}};
        double[][] error = {{0.5, 0.5}};
        return new ScoreRecord(
                1,
                ScoreMethod.CDT,
                false,
                new ScoreRecord.Values(1, 2, score, error, 10),
                new ScoreRecord.Samples(10, new int[] {5, 5}, 0, 0, List.of("a", "b"), 64, 0),
                1.0,
                provenance);
    }
}

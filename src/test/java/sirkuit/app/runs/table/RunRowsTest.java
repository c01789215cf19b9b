package sirkuit.app.runs.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.StudyPlace;
import sirkuit.mask.HeadMask;
import sirkuit.protocol.Event;
import sirkuit.protocol.Quality;
import sirkuit.record.DataFile;
import sirkuit.record.RunConfig;
import sirkuit.study.StudyTable;

/// The lines of the table of runs.
class RunRowsTest {
    private final List<RunModel> runs = new ArrayList<>();

    @Test
    void runsOfAStudyAreBelowTheirStrategyAndTheOthersStandAlone() {
        add("first");
        add("grid/Minangkabau/full/seed-0");
        add("grid/Minangkabau/top-2 cdt/seed-0");
        add("grid/Minangkabau/full/seed-1");
        add("second");
        List<RunRow> rows = RunRows.of(runs);
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0)).isEqualTo(new RunRow.One(runs.get(0)));
        assertThat(rows.get(2)).isEqualTo(new RunRow.One(runs.get(4)));
        RunRow.OfStudy study = (RunRow.OfStudy) rows.get(1);
        assertThat(study.study()).isEqualTo("grid");
        assertThat(study.strategies()).extracting(RunRow.OfStrategy::strategy).containsExactly("full", "top-2 cdt");
        assertThat(study.strategies().getFirst().runs()).containsExactly(runs.get(1), runs.get(3));
    }

    @Test
    void runsOfAStrategyAtDifferentRatesAreNotAveragedTogether() {
        add("grid/Minangkabau/full/rate-1e-5/seed-0");
        add("grid/Minangkabau/full/rate-5e-5/seed-0");
        add("grid/Minangkabau/full/rate-1e-5/seed-1");
        RunRow.OfStudy study = (RunRow.OfStudy) RunRows.of(runs).getFirst();
        assertThat(study.strategies())
                .extracting(RunRow.OfStrategy::strategy)
                .containsExactly("full, 1e-5", "full, 5e-5");
        assertThat(study.strategies().getFirst().runs()).containsExactly(runs.get(0), runs.get(2));
    }

    @Test
    void aStrategyHasMeanAndIntervalOfItsFinishedRuns() {
        finish(add("grid/Minangkabau/full/seed-0"), 0.7, 0.8);
        finish(add("grid/Minangkabau/full/seed-1"), 0.8, 0.6);
        RunModel open = add("grid/Minangkabau/full/seed-2");
        RunRow.OfStrategy strategy = strategy();
        RunRow.Summary summary = Objects.requireNonNull(strategy.summary().get());
        assertThat(summary.target().mean()).isCloseTo(75, Offset.offset(1e-9));
        assertThat(Objects.requireNonNull(summary.gain()).mean()).isCloseTo(25, Offset.offset(1e-9));
        StudyTable.Spread forgetting = Objects.requireNonNull(summary.forgetting());
        assertThat(forgetting.mean()).isCloseTo(20, Offset.offset(1e-9));
        // scipy.stats.t.ppf(0.975, 1) * np.std([10, 30], ddof=1) / np.sqrt(2)
        assertThat(forgetting.half()).isCloseTo(127.062, Offset.offset(1e-3));
        assertThat(RunColumns.Shown.of(forgetting, true).words()).isEqualTo("+20.0 ± 127.1");
        assertThat(strategy.finished()).isEqualTo(2);
        finish(open, 0.9, 0.9);
        strategy.update();
        assertThat(Objects.requireNonNull(strategy.summary().get()).target().runs())
                .isEqualTo(3);
    }

    @Test
    void aSingleRunHasNoInterval() {
        finish(add("grid/Minangkabau/full/seed-0"), 0.7, 0.8);
        StudyTable.Spread target =
                Objects.requireNonNull(strategy().summary().get()).target();
        assertThat(RunColumns.Shown.of(target, false).words()).isEqualTo("70.0");
    }

    @Test
    void aColumnOfAStrategyShowsWhatAllItsRunsHave() {
        add("grid/Minangkabau/full/seed-0");
        add("grid/Minangkabau/full/seed-1");
        assertThat(strategy().common(RunModel::trained)).isEqualTo("8 of 8");
        assertThat(strategy().common(RunModel::id)).isNull();
    }

    @Test
    void theTooltipSaysAllThatColumnsMayLeaveOut() {
        RunModel run = add("grid/Minangkabau/top-2 cdt/seed-7");
        finish(run, 0.7, 0.8);
        assertThat(RunResultWords.all(new RunRow.One(run)))
                .contains("Run 1: ", "top-2 cdt", "Seed 0", "learning rate 0.001", "50.0 → 70.0", "study grid");
        assertThat(RunResultWords.all(strategy())).contains("top-2 cdt on", "1 of 1", "Target %: 70.0");
    }

    @Test
    void theIdOfARunSaysItsPlaceInAStudy() {
        assertThat(StudyPlace.of("grid/Minangkabau/top-2 cdt/seed-7"))
                .isEqualTo(new StudyPlace("grid", "Minangkabau", "top-2 cdt", null, 7));
        StudyPlace atRate = StudyPlace.of("grid/Minangkabau/top-2 cdt/rate-2.7e-5/seed-7");
        assertThat(atRate).isEqualTo(new StudyPlace("grid", "Minangkabau", "top-2 cdt", "2.7e-5", 7));
        assertThat(StudyPlace.of("run-20260131-174502")).isNull();
    }

    private RunRow.OfStrategy strategy() {
        return ((RunRow.OfStudy) RunRows.of(runs).getFirst()).strategies().getFirst();
    }

    private RunModel add(String id) {
        RunModel run = new RunModel(
                id,
                runs.size(),
                new RunConfig(
                        RunConfig.VERSION,
                        id.replace('/', ' '),
                        "checkpoint",
                        null,
                        RunConfig.Parameters.of(HeadMask.all(2, 4)),
                        new RunConfig.Data(
                                new DataFile("train.csv"), new DataFile("test.csv"), new DataFile("source.csv")),
                        RunConfig.Settings.DEFAULT));
        runs.add(run);
        return run;
    }

    private static void finish(RunModel run, double target, double source) {
        run.accept(new Event.Evaluated(0, 0, quality(0.5), quality(0.9)));
        run.accept(new Event.Evaluated(10, 1, quality(target), quality(source)));
        run.accept(new Event.Written("adapted", 10, quality(target), quality(source)));
        run.accept(new Event.Finished(1));
    }

    private static Quality quality(double accuracy) {
        return new Quality(400, accuracy, accuracy, 1, new int[][] {{1, 0}, {0, 1}});
    }
}

package sirkuit.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Problem;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.record.DataFile;
import sirkuit.record.GuessedNames;
import sirkuit.record.RunConfig;
import sirkuit.record.RunTexts;

class StudyTableTest {
    @TempDir
    Path folder = Path.of("");

    private StudyPlan plan(List<String> strategies) {
        HeadMask some = new HeadMask(2, 4, List.of(new Head(0, 1)), "by hand");
        return new StudyPlan(
                1,
                "study",
                folder.resolve("model").toString(),
                null,
                null,
                new DataFile(folder.resolve("source.csv").toString()),
                Map.of(),
                new StudyPlan.Grid(
                        List.of(new StudyPlan.Target("minangkabau", file("train"), file("test"))),
                        strategies.stream()
                                .map(s -> s.startsWith("random")
                                        ? new StudyStrategy(
                                                s,
                                                RunConfig.Trained.MASK,
                                                null,
                                                new StudyStrategy.RandomHeads(3, 2, 4),
                                                true,
                                                1e-3)
                                        : new StudyStrategy(s, RunConfig.Trained.MASK, some, null, true, 2e-3))
                                .toList(),
                        List.of(0L, 1L, 2L)),
                RunConfig.Settings.DEFAULT,
                RunConfig.Course.DEFAULT);
    }

    private DataFile file(String name) {
        return new DataFile(folder.resolve(name + ".csv").toString());
    }

    private static StudyTable.Outcome outcome(String strategy, long seed, double target, double lost) {
        return new StudyTable.Outcome(
                "minangkabau", strategy, 2e-3, seed, target, 0.875 - lost / 100, lost, null, null, "");
    }

    /// Student's t with two degrees of freedom leaves 2.5 % above 4.3027.
    @Test
    void strategiesAreComparedPairByPair() {
        StudyPlan plan = plan(List.of("full", "top-12 cdt"));
        List<StudyTable.Outcome> outcomes = new ArrayList<>();
        double[] full = {0.78, 0.80, 0.76};
        double[] masked = {0.77, 0.78, 0.76};
        for (int i = 0; i < 3; i++) {
            outcomes.add(outcome("full", i, full[i], 18 + i));
            outcomes.add(outcome("top-12 cdt", i, masked[i], 11 - i));
        }
        outcomes.add(outcome("top-12 cdt", 9, 0.1, 80)); // no partner: not in the comparison
        StudyTable table = StudyTable.of(plan, outcomes.subList(0, 6), List.of());
        StudyTable.Row row = table.rows().get(1);
        assertThat(row.target().mean()).isCloseTo(77, within(1e-9));
        assertThat(row.target().deviation()).isCloseTo(1, within(1e-9));
        assertThat(row.forgetting().mean()).isCloseTo(10, within(1e-9));
        assertThat(row.targetAgainst().mean()).isCloseTo(-1, within(1e-9));
        double half = 4.302652729 * 1 / Math.sqrt(3);
        assertThat(row.targetAgainst().low()).isCloseTo(-1 - half, within(1e-6));
        assertThat(row.targetAgainst().high()).isCloseTo(-1 + half, within(1e-6));
        assertThat(table.rows().getFirst().targetAgainst()).isNull();
        assertThat(StudyTable.of(plan, outcomes, List.of())
                        .rows()
                        .get(1)
                        .targetAgainst()
                        .pairs())
                .isEqualTo(3);
        assertThat(table.markdown("full", false))
                .contains("| minangkabau | top-12 cdt | 3 | 77.0 ± 1.0 |", "-1.0 (-3.5 to +1.5)");
        assertThat(table.key())
                .isEqualTo("±: standard deviation over the runs with different seeds. In brackets: 95 % interval of the"
                        + " difference, seed by seed. It is wide with few seeds.");
    }

    @Test
    void signsThatATableDoesNotHaveAreNotExplained() {
        StudyTable table = StudyTable.of(plan(List.of("full")), List.of(outcome("full", 0, 0.8, 0)), List.of());
        assertThat(table.key()).isEmpty();
        assertThat(table.markdown("full", false)).doesNotContain("±", "(", "-0.0");
    }

    /// Between two runs of a study somebody may have changed its test texts.
    @Test
    void noMeanIsTakenOverRunsThatWereMeasuredOnOtherTexts() {
        StudyPlan plan = plan(List.of("full", "top-12 cdt"));
        List<StudyTable.Outcome> outcomes =
                List.of(outcome("full", 0, 0.8, 18), outcome("full", 1, 0.4, 18), outcome("top-12 cdt", 1, 0.5, 11));
        RunConfig config = plan.cells(folder).getFirst().config();
        RunTexts before = RunTexts.of(config, GuessedNames.byName()).with(null, null, Map.of("targetEval", "1"), null);
        RunTexts after = RunTexts.of(config, GuessedNames.byName()).with(null, null, Map.of("targetEval", "2"), null);
        List<StudyTable.Outcome> apart = StudyTable.apart(outcomes, List.of(before, after, after));
        StudyTable table = StudyTable.of(plan, apart, List.of());
        assertThat(table.rows())
                .extracting(r -> r.targetName() + " " + r.strategy() + " "
                        + Math.round(r.target().mean()))
                .containsExactly(
                        "minangkabau full 80",
                        "minangkabau, other test texts full 40",
                        "minangkabau, other test texts top-12 cdt 50");
        assertThat(table.rows().getLast().targetAgainst().mean()).isCloseTo(10, within(1e-9));
        assertThat(StudyTable.csv(apart)).contains("\"minangkabau, other test texts\",full,1,0.4");
    }

    @Test
    void thePlanIsReadAsItWasWrittenAlsoFromAnotherPlace() {
        StudyPlan plan = plan(List.of("full", "random-3"));
        Path study = folder.resolve("study");
        plan.write(study);
        assertThat(StudyPlan.read(study)).isEqualTo(plan);
        List<StudyPlan.Cell> cells = plan.cells(study);
        assertThat(cells).hasSize(6);
        assertThat(cells.get(1).config().mask().size()).isEqualTo(3);
        assertThat(cells.get(1).config().mask())
                .isNotEqualTo(cells.get(3).config().mask());
        assertThat(cells.get(1).config().settings().learningRate()).isEqualTo(1e-3);
        assertThat(cells.get(0).config().settings().learningRate()).isEqualTo(2e-3);
        assertThat(cells.get(3).config().settings().seed()).isEqualTo(1);
    }

    @Test
    void whatStandsThereTwiceOrLeadsOutOfTheFolderIsRefused() {
        assertThatThrownBy(() -> plan(List.of("full", "full")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> plan(List.of("../full"))).isInstanceOf(Problem.class);
    }
}

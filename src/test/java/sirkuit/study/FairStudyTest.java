package sirkuit.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sirkuit.Json;

class FairStudyTest {
    private static final List<Double> RATES = List.of(1e-4, 2e-4);

    private final StudyPlan plan = MadeStudy.plan(Path.of("study"), RATES, List.of(0L, 1L), false, null);
    private final List<StudyTable.Outcome> outcomes = new ArrayList<>();

    /// @param gain in points, from a checkpoint with 50 % on the target and 80 % on the source
    private void add(String strategy, double rate, long seed, double gain, double lost, @Nullable Double valid) {
        outcomes.add(new StudyTable.Outcome(
                MadeStudy.TARGET, strategy, rate, seed, 0.5 + gain / 100, 0.8 - lost / 100, lost, gain, valid, ""));
    }

    private FairStudy fair(@Nullable Double gain) {
        return FairStudy.of(plan, outcomes, gain);
    }

    private String sentence(@Nullable Double gain) {
        return fair(gain).compared().getFirst().verdict().sentence();
    }

    /// Full fine-tuning is best on the test texts at 2e-4, and on the valid split at 1e-4.
    @Test
    void theBestRateIsChosenByValidAndReportedOnTest() {
        add("full", 1e-4, 0, 5, 1, 0.62);
        add("full", 1e-4, 1, 7, 2, 0.66);
        add("full", 2e-4, 0, 9, 6, 0.60);
        add("full", 2e-4, 1, 9, 6, 0.61);
        add(MadeStudy.HEADS, 1e-4, 0, 2, 0, 0.5);
        add(MadeStudy.HEADS, 1e-4, 1, 2, 0, 0.5);
        add(MadeStudy.HEADS, 2e-4, 0, 6, 1, 0.5);
        add(MadeStudy.HEADS, 2e-4, 1, 6, 1, 0.5);
        List<FairStudy.OwnBest> best = fair(null).ownBest();
        assertThat(best).hasSize(2);
        assertThat(best.get(0).row().rate()).isEqualTo(1e-4);
        assertThat(Objects.requireNonNull(best.get(0).valid()).mean()).isCloseTo(64, within(1e-9));
        assertThat(best.get(0).row().target().mean()).isCloseTo(56, within(1e-9));
        assertThat(best.get(1).row().rate()).as("equal: the smaller one").isEqualTo(1e-4);
        assertThat(Objects.requireNonNull(best.get(1).row().targetAgainst()).mean())
                .isCloseTo(52 - 56, within(1e-9));
    }

    @Test
    void aRateWithFewerSeedsIsNotCompared() {
        add("full", 1e-4, 0, 5, 1, 0.60);
        add("full", 1e-4, 1, 5, 1, 0.60);
        add("full", 2e-4, 0, 9, 0, 0.90);
        assertThat(fair(null).ownBest().getFirst().row().rate()).isEqualTo(1e-4);
        assertThat(fair(null).frontiers().getFirst().frontier().points())
                .extracting(Frontier.Point::rate)
                .containsExactly(1e-4);
    }

    @Test
    void withoutAValidSplitNoRateIsCalledTheBest() {
        add("full", 1e-4, 0, 5, 1, null);
        add("full", 2e-4, 0, 9, 6, null);
        assertThat(fair(null).ownBest()).isEmpty();
        assertThat(fair(null).frontiers().getFirst().frontier().points()).hasSize(2);
    }

    /// At a gain of 4 points full fine-tuning forgets 3 points with the first seed and 5 with the second; the heads
    /// forget 1 and 2.6. The differences are -2 and -2.4: their mean -2.2 has a standard error of 0.2, and
    /// Student's t for one degree of freedom is 12.7. So the interval reaches from -0.3 to 4.7.
    @Test
    void theSentenceSaysWhichWayItWentOrThatTheDataCannotTell() {
        add("full", 1e-4, 0, 4, 3, 0.6);
        add("full", 1e-4, 1, 4, 5, 0.6);
        add(MadeStudy.HEADS, 1e-4, 0, 4, 1, 0.6);
        add(MadeStudy.HEADS, 1e-4, 1, 4, 2.6, 0.6);
        assertThat(sentence(null))
                .startsWith("At a gain of 4.0 points, top-1 cdt forgets 2.2 points less than full (95 % interval -0.")
                .endsWith("). The interval includes zero: the data cannot tell them apart.");
        for (long seed = 2; seed < 6; seed++) {
            add("full", 1e-4, seed, 4, 4, 0.6);
            add(MadeStudy.HEADS, 1e-4, seed, 4, 1.8, 0.6);
        }
        assertThat(sentence(null))
                .startsWith("At a gain of 4.0 points, top-1 cdt forgets 2.2 points less than full (95 % interval 2.")
                .endsWith(").");
        assertThat(fair(null).compared().getFirst().verdict().sign()).isEqualTo(-1);
    }

    @Test
    void theSentenceSaysWhyThereIsNoComparison() {
        add("full", 1e-4, 0, 4, 3, 0.6);
        assertThat(sentence(null))
                .isEqualTo("The data cannot tell: top-1 cdt has no finished run with a gain and a forgetting yet.");
        add(MadeStudy.HEADS, 1e-4, 0, 6, 1, 0.6);
        assertThat(sentence(null))
                .isEqualTo("At a gain of 4.0 points, top-1 cdt forgets 2.0 points less than full, but the data cannot"
                        + " tell whether this is chance: there is one seed.");
        assertThat(sentence(5.0))
                .isEqualTo("The data cannot tell: the largest gain of full is 4.0 points, less than 5.0.");
        outcomes.clear();
        add("full", 1e-4, 0, -1, 3, 0.6);
        add(MadeStudy.HEADS, 1e-4, 0, 6, 1, 0.6);
        assertThat(sentence(null))
                .isEqualTo("The data cannot tell: full gains nothing on the target, so there is no common gain.");
        outcomes.clear();
        add("full", 1e-4, 0, 4, 3, 0.6);
        add(MadeStudy.HEADS, 1e-4, 1, 6, 1, 0.6);
        assertThat(sentence(null)).contains("no gain or no seed in common");
    }

    @Test
    void strategiesThatForgetAlikeAreSaidToForgetAsMuch() {
        for (long seed = 0; seed < 2; seed++) {
            add("full", 1e-4, seed, 4, 3 + seed, 0.6);
            add(MadeStudy.HEADS, 1e-4, seed, 4, 4 - seed, 0.6);
        }
        assertThat(sentence(null))
                .startsWith(
                        "At a gain of 4.0 points, top-1 cdt forgets as much as full (95 % interval of the difference -")
                .contains("The interval includes zero");
    }

    /// Five seeds at two rates; runs of a seed share most of their luck.
    @Test
    void sentencesOnPlantedStudiesAreRight() {
        StudyPlan planted = MadeStudy.plan(Path.of("study"), RATES, List.of(0L, 1L, 2L, 3L, 4L), false, null);
        int right = 0;
        for (int study = 0; study < 100; study++) {
            right += planted(planted, study, 3).contains(" less than full (95 % interval ")
                            && !planted(planted, study, 3).contains("cannot tell")
                    ? 1
                    : 0;
            right += planted(planted, study, 0).contains("cannot tell") ? 1 : 0;
        }
        assertThat(right).as("of 200").isGreaterThanOrEqualTo(190);
    }

    private String planted(StudyPlan planted, int study, double more) {
        outcomes.clear();
        SplittableRandom random = new SplittableRandom(study);
        for (long seed = 0; seed < 5; seed++) {
            double gain = 0.8 * random.nextGaussian();
            double lost = 0.8 * random.nextGaussian();
            for (int r = 0; r < 2; r++) {
                add(
                        "full",
                        RATES.get(r),
                        seed,
                        4 + 4 * r + gain + own(random),
                        1 + 3 * r + more + lost + own(random),
                        0.5);
                add(
                        MadeStudy.HEADS,
                        RATES.get(r),
                        seed,
                        4 + 4 * r + gain + own(random),
                        1 + 3 * r + lost + own(random),
                        0.5);
            }
        }
        return FairStudy.of(planted, outcomes, null)
                .compared()
                .getFirst()
                .verdict()
                .sentence();
    }

    private static double own(SplittableRandom random) {
        return 0.6 * random.nextGaussian();
    }

    @Test
    void theTextHasTablesAndVerdictAndScriptsGetTheSame() throws Exception {
        add("full", 1e-4, 0, 5, 1, 0.62);
        add("full", 2e-4, 0, 9, 6, 0.60);
        add(MadeStudy.HEADS, 1e-4, 0, 2, 0, 0.5);
        StudyResults results = new StudyResults(
                new Study(Path.of("study"), plan),
                outcomes,
                List.of(new StudyTable.Failure(MadeStudy.TARGET, MadeStudy.HEADS, 2e-4, 0, "The loss became NaN.")),
                List.of());
        assertThat(results.text(null))
                .contains("| Acehnese | full | 1e-4 | 1 | 0 | 55.0 | 79.0 | 1.0 |")
                .contains("| Acehnese | top-1 cdt | 2e-4 | 0 | 1 |  |  |  |")
                .contains("| Acehnese | full | 1e-4 | 62.0 | 1 | 55.0 | 79.0 | 1.0 |  |  |")
                .contains("| Acehnese | full | 2e-4 | +6.0 | +9.0 |")
                .contains("At a gain of 2.0 points, top-1 cdt forgets 1.0 points less than full, but")
                .doesNotContain("NaN");
        var json = Json.MAPPER.readTree(Json.line(StudyJson.of(results, null)));
        assertThat(json.at("/frontiers/0/points")).hasSize(2);
        assertThat(json.at("/equalGain/0/at").doubleValue()).isEqualTo(2);
        assertThat(json.at("/equalGain/0/difference").doubleValue()).isEqualTo(-1);
        assertThat(json.at("/equalForgetting/0/strategy").textValue()).isEqualTo(MadeStudy.HEADS);
        assertThat(json.at("/verdict/0/sign").intValue()).isZero();
        assertThat(json.at("/ownBest/0/rate").doubleValue()).isEqualTo(1e-4);
        assertThat(json.at("/diverged/0/rate").doubleValue()).isEqualTo(2e-4);
        assertThat(json.at("/runs/0/gain").doubleValue()).isEqualTo(5);
    }
}

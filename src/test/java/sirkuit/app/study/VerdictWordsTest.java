package sirkuit.app.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sirkuit.study.FairComparison;
import sirkuit.study.FairComparison.Difference;
import sirkuit.study.FairStudy;
import sirkuit.study.Verdict;

/// The verdicts as the window says them.
class VerdictWordsTest {
    private static FairStudy.Compared compared(String target, @Nullable Difference forgetting) {
        return new FairStudy.Compared(
                target,
                "top-12 cdt",
                "full",
                new FairComparison(forgetting, null),
                new Verdict(0, "as the command line says it"));
    }

    private static List<String> said(FairStudy.Compared... compared) {
        return VerdictWords.of(new FairStudy(List.of(), List.of(), List.of(compared)));
    }

    @Test
    void aDifferenceIsSaidAsMoreOrLessWithItsInterval() {
        assertThat(said(compared("a", new Difference(4.1, 1.0, 3.3, -3.5, -1.0, 1.4))))
                .containsExactly(
                        "At a gain of 4.1 points, top-12 cdt forgets 2.3 points less than full (95 % interval 0.9 to 3.7).");
        assertThat(said(compared("a", new Difference(4.1, 3.3, 1.0, 1.0, 3.5, 1.4))))
                .containsExactly(
                        "At a gain of 4.1 points, top-12 cdt forgets 2.3 points more than full (95 % interval 0.9 to 3.7).");
    }

    @Test
    void whatTheDataCannotTellIsSaidSo() {
        List<String> said = new ArrayList<>();
        said.addAll(said(compared("a", new Difference(4.1, 3.3, 1.0, -1, 5, 2.4))));
        said.addAll(said(compared("a", new Difference(4.1, 3.3, 1.0, Double.NaN, Double.NaN, Double.NaN))));
        said.addAll(said(compared("a", null)));
        assertThat(said)
                .containsExactly(
                        "At a gain of 4.1 points, the data cannot tell whether top-12 cdt or full forgets less"
                                + " (difference +2.3 points, 95 % interval \u22120.1 to +4.7).",
                        "At a gain of 4.1 points, the difference in forgetting between top-12 cdt and full is +2.3"
                                + " points. With one seed, the data cannot tell whether this is chance.",
                        "top-12 cdt and full cannot be compared: they have no gain in common.");
    }

    @Test
    void withSeveralTargetsEachIsNamed() {
        assertThat(said(compared("Acehnese", null), compared("Javanese", null)))
                .allMatch(s -> s.matches("(Acehnese|Javanese): top-12 cdt and full cannot be compared.*"));
    }
}

package sirkuit.app.study;

import java.util.List;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;
import sirkuit.study.FairComparison;
import sirkuit.study.FairStudy;

/// The verdicts of a study in the language of the window: which strategy forgets less at the same gain.
final class VerdictWords {
    private VerdictWords() {}

    /// A sentence for each strategy but the first, in the order of the study.
    static List<String> of(FairStudy study) {
        boolean several = study.compared().stream()
                        .map(FairStudy.Compared::target)
                        .distinct()
                        .count()
                > 1;
        return study.compared().stream()
                .map(c -> several ? Words.of("runs.study.verdict.target", c.target(), sentence(c)) : sentence(c))
                .toList();
    }

    private static String sentence(FairStudy.Compared c) {
        FairComparison.Difference d = c.comparison().forgetting();
        if (d == null || d.at() <= 0) {
            return Words.of("runs.study.verdict.none", c.strategy(), c.against());
        }
        String at = Numbers.decimal(d.at(), 1);
        if (Double.isNaN(d.half())) {
            return Words.of("runs.study.verdict.oneSeed", at, c.strategy(), c.against(), Numbers.signed(d.value(), 1));
        }
        if (d.sign() == 0) {
            return Words.of(
                    "runs.study.verdict.unclear",
                    at,
                    c.strategy(),
                    c.against(),
                    Numbers.signed(d.value(), 1),
                    Numbers.signed(d.value() - d.half(), 1),
                    Numbers.signed(d.value() + d.half(), 1));
        }
        double points = Math.abs(d.value());
        return Words.of(
                d.sign() < 0 ? "runs.study.verdict.less" : "runs.study.verdict.more",
                at,
                c.strategy(),
                c.against(),
                Numbers.decimal(points, 1),
                Numbers.decimal(points - d.half(), 1),
                Numbers.decimal(points + d.half(), 1));
    }
}

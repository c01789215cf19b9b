package sirkuit.study;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which of two strategies forgets less at equal gain, in one sentence, or why the data cannot tell.
///
/// @param sign     of the difference in forgetting: -1 where the strategy forgets less than the first one, 1 where it
///                 forgets more, 0 where the data cannot tell
/// @param sentence in English
public record Verdict(int sign, String sentence) {
    /// A strategy with its runs.
    record Side(String name, List<FairComparison.Run> runs) {
        double mostGain() {
            return FairComparison.frontier(runs).mostGain();
        }

        long seeds() {
            return runs.stream().map(FairComparison.Run::seed).distinct().count();
        }
    }

    /// @param asked gain that the user asked for; null for none
    static Verdict of(Side one, Side first, FairComparison found, @Nullable Double asked) {
        FairComparison.Difference d = found.forgetting();
        for (Side side : List.of(one, first)) {
            if (side.runs.isEmpty()) {
                return unknown(side.name + " has no finished run with a gain and a forgetting yet.");
            }
        }
        if (d != null && d.at() > 0) {
            return of(one.name, first.name, d);
        }
        for (Side side : List.of(one, first)) {
            if (!(side.mostGain() > 0)) {
                return unknown(side.name + " gains nothing on the target, so there is no common gain.");
            }
            if (asked != null && side.mostGain() < asked) {
                return unknown("the largest gain of " + side.name + " is " + number(side.mostGain())
                        + " points, less than " + number(asked) + ".");
            }
        }
        return unknown(one.name + " and " + first.name + " have no gain or no seed in common.");
    }

    private static Verdict unknown(String why) {
        return new Verdict(0, "The data cannot tell: " + why);
    }

    private static Verdict of(String name, String first, FairComparison.Difference d) {
        String much = number(Math.abs(d.value()));
        boolean alike = much.equals("0.0");
        String seen = "At a gain of " + number(d.at()) + " points, " + name + " forgets "
                + (alike ? "as much as " : much + " points " + (d.value() > 0 ? "more" : "less") + " than ") + first;
        if (Double.isNaN(d.half())) {
            return new Verdict(0, seen + ", but the data cannot tell whether this is chance: there is one seed.");
        }
        String interval = (alike ? " (95 % interval of the difference " : " (95 % interval ")
                + number(Math.abs(d.value()) - d.half()) + " to " + number(Math.abs(d.value()) + d.half()) + ")";
        return d.sign() == 0
                ? new Verdict(0, seen + interval + ". The interval includes zero: the data cannot tell them apart.")
                : new Verdict(d.sign(), seen + interval + ".");
    }

    private static String number(double points) {
        return String.format(Locale.ROOT, "%.1f", points).replaceFirst("^-(0\\.0)$", "$1");
    }
}

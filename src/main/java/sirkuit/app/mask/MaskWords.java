package sirkuit.app.mask;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.MethodWords;
import sirkuit.app.look.Moments;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MadeBy;
import sirkuit.mask.MaskHistory;
import sirkuit.mask.MaskOrigin;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;
import sirkuit.project.Project;

/// Where a mask comes from, in a few words.
public final class MaskWords {
    private MaskWords() {}

    /// `Top 12 · CD-T · 17:37`, `CD-T ≥ 0.026 · 31 Jan`, `Random 12 · seed 3`, `By hand`.
    public static String title(HeadMask mask) {
        MadeBy made = MadeBy.of(mask);
        String name = name(mask, made);
        String time = Moments.brief(mask.scoredAt());
        return time.isEmpty() ? name : Words.of("mask.title.time", name, time);
    }

    private static String name(HeadMask mask, MadeBy made) {
        ScoreMethod method = made.method();
        if (made.origin() == MaskOrigin.RANDOM && made.k() > 0) {
            return Words.of("mask.title.random", made.k() + "", made.seed() + "");
        }
        if (method != null && made.origin() == MaskOrigin.THRESHOLD) {
            return Words.of("mask.title.threshold", MethodWords.shortName(method), Numbers.score(made.least()));
        }
        if (method != null) {
            return Words.of(
                    made.origin() == MaskOrigin.TOP ? "mask.title.top" : "mask.title.near",
                    made.k() + "",
                    MethodWords.shortName(method));
        }
        if (mask.madeBy().equals("by hand")) {
            return Words.of("mask.strategy.BY_HAND");
        }
        return switch (mask.madeBy()) {
            case "none" -> Words.of("mask.title.none");
            case "all" -> Words.of("mask.title.all");
            default -> mask.madeBy();
        };
    }

    /// The name of a saved mask, as people read it.
    public static String saved(String name) {
        return name.equals(Project.DRAFT_MASK) ? Words.of("mask.draft") : name;
    }

    /// `CD-T · 17:37`.
    static String title(RelevanceScores scores) {
        String time = Moments.brief(scores.createdAt());
        String name = MethodWords.shortName(scores.method());
        return time.isEmpty() ? name : Words.of("mask.title.time", name, time);
    }

    /// What was done at each step, oldest first: `added L3 H5`, `Top 12 · CD-T · 17:37`.
    static List<String> actions(List<MaskHistory.Step> steps) {
        List<String> words = new ArrayList<>();
        HeadMask before = null;
        for (MaskHistory.Step step : steps) {
            words.add(action(before, step));
            before = step.mask();
        }
        return words;
    }

    private static String action(@Nullable HeadMask before, MaskHistory.Step step) {
        String told = step.action();
        HeadMask mask = step.mask();
        if (told != null) {
            return told;
        }
        return before != null && mask.madeBy().equals("by hand") ? change(before, mask) : title(mask);
    }

    /// Which heads are new and which are gone: `added L3 H5`, `added 3 heads, removed L0 H1`.
    static String change(HeadMask before, HeadMask now) {
        TreeSet<Head> added = new TreeSet<>(now.selected());
        added.removeAll(before.selected());
        TreeSet<Head> removed = new TreeSet<>(before.selected());
        removed.removeAll(now.selected());
        if (now.size() == 0 && removed.size() > 1) {
            return Words.of("mask.step.cleared");
        }
        return removed.isEmpty()
                ? Words.of("mask.step.added", heads(added))
                : added.isEmpty()
                        ? Words.of("mask.step.removed", heads(removed))
                        : Words.of("mask.step.both", heads(added), heads(removed));
    }

    private static String heads(TreeSet<Head> some) {
        return some.size() == 1 ? some.first().spoken() : Words.of("mask.step.heads", some.size() + "");
    }
}

package sirkuit.run.state;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sirkuit.AccuracyChange;
import sirkuit.protocol.Event;
import sirkuit.protocol.Points;
import sirkuit.protocol.Quality;

/// Accuracies of a run in one line.
public final class AccuracyWords {
    private AccuracyWords() {}

    /// The evaluation of a step.
    public static String of(RunState run, Event.Evaluated e) {
        return of(run, e.valid() == null ? "target" : "valid", e.learnt(), e.source(), e.watched());
    }

    /// The same of a kept step.
    ///
    /// @param source  null without source texts
    /// @param watched further languages or tasks, by their names
    public static String of(RunState run, Quality target, @Nullable Quality source, Map<String, Quality> watched) {
        return of(run, "target", target, source, watched);
    }

    /// `target 70.0 %  source 80.0 %  forgotten +10.0 points  javanese 61.0 %`
    ///
    /// @param run     what forgetting is counted from
    /// @param what    what the first accuracy is measured on: `target` or `valid`
    /// @param source  null without source texts
    /// @param watched further languages or tasks, by their names
    private static String of(
            RunState run, String what, Quality target, @Nullable Quality source, Map<String, Quality> watched) {
        StringBuilder words =
                new StringBuilder(String.format(Locale.ROOT, "%s %.1f %%", what, 100 * target.accuracy()));
        Points lost = run.forgetting(source);
        if (source != null && lost != null) {
            words.append(String.format(
                    Locale.ROOT,
                    "  source %.1f %%  forgotten %s points",
                    100 * source.accuracy(),
                    AccuracyChange.signed(lost.value())));
        }
        watched.forEach((name, quality) ->
                words.append(String.format(Locale.ROOT, "  %s %.1f %%", name, 100 * quality.accuracy())));
        return words.toString();
    }
}

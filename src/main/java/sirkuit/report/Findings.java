package sirkuit.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.protocol.Event;

/// The engine's results for a report, which are in no file of the project.
///
/// @param judged     the causal check of the mask; null when it was not asked
/// @param changes    answers before and after a run, one for each run and language that was asked
/// @param uncompared runs and languages that could not be asked
public record Findings(Event.@Nullable Judged judged, List<Changed> changes, List<Uncompared> uncompared) {
    /// Without results that are missing.
    public Findings(Event.@Nullable Judged judged, List<Changed> changes) {
        this(judged, changes, List.of());
    }

    /// No results.
    public static final Findings NONE = new Findings(null, List.of());

    /// Sentences whose answer a run made right, and those it made wrong.
    ///
    /// @param run      id of the run
    /// @param language name of the language
    /// @param texts    how many there were in all
    public record Changed(String run, String language, int texts, List<Sentence> gained, List<Sentence> lost) {}

    /// @param why half a sentence: `the texts have changed since`
    public record Uncompared(String run, String language, String why) {}

    /// @param pair the second text; null where texts stand alone
    public record Sentence(String text, @Nullable String pair, String right, String before, String after) {}
}

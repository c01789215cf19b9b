package sirkuit.run;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sirkuit.AccuracyChange;
import sirkuit.record.Provenance;
import sirkuit.record.RunTexts;

/// The result of a run that has an adapted checkpoint.
///
/// @param steps      optimizer steps that were made
/// @param keptStep   the step whose values were kept
/// @param trainable  entries that were trained
/// @param parameters entries of the whole checkpoint
/// @param examples   training texts
/// @param before     how good the checkpoint was
/// @param after      how good the adapted one is
/// @param seconds    how long it took
/// @param notes      what to know before trusting the run
/// @param texts      what it learnt, by its own events; null where only its settings say
/// @param provenance what it was made from and what computed it; empty for runs of older versions
public record RunOutcome(
        int steps,
        int keptStep,
        long trainable,
        long parameters,
        int examples,
        Figures before,
        Figures after,
        double seconds,
        List<String> notes,
        @Nullable RunTexts texts,
        List<Provenance> provenance) {
    /// For a run of which only the settings name the target.
    public RunOutcome(
            int steps,
            int keptStep,
            long trainable,
            long parameters,
            int examples,
            Figures before,
            Figures after,
            double seconds,
            List<String> notes) {
        this(steps, keptStep, trainable, parameters, examples, before, after, seconds, notes, null, List.of());
    }

    /// @param target on the held-out target texts; null when the file does not say
    /// @param source on the source texts; null when they were not watched
    /// @param watched on those of further languages or tasks, by their names
    public record Figures(@Nullable Figure target, @Nullable Figure source, Map<String, Figure> watched) {}

    /// @param examples number of texts
    /// @param accuracy 0 to 1
    /// @param macroF1  0 to 1
    public record Figure(int examples, double accuracy, double macroF1) {}

    /// Source accuracy lost, in percentage points; null when the source was not watched.
    public @Nullable Double forgetting() {
        return before.source == null || after.source == null
                ? null
                : (Double) AccuracyChange.lost(before.source.accuracy, after.source.accuracy);
    }
}

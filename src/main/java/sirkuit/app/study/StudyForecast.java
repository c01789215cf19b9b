package sirkuit.app.study;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.MethodWords;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;
import sirkuit.app.runs.RunForecast;
import sirkuit.app.runs.RunModel;
import sirkuit.mask.HeadMask;
import sirkuit.mask.RelevanceScores;
import sirkuit.protocol.Event;
import sirkuit.record.DataFile;
import sirkuit.study.StudyPlan;

/// What a study will be, in words, before it is queued.
///
/// @param targets  what it learns
/// @param scores   the scores that select its heads
/// @param selected the current mask
/// @param words    how many runs it has and how long they will take, or why it is not possible
/// @param possible whether it can be queued
public record StudyForecast(String targets, String scores, String selected, String words, boolean possible) {
    /// @param plan    null if there is none
    /// @param why     the reason, if there is no plan
    /// @param learned the names of the targets
    /// @param basis   null while the checkpoint is not known
    /// @param texts   training texts of a file; null while they are not known
    static StudyForecast of(
            @Nullable StudyPlan plan,
            String why,
            List<String> learned,
            StudyForm.@Nullable Basis basis,
            List<RunModel> runs,
            Function<DataFile, Event.@Nullable Described> texts) {
        RelevanceScores scored = basis == null ? null : basis.scores();
        HeadMask mask = basis == null ? null : basis.mask();
        return new StudyForecast(
                learned.isEmpty() ? Words.of("runs.study.targets.none") : String.join(", ", learned),
                scored == null
                        ? Words.of("runs.study.scores.none")
                        : Words.of("runs.study.scores.of", MethodWords.name(scored.method()), scored.examples() + ""),
                mask == null || mask.size() == 0
                        ? Words.of("runs.study.noMask")
                        : Words.of(
                                "runs.study.selected.of",
                                mask.size() + "",
                                mask.layers() * mask.heads() + "",
                                mask.madeBy()),
                plan == null ? why : count(plan) + " " + time(seconds(plan, runs, texts)),
                plan != null);
    }

    private static String count(StudyPlan plan) {
        return runs(plan) + (plan.severalRates() ? " " + Words.of("runs.study.count.rates") : "");
    }

    private static String runs(StudyPlan plan) {
        return Words.of(
                plan.targets().size() > 1 ? "runs.study.count.targets" : "runs.study.count.of",
                plan.targets().size() + "",
                plan.strategies().size() + "",
                plan.seeds().size() + "",
                Numbers.count(plan.size()));
    }

    private static String time(@Nullable Double seconds) {
        return seconds == null
                ? Words.of("runs.study.time.unknown")
                : Words.of("runs.study.time", RunForecast.duration(seconds));
    }

    /// The sum over all runs, each as an earlier run of its kind; null if one kind is not known.
    private static @Nullable Double seconds(
            StudyPlan plan, List<RunModel> runs, Function<DataFile, Event.@Nullable Described> texts) {
        double sum = 0;
        for (StudyPlan.Cell cell : plan.cells(java.nio.file.Path.of(""))) {
            Event.Described described = texts.apply(cell.config().train());
            int few = cell.config().settings().examples();
            int examples = described == null ? earlier(runs, cell.config().train()) : described.examples();
            Double one = examples == 0
                    ? null
                    : RunForecast.of(
                                    runs,
                                    cell.config(),
                                    0,
                                    few == 0 ? examples : Math.min(few, examples),
                                    described == null ? Double.NaN : described.meanTokens())
                            .seconds();
            if (one == null) {
                return null;
            }
            sum += one;
        }
        return sum;
    }

    /// How many texts an earlier run had from that file; 0 if none did.
    private static int earlier(List<RunModel> runs, DataFile file) {
        return runs.reversed().stream()
                .filter(r -> r.config().train().equals(file) && r.started() != null)
                .map(r -> java.util.Objects.requireNonNull(r.started()).trainExamples())
                .findFirst()
                .orElse(0);
    }
}

package sirkuit.cli.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sirkuit.ShellWord;
import sirkuit.protocol.Event;
import sirkuit.protocol.Quality;
import sirkuit.record.ProxyRecord;
import sirkuit.run.ProxyFolder;
import sirkuit.run.state.Outcomes;
import sirkuit.run.state.RunState;

/// The output of `sirkuit proxy`: one line for each evaluation, and the result.
final class ProxyReport {
    private final TuneReport run = new TuneReport();

    /// The result for scripts.
    ///
    /// @param base       folder of the base
    /// @param checkpoint folder of the proxy
    /// @param run        folder of the run that made it
    /// @param labels     class names in the order of the logits
    /// @param steps      optimizer steps that were made
    /// @param keptStep   the kept step, which the valid split chose
    /// @param keptEpoch  where that step is, in epochs
    /// @param valid      scores of that step on the valid split
    /// @param test       the same on the test texts
    /// @param cost       what it took
    record Result(
            String base,
            String checkpoint,
            String run,
            List<String> labels,
            int steps,
            int keptStep,
            double keptEpoch,
            TuneReport.@Nullable Scores valid,
            TuneReport.Scores test,
            @JsonUnwrapped TuneReport.Cost cost) {}

    /// Takes the events of an earlier process, and prints nothing.
    void recall(List<String> lines) {
        run.recall(lines);
    }

    /// Takes an event, and prints a line on standard error if it is important.
    void show(Event event) {
        run.show(event);
    }

    Result result(ProxyFolder proxy) {
        ProxyRecord record = ProxyRecord.read(proxy.run().folder());
        RunState state = RunState.of(proxy.run());
        Event.Written written = Objects.requireNonNull(state.written());
        Quality valid = state.finalValid();
        return new Result(
                record.base(),
                proxy.folder().toString(),
                proxy.run().folder().toString(),
                record.labels(),
                state.step(),
                written.step(),
                Outcomes.keptEpoch(state),
                valid == null ? null : TuneReport.Scores.of(valid),
                TuneReport.Scores.of(Objects.requireNonNull(written.target())),
                run.cost());
    }

    /// The same in words.
    String summary(ProxyFolder proxy) {
        RunState state = RunState.of(proxy.run());
        Event.Written written = Objects.requireNonNull(state.written());
        Quality valid = state.finalValid();
        String chosen = String.format(
                Locale.ROOT,
                "kept step %d of %d (epoch %.3g)",
                written.step(),
                state.step(),
                Outcomes.keptEpoch(state));
        String nothing = written.step() > 0
                ? ""
                : "No later step was better on the valid split: nothing was learnt. Try another --learning-rate, or more"
                        + " --epochs." + System.lineSeparator();
        return chosen
                + (valid == null ? "" : ": valid " + words(valid) + " ")
                + " test "
                + words(Objects.requireNonNull(written.target()))
                + System.lineSeparator()
                + nothing
                + "checkpoint: " + proxy.folder()
                + System.lineSeparator()
                + "Score its heads next: sirkuit score --checkpoint " + shown(proxy.folder()) + " --data "
                + shown(Path.of(proxy.run().config().train().file())) + " --out scores.json";
    }

    private static String shown(Path path) {
        return ShellWord.of(path.toString());
    }

    private static String words(Quality q) {
        return String.format(Locale.ROOT, "%.1f %% (%.1f to %.1f)", 100 * q.accuracy(), 100 * q.low(), 100 * q.high());
    }
}

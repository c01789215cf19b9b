package sirkuit.app.runs;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;
import sirkuit.protocol.Event;
import sirkuit.record.RunConfig;
import sirkuit.run.state.RunState;

/// Memory and time that the next run will need, estimated from the latest run of the same kind: the same checkpoint,
/// all weights or some, with or without activation checkpointing.
///
/// @param bytes   memory; null when no such run has reported it
/// @param seconds null when no such run has reported it
public record RunForecast(@Nullable Double bytes, @Nullable Double seconds) {
    private static final double MEGA = 1e6;
    private static final double GIGA = 1e9;
    private static final double SECONDS_FOR_MINUTES = 90;

    /// @param runs       oldest first
    /// @param trainable  entries that the next run trains
    /// @param texts      training texts in an epoch
    /// @param meanTokens their mean length in tokens; NaN when not known
    public static RunForecast of(List<RunModel> runs, RunConfig next, long trainable, int texts, double meanTokens) {
        List<RunModel> alike = runs.reversed().stream()
                .filter(r -> kind(r.config()).equals(kind(next)))
                .toList();
        Double bytes = alike.stream()
                .map(r -> bytes(r, next, trainable))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        Double seconds = alike.stream()
                .filter(r -> r.status().get() == RunState.Status.FINISHED)
                .map(r -> seconds(r, next, texts, meanTokens))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return new RunForecast(bytes, seconds);
    }

    private record Kind(String checkpoint, RunConfig.Trained what, boolean again) {}

    private static Kind kind(RunConfig c) {
        return new Kind(c.checkpoint(), c.what(), c.course().activationCheckpointing());
    }

    /// Weights and program need the same as before. Gradients and moments scale with the trained entries,
    /// activations with the batch.
    private static @Nullable Double bytes(RunModel run, RunConfig next, long trainable) {
        Event.Estimated told = run.estimated();
        Event.Started started = run.started();
        if (told == null || started == null) {
            return null;
        }
        double entries = (double) trainable / Math.max(1, started.trainableParameters());
        double batch =
                (double) next.settings().batchSize() / run.config().settings().batchSize();
        return told.weights()
                + told.program()
                + (told.gradients() + told.moments()) * entries
                + told.activations() * batch;
    }

    /// From the total time of a run without interruption, evaluations included, for each token that it saw; otherwise
    /// from its tokens per second. A run of an older version does not say how many tokens it saw. Then its texts
    /// count.
    private static @Nullable Double seconds(RunModel run, RunConfig next, int texts, double meanTokens) {
        double seen = (double) next.settings().epochs() * texts;
        Event.Started started = run.started();
        double whole = run.speed().seconds();
        if (started != null && Double.isFinite(whole) && run.state().step() == started.steps()) {
            Long tokens = started.trainTokens();
            return tokens == null || tokens <= 0 || !Double.isFinite(meanTokens)
                    ? whole * seen / ((double) started.epochs() * Math.max(1, started.trainExamples()))
                    : whole * seen * meanTokens / ((double) started.epochs() * tokens);
        }
        double rate = run.speed().tokensPerSecond();
        return rate > 0 && Double.isFinite(meanTokens) ? (Double) (seen * meanTokens / rate) : null;
    }

    /// `About 0.6 GB of memory and 2 min, based on earlier runs.`
    public String words() {
        if (bytes == null && seconds == null) {
            return Words.of("runs.forecast.unknown");
        }
        if (seconds == null) {
            return Words.of("runs.forecast.memory", memory(Objects.requireNonNull(bytes)));
        }
        return bytes == null
                ? Words.of("runs.forecast.time", duration(seconds))
                : Words.of("runs.forecast.both", memory(bytes), duration(seconds));
    }

    static String memory(double bytes) {
        return bytes < GIGA ? Math.round(bytes / MEGA / 10) * 10 + " MB" : Numbers.decimal(bytes / GIGA, 1) + " GB";
    }

    /// `45 s`, `12 min`, `1.5 h`.
    public static String duration(double seconds) {
        if (seconds < SECONDS_FOR_MINUTES) {
            return Words.of("runs.seconds", Math.max(1, Math.round(seconds)));
        }
        double minutes = seconds / 60;
        return minutes < SECONDS_FOR_MINUTES
                ? Words.of("runs.minutes", Math.round(minutes))
                : Words.of("runs.hours", Numbers.decimal(minutes / 60, 1));
    }
}

package sirkuit.figure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sirkuit.protocol.Points;
import sirkuit.run.state.RunState;
import sirkuit.study.StudyTable;

/// What a run gained on the target and forgot of the source, in percentage points, each with the 95 % interval of the
/// accuracy after the run.
///
/// @param <R>        what a run is to whoever draws it
/// @param run        whose they are
/// @param gain       target accuracy now less that before
/// @param forgetting source accuracy before less that now
/// @param finished   whether these are the figures of a finished run; otherwise the mark is hollow
public record TradeOff<R>(R run, Points gain, Points forgetting, boolean finished) {
    /// Null before the run has learned, and as long as one of the four accuracies is not known.
    public static <R> @Nullable TradeOff<R> of(R run, RunState state) {
        Points gain = state.gain();
        Points forgetting = state.forgetting();
        return gain == null || forgetting == null || !state.learned()
                ? null
                : new TradeOff<>(run, gain, forgetting, state.status() == RunState.Status.FINISHED);
    }

    /// The means of the strategies that have several finished runs, with the 95 % intervals of the means. Their single
    /// runs are drawn faint.
    ///
    /// @param strategy what a run is averaged with; null for a run on its own
    /// @param <K>      what a strategy is to whoever draws it
    public static <R, K> List<TradeOff<K>> means(List<TradeOff<R>> all, Function<R, @Nullable K> strategy) {
        Map<K, List<TradeOff<R>>> alike = new LinkedHashMap<>();
        for (TradeOff<R> t : all) {
            K key = strategy.apply(t.run);
            if (t.finished && key != null) {
                alike.computeIfAbsent(key, k -> new ArrayList<>()).add(t);
            }
        }
        List<TradeOff<K>> means = new ArrayList<>();
        alike.forEach((key, runs) -> {
            if (runs.size() > 1) {
                means.add(new TradeOff<>(key, mean(runs, TradeOff::gain), mean(runs, TradeOff::forgetting), true));
            }
        });
        return List.copyOf(means);
    }

    private static <R> Points mean(List<TradeOff<R>> runs, Function<TradeOff<R>, Points> of) {
        StudyTable.Spread spread = StudyTable.Spread.of(
                runs.stream().mapToDouble(t -> of.apply(t).value()).toArray());
        return new Points(spread.mean() - spread.half(), spread.mean(), spread.mean() + spread.half());
    }

    /// The points that no other one beats: none has gained as much and forgotten less, or forgotten as little and
    /// gained more. From the least forgetting on.
    public static <R> List<TradeOff<R>> front(List<TradeOff<R>> all) {
        List<TradeOff<R>> byForgetting = new ArrayList<>(all);
        byForgetting.sort(Comparator.comparingDouble((TradeOff<R> t) -> t.forgetting.value())
                .thenComparing(Comparator.comparingDouble((TradeOff<R> t) -> t.gain.value())
                        .reversed()));
        List<TradeOff<R>> front = new ArrayList<>();
        double best = Double.NEGATIVE_INFINITY;
        for (TradeOff<R> t : byForgetting) {
            if (t.gain.value() > best) {
                best = t.gain.value();
                front.add(t);
            }
        }
        return front;
    }

    /// The axis of what was gained.
    public static <R> Span gains(Collection<TradeOff<R>> all) {
        return axis(all.stream().map(TradeOff::gain).toList());
    }

    /// The axis of what was forgotten.
    public static <R> Span forgettings(Collection<TradeOff<R>> all) {
        return axis(all.stream().map(TradeOff::forgetting).toList());
    }

    private static Span axis(List<Points> all) {
        Span seen = Span.EMPTY;
        for (Points p : all) {
            seen = seen.with(p.low()).with(p.high());
        }
        return Axes.points(seen);
    }
}

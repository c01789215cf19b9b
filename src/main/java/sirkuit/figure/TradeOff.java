package sirkuit.figure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.protocol.Points;
import sirkuit.run.state.RunState;

/// What a run gained on the target and forgot of the source, in percentage points, each with the 95 % interval of the
/// accuracy after the run.
///
/// @param <R>        what a run is to whoever draws it
/// @param run        whose they are
/// @param gain       target accuracy now less that before
/// @param forgetting source accuracy before less that now
public record TradeOff<R>(R run, Points gain, Points forgetting) {
    /// Null before the run has learned, and as long as one of the four accuracies is not known.
    public static <R> @Nullable TradeOff<R> of(R run, RunState state) {
        Points gain = state.gain();
        Points forgetting = state.forgetting();
        return gain == null || forgetting == null || !state.learned() ? null : new TradeOff<>(run, gain, forgetting);
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

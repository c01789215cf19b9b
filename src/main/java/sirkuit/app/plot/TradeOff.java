package sirkuit.app.plot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.app.runs.RunModel;
import sirkuit.protocol.Points;

/// What a run gained on the target and forgot of the source, in percentage points, each with the 95 % interval of the
/// accuracy after the run.
///
/// @param run        whose they are
/// @param gain       target accuracy now less that before
/// @param forgetting source accuracy before less that now
public record TradeOff(RunModel run, Points gain, Points forgetting) {
    /// Null as long as one of the four accuracies is not known.
    public static @Nullable TradeOff of(RunModel run) {
        Points gain = run.state().gain();
        Points forgetting = run.state().forgetting();
        return gain == null || forgetting == null || !run.learned() ? null : new TradeOff(run, gain, forgetting);
    }

    /// The Pareto front: runs that no other run beats. No other run has gained as much and forgotten less, or forgotten
    /// as little and gained more. Ordered from the least forgetting.
    public static List<TradeOff> front(List<TradeOff> all) {
        List<TradeOff> byForgetting = new ArrayList<>(all);
        byForgetting.sort(Comparator.comparingDouble((TradeOff t) -> t.forgetting.value())
                .thenComparing(Comparator.comparingDouble((TradeOff t) -> t.gain.value())
                        .reversed()));
        List<TradeOff> front = new ArrayList<>();
        double best = Double.NEGATIVE_INFINITY;
        for (TradeOff t : byForgetting) {
            if (t.gain.value() > best) {
                best = t.gain.value();
                front.add(t);
            }
        }
        return front;
    }
}

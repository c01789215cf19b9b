package sirkuit.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a strategy can reach: the pairs of forgetting and gain of all its learning rates, without those that another
/// of its rates beats (`shared/spec/ct-sft.md`, section 9).
///
/// @param points in the order of forgetting, which is that of gain as well
public record Frontier(List<Point> points) {
    /// Means over the seeds of one learning rate.
    ///
    /// @param rate       learning rate
    /// @param forgetting source accuracy lost, in percentage points
    /// @param gain       target accuracy won, in percentage points
    public record Point(double rate, double forgetting, double gain) {
        /// Whether it is at least as good in both, and better in one.
        boolean beats(Point other) {
            return gain >= other.gain
                    && forgetting <= other.forgetting
                    && (gain > other.gain || forgetting < other.forgetting);
        }
    }

    public Frontier {
        points = List.copyOf(points);
    }

    /// @param all one point each rate
    public static Frontier of(List<Point> all) {
        List<Point> best = new ArrayList<>();
        for (Point p : all) {
            boolean known = best.stream().anyMatch(b -> b.gain == p.gain && b.forgetting == p.forgetting);
            if (!known && all.stream().noneMatch(q -> q.beats(p))) {
                best.add(p);
            }
        }
        best.sort(Comparator.comparingDouble(Point::forgetting));
        return new Frontier(best);
    }

    /// The largest gain; NaN of an empty frontier.
    public double mostGain() {
        return points.isEmpty() ? Double.NaN : points.getLast().gain;
    }

    /// The largest forgetting on it; NaN of an empty frontier.
    public double mostForgetting() {
        return points.isEmpty() ? Double.NaN : points.getLast().forgetting;
    }

    /// The least forgetting on it; NaN of an empty frontier.
    public double leastForgetting() {
        return points.isEmpty() ? Double.NaN : points.getFirst().forgetting;
    }

    /// Forgetting at a gain, interpolated between neighbours. A gain below all of them costs what the least one costs.
    ///
    /// @return NaN when the gain is not reached
    public double forgettingAt(double gain) {
        if (points.isEmpty() || gain > mostGain()) {
            return Double.NaN;
        }
        Point below = points.getFirst();
        for (Point p : points) {
            if (gain <= p.gain) {
                return p == below || gain <= below.gain
                        ? below.forgetting
                        : between(gain, below.gain, p.gain, below.forgetting, p.forgetting);
            }
            below = p;
        }
        return Double.NaN;
    }

    /// Gain at a forgetting, interpolated between neighbours. Beyond the last point it is the largest gain.
    ///
    /// @return NaN when even the least forgetting is larger
    public double gainAt(double forgetting) {
        if (points.isEmpty() || forgetting < leastForgetting()) {
            return Double.NaN;
        }
        Point before = points.getFirst();
        for (Point p : points) {
            if (forgetting < p.forgetting) {
                return between(forgetting, before.forgetting, p.forgetting, before.gain, p.gain);
            }
            before = p;
        }
        return before.gain;
    }

    private static double between(double x, double x0, double x1, double y0, double y1) {
        return y0 + (x - x0) / (x1 - x0) * (y1 - y0);
    }
}

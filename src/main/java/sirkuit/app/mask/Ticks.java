package sirkuit.app.mask;

import java.util.ArrayList;
import java.util.List;

/// Round numbers along an axis.
final class Ticks {
    private Ticks() {}

    /// Multiples of 1, 2 or 5 times a power of ten.
    ///
    /// @param most how many at the most, at least 2
    static List<Double> between(double low, double high, int most) {
        List<Double> ticks = new ArrayList<>();
        if (!(high > low)) {
            return ticks;
        }
        double rough = (high - low) / Math.max(1, most - 1);
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = 10 * power;
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= rough) {
                step = factor * power;
                break;
            }
        }
        for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }
}

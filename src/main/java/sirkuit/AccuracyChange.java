package sirkuit;

import java.util.Locale;

/// Changes of an accuracy in percentage points. Gain and forgetting are computed here only.
public final class AccuracyChange {
    private AccuracyChange() {}

    /// Gain on the target; negative when the accuracy fell.
    ///
    /// @param before accuracy before, 0 to 1
    /// @param now    accuracy now, 0 to 1
    public static double gained(double before, double now) {
        return 100 * (now - before);
    }

    /// Forgetting on the source; negative when the accuracy rose.
    ///
    /// @param before accuracy before, 0 to 1
    /// @param now    accuracy now, 0 to 1
    public static double lost(double before, double now) {
        return 100 * (before - now);
    }

    /// `+1.5`, `-0.3`. What is rounded to zero has no sign: `0.0`.
    public static String signed(double points) {
        String text = String.format(Locale.ROOT, "%+.1f", points);
        return text.substring(1).equals("0.0") ? "0.0" : text;
    }
}

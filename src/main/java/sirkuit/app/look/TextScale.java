package sirkuit.app.look;

/// The factor by which texts are larger than normal, for code that paints text itself: style sheets do not reach it.
/// Used in the window's thread only.
public final class TextScale {
    private static double factor = 1;

    private TextScale() {}

    /// 1 for their own size.
    public static double factor() {
        return factor;
    }

    public static void percent(int percent) {
        factor = percent / 100.0;
    }
}

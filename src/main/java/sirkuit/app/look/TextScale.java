package sirkuit.app.look;

/// The factor by which texts are enlarged, for code that paints text itself: style sheets do not apply to it. Used on
/// the window's thread only.
public final class TextScale {
    private static double factor = 1;

    private TextScale() {}

    /// 1 for normal size.
    public static double factor() {
        return factor;
    }

    public static void percent(int percent) {
        factor = percent / 100.0;
    }
}

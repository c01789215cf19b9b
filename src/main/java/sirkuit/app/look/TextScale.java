package sirkuit.app.look;

/// How much larger than by themselves texts are, for whoever draws them: style sheets do not reach what is painted.
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

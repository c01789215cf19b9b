package sirkuit.figure;

/// How light a colour is, and which ink can be read on it, as WCAG defines it. Colours are `0xrrggbb`.
public final class Luminance {
    /// At this lightness black and white can be read equally well.
    private static final double MIDDLE = 0.179;

    private Luminance() {}

    /// @param code `#rrggbb`
    public static int rgb(String code) {
        return Integer.parseInt(code.substring(1), 16);
    }

    /// Relative luminance, from 0, black, to 1, white.
    public static double of(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 0xff) + 0.7152 * linear(rgb >> 8 & 0xff) + 0.0722 * linear(rgb & 0xff);
    }

    /// Whether black can be read better on it than white.
    public static boolean wantsBlack(int rgb) {
        return of(rgb) > MIDDLE;
    }

    /// The ink to write on it: `#000` or `#fff`.
    public static String ink(int rgb) {
        return wantsBlack(rgb) ? "#000" : "#fff";
    }

    /// From 1, the same, to 21, black on white.
    public static double contrast(int one, int other) {
        double a = of(one);
        double b = of(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}

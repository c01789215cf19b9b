package sirkuit.figure;

/// Colours from one end of a scale to the other, worked out once.
public final class ColourScale {
    /// How many colours there are.
    public static final int STEPS = 256;

    private final int[] colours = new int[STEPS];

    /// @param stops evenly spaced, `#rrggbb`, with straight lines between them
    ColourScale(String... stops) {
        for (int i = 0; i < STEPS; i++) {
            double at = (double) i / (STEPS - 1) * (stops.length - 1);
            int below = Math.min((int) at, stops.length - 2);
            colours[i] = between(Luminance.rgb(stops[below]), Luminance.rgb(stops[below + 1]), at - below);
        }
    }

    private static int between(int from, int to, double share) {
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = from >> shift & 0xff;
            int b = to >> shift & 0xff;
            rgb |= (int) Math.round(a + share * (b - a)) << shift;
        }
        return rgb;
    }

    /// @param position 0 for one end, 1 for the other; what lies beyond has the colour of the end
    /// @return `0xrrggbb`
    public int at(double position) {
        return colours[step(position)];
    }

    /// Which of the [#STEPS] colours a position has.
    public static int step(double position) {
        return Math.clamp(Math.round(position * (STEPS - 1)), 0, STEPS - 1);
    }
}

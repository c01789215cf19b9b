package sirkuit.app.heatmap;

import org.jspecify.annotations.Nullable;

/// How a heatmap is drawn.
///
/// @param fade    whether heads whose standard error exceeds their score are hatched over
/// @param numbers whether scores are written in the cells where they fit
/// @param bars    whether bars show how much each layer and each head position carries
/// @param colours by which scale scores become colours
/// @param range   score at the far end of the colours; null for what the scale finds
public record HeatmapOptions(
        boolean fade,
        boolean numbers,
        boolean bars,
        Colours colours,
        @Nullable Double range) {
    static final HeatmapOptions DEFAULT = new HeatmapOptions(true, true, true, Colours.AUTOMATIC, null);

    public HeatmapOptions withFade(boolean on) {
        return new HeatmapOptions(on, numbers, bars, colours, range);
    }

    public HeatmapOptions withNumbers(boolean on) {
        return new HeatmapOptions(fade, on, bars, colours, range);
    }

    public HeatmapOptions withBars(boolean on) {
        return new HeatmapOptions(fade, numbers, on, colours, range);
    }

    /// By another scale, which finds its own range.
    public HeatmapOptions withColours(Colours other) {
        return new HeatmapOptions(fade, numbers, bars, other, null);
    }

    public HeatmapOptions withRange(@Nullable Double fixed) {
        return new HeatmapOptions(fade, numbers, bars, colours, fixed);
    }
}

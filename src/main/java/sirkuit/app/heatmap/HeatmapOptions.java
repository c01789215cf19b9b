package sirkuit.app.heatmap;

import org.jspecify.annotations.Nullable;

/// How a heatmap is drawn.
///
/// @param fade    whether heads whose standard error exceeds their score are hatched over
/// @param numbers whether scores are written in the cells where they fit
/// @param bars    whether bars show how much each layer and each head position carries
/// @param range   score at the far end of the colours; null for the largest score shown
public record HeatmapOptions(
        boolean fade,
        boolean numbers,
        boolean bars,
        @Nullable Double range) {
    static final HeatmapOptions DEFAULT = new HeatmapOptions(true, true, true, null);

    HeatmapOptions withFade(boolean on) {
        return new HeatmapOptions(on, numbers, bars, range);
    }

    HeatmapOptions withNumbers(boolean on) {
        return new HeatmapOptions(fade, on, bars, range);
    }

    HeatmapOptions withBars(boolean on) {
        return new HeatmapOptions(fade, numbers, on, range);
    }

    HeatmapOptions withRange(@Nullable Double fixed) {
        return new HeatmapOptions(fade, numbers, bars, fixed);
    }
}

package sirkuit.figure;

import java.util.List;

/// The colours of figures in one theme, as `#rrggbb`. Text has a contrast to the background of at least 4.5 to 1.
///
/// Signed scores: orange below zero, the background's neutral at zero, blue above it, which colour-blind eyes can
/// distinguish; unsigned ones: one ramp of even lightness, from the background to what stands out most against it. Both
/// pass quickly through the middle tones, on which no ink reads well. Runs have colours after Okabe and Ito.
///
/// @param text       what is read
/// @param muted      what is read second
/// @param line       what separates
/// @param accent     what is chosen
/// @param second     the colour beside the accent; colour-blind eyes can distinguish them
/// @param background of pages and panels
/// @param runs       one for each run, again from the start when there are more
/// @param diverging  of signed scores
/// @param sequential of unsigned scores
public record FigureColours(
        String text,
        String muted,
        String line,
        String accent,
        String second,
        String background,
        List<String> runs,
        ColourScale diverging,
        ColourScale sequential) {
    public static final FigureColours LIGHT = new FigureColours(
            "#24292f",
            "#57606a",
            "#d0d7de",
            "#0969da",
            "#bc4c00",
            "#ffffff",
            List.of("#0072b2", "#d55e00", "#009e73", "#b2478a", "#8a6d00", "#4b5bd6", "#3a9bc1", "#6e7781"),
            new ColourScale(
                    "#6f3206", "#a04c05", "#ec9c40", "#fdc07a", "#fbe3c4", "#f4f4f4", "#d3e3f0", "#a3cbe8", "#6fb1e0",
                    "#1c5c9f", "#0b3a6f"),
            new ColourScale("#f3f7f4", "#d3ebe0", "#a2d5cb", "#79c0c6", "#5cabc2", "#265b88", "#22396f", "#1d2257"));

    public static final FigureColours DARK = new FigureColours(
            "#e6edf3",
            "#9aa4af",
            "#30363d",
            "#58a6ff",
            "#ff9a4d",
            "#0d1117",
            List.of("#5ab4f0", "#ff9a4d", "#3ecf9f", "#e08cc0", "#e6c84d", "#9aa6ff", "#8fd7f5", "#9aa4af"),
            new ColourScale(
                    "#ffd9a0", "#ffbc66", "#f0a04a", "#90500f", "#66411f", "#2b3139", "#23476b", "#255d92", "#5fabed",
                    "#8cc5f9", "#c2e0ff"),
            new ColourScale("#1b2430", "#1d3a50", "#1f5573", "#256c82", "#5fb9ad", "#86cfb0", "#c0e6bd", "#f4fbd8"));

    public FigureColours {
        runs = List.copyOf(runs);
    }

    public ColourScale scale(boolean signed) {
        return signed ? diverging : sequential;
    }

    /// @param number of the run, from 0
    public String run(int number) {
        return runs.get(number % runs.size());
    }

    /// How often all colours were used before this run. From the ninth run on, its lines differ by their dashes.
    ///
    /// @param number of the run, from 0
    public int round(int number) {
        return number / runs.size();
    }
}

package sirkuit.app.heatmap;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;

/// By which scale scores become colours.
public enum Colours {
    /// Clipped when one head dominates, otherwise linear.
    AUTOMATIC,
    /// Up to the largest score.
    LINEAR,
    /// Up to the largest score of most heads; the few beyond it have the last colour.
    CLIPPED,
    /// By rank: every head has a colour of its own, and differences in size do not show.
    RANK;

    public String words() {
        return Words.of("relevance.colours." + name());
    }

    /// As it was remembered; [#AUTOMATIC] when that is not known.
    public static Colours of(@Nullable String name) {
        return Arrays.stream(values())
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElse(AUTOMATIC);
    }
}

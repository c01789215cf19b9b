package sirkuit.run;

import org.jspecify.annotations.Nullable;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskOrigin;
import sirkuit.record.RunConfig;

/// The kind of run, by what it trains. Comparisons are grouped by it.
public enum RunKind {
    FULL,
    ALL_HEADS,
    NORMS,
    BIASES,
    TOP_LAYERS,
    TOP,
    NEAR_ZERO,
    RANDOM,
    OTHER,
    /// Whatever it trains, with replay or L2-SP.
    KEEPING;

    public static RunKind of(RunConfig config) {
        boolean keeps =
                config.data().replay() != null || config.settings().optimizer().l2sp() != null;
        return keeps ? KEEPING : trained(config);
    }

    /// What it trains, whether it replays source texts or not.
    public static RunKind trained(RunConfig config) {
        return switch (config.what()) {
            case FULL -> FULL;
            case BIASES -> BIASES;
            case TOP_LAYERS -> TOP_LAYERS;
            case MASK -> of(config.mask());
        };
    }

    private static RunKind of(@Nullable HeadMask mask) {
        if (mask == null || mask.size() == 0) {
            return NORMS;
        }
        if (mask.size() == mask.layers() * mask.heads()) {
            return ALL_HEADS;
        }
        return switch (MaskOrigin.of(mask)) {
            case TOP -> TOP;
            case NEAR_ZERO -> NEAR_ZERO;
            case RANDOM -> RANDOM;
            case THRESHOLD, OTHER -> OTHER;
        };
    }

    /// Whether it trains some heads, however they were selected.
    public boolean someHeads() {
        return this == TOP || this == NEAR_ZERO || this == RANDOM || this == OTHER;
    }
}

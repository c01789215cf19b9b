package sirkuit.app.mask;

import sirkuit.app.look.Words;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskOrigin;

/// How the heads are selected.
public enum Strategy {
    TOP_K,
    NEAR_ZERO,
    THRESHOLD,
    RANDOM,
    BY_HAND;

    public String words() {
        return Words.of("mask.strategy." + name());
    }

    public String explanation() {
        return Words.of("mask.strategy.more." + name());
    }

    public boolean needsScores() {
        return this == TOP_K || this == NEAR_ZERO || this == THRESHOLD;
    }

    /// The strategy that made `mask`, according to its file.
    static Strategy behind(HeadMask mask) {
        return switch (MaskOrigin.of(mask)) {
            case TOP -> TOP_K;
            case NEAR_ZERO -> NEAR_ZERO;
            case RANDOM -> RANDOM;
            case THRESHOLD -> THRESHOLD;
            case OTHER -> BY_HAND;
        };
    }
}

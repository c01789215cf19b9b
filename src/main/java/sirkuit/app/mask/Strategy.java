package sirkuit.app.mask;

import sirkuit.app.look.Words;
import sirkuit.mask.HeadMask;

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

    /// The strategy that made `mask`, as far as its file says.
    static Strategy behind(HeadMask mask) {
        String madeBy = mask.madeBy();
        if (madeBy.startsWith("top ")) {
            return TOP_K;
        }
        if (madeBy.startsWith("near-zero ")) {
            return NEAR_ZERO;
        }
        if (madeBy.contains(" at least ")) {
            return THRESHOLD;
        }
        return madeBy.startsWith("random ") ? RANDOM : BY_HAND;
    }
}

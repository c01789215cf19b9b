package sirkuit.run;

import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskOrigin;
import sirkuit.record.RunConfig;

/// The kind of run, by what it trains. Comparisons are grouped by it.
public enum RunKind {
    FULL,
    ALL_HEADS,
    NORMS,
    TOP,
    NEAR_ZERO,
    RANDOM,
    OTHER;

    public static RunKind of(RunConfig config) {
        HeadMask mask = config.mask();
        if (config.what() == RunConfig.Trained.FULL) {
            return FULL;
        }
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

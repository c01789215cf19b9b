package sirkuit.mask;

/// How a mask was made, as its `madeBy` tells. [MaskStrategy] writes these words, and everyone else reads them here.
public enum MaskOrigin {
    /// The highest scores.
    TOP("top"),
    /// The smallest absolute scores.
    NEAR_ZERO("near-zero"),
    /// Drawn with a seed.
    RANDOM("random"),
    /// Every score that is high enough.
    THRESHOLD("at least"),
    /// By hand, or by somebody else's program.
    OTHER("");

    private final String word;

    MaskOrigin(String word) {
        this.word = word;
    }

    /// What `madeBy` and the names of a study's strategies call it.
    public String word() {
        return word;
    }

    public static MaskOrigin of(HeadMask mask) {
        String madeBy = mask.madeBy();
        for (MaskOrigin counted : new MaskOrigin[] {TOP, NEAR_ZERO, RANDOM}) {
            if (madeBy.startsWith(counted.word + " ")) {
                return counted;
            }
        }
        return madeBy.contains(" " + THRESHOLD.word + " ") ? THRESHOLD : OTHER;
    }
}

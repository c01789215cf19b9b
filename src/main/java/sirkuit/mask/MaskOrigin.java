package sirkuit.mask;

/// How a mask was made, according to its `madeBy`. [MaskStrategy] writes these words, and all other code reads them
/// here.
public enum MaskOrigin {
    /// The highest scores.
    TOP("top"),
    /// The smallest absolute scores.
    NEAR_ZERO("near-zero"),
    /// Drawn with a seed.
    RANDOM("random"),
    /// Every score that reaches a threshold.
    THRESHOLD("at least"),
    /// By hand, from two masks, or by another program.
    OTHER("");

    private final String word;

    MaskOrigin(String word) {
        this.word = word;
    }

    /// Its word in `madeBy` and in the names of a study's strategies.
    public String word() {
        return word;
    }

    public static MaskOrigin of(HeadMask mask) {
        if (mask.combined()) {
            return OTHER;
        }
        String madeBy = mask.madeBy();
        for (MaskOrigin counted : new MaskOrigin[] {TOP, NEAR_ZERO, RANDOM}) {
            if (madeBy.startsWith(counted.word + " ")) {
                return counted;
            }
        }
        return madeBy.contains(" " + THRESHOLD.word + " ") ? THRESHOLD : OTHER;
    }
}

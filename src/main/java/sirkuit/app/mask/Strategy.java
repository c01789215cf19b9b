package sirkuit.app.mask;

import sirkuit.mask.HeadMask;

/// How the heads are chosen.
public enum Strategy {
    TOP_K("Top-k", "The k heads with the highest scores."),
    NEAR_ZERO("Near-zero", "The k heads whose scores are closest to zero: a control that should not help."),
    THRESHOLD("Threshold", "Every head that scores at least so high: drag the line in the histogram."),
    RANDOM("Random", "k heads drawn by chance: a control."),
    BY_HAND("By hand", "Click cells, or drag over them; click a layer's or head's name for a whole row or column.");

    private final String words;
    private final String explanation;

    Strategy(String words, String explanation) {
        this.words = words;
        this.explanation = explanation;
    }

    public String words() {
        return words;
    }

    public String explanation() {
        return explanation;
    }

    public boolean needsScores() {
        return this == TOP_K || this == NEAR_ZERO || this == THRESHOLD;
    }

    /// The strategy that made `mask`, as far as its file tells.
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

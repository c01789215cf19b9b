package sirkuit.figure;

/// How a line is interrupted, so that lines of one colour can be told apart: by what they show and, where there are
/// more runs than colours, by the round of colours that their run belongs to.
public enum LineStyle {
    SOLID(),
    DASHED(7, 5),
    DOTTED(1.5f, 4);

    /// After this many rounds of colours the patterns start again; the number of the run still differs.
    static final int ROUNDS = 4;

    private static final float LONG = 16;
    private static final float SHORT = 2.5f;
    private static final float GAP = 4;

    private final float[] dashes;

    LineStyle(float... dashes) {
        this.dashes = dashes;
    }

    /// Lengths of lines and gaps in pixels; empty for a solid line.
    public float[] dashes() {
        return dashes.clone();
    }

    /// The same for the runs of a later round of colours: a short stroke more each round.
    ///
    /// @param round from 0, see [FigureColours#round(int)]
    public float[] dashes(int round) {
        int extra = round % ROUNDS;
        if (extra == 0) {
            return dashes();
        }
        boolean solid = this == SOLID;
        int strokes = solid ? extra : extra + 1;
        float[] all = new float[2 * strokes];
        for (int i = 0; i < strokes; i++) {
            all[2 * i] = i > 0 && this != DOTTED ? SHORT : solid ? LONG : dashes[0];
            all[2 * i + 1] = GAP;
        }
        if (this == DOTTED) {
            all[all.length - 1] = 3 * GAP; // dots in groups
        }
        return all;
    }
}

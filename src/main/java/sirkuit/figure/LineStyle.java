package sirkuit.figure;

/// How a line is interrupted, so that lines of one colour can be told apart.
public enum LineStyle {
    SOLID(),
    DASHED(7, 5),
    DOTTED(1.5f, 4);

    private final float[] dashes;

    LineStyle(float... dashes) {
        this.dashes = dashes;
    }

    /// Lengths of lines and gaps in pixels; empty for a solid line.
    public float[] dashes() {
        return dashes.clone();
    }
}

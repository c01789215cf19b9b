package sirkuit.figure;

import org.jspecify.annotations.Nullable;
import sirkuit.mask.RelevanceScores;

/// What score lies at which end of the colours: symmetric about zero for signed scores, from zero up for others.
///
/// @param range the score at the far end
public record Scale(boolean signed, double range) {
    public static Scale of(RelevanceScores scores) {
        return of(scores, null);
    }

    /// @param fixed the score at the far end; null for the largest
    public static Scale of(RelevanceScores scores, @Nullable Double fixed) {
        double range = fixed == null ? scores.range() : fixed;
        return new Scale(scores.method().signed(), range > 0 ? range : 1);
    }

    /// Where `score` lies, from 0 to 1.
    public double position(double score) {
        return signed ? (score / range + 1) / 2 : score / range;
    }

    public double lowest() {
        return signed ? -range : 0;
    }
}

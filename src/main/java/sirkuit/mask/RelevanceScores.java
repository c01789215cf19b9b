package sirkuit.mask;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Relevance of every attention head for one task.
///
/// @param method        how it was computed; gives the unit
/// @param score         [layers][heads], mean over examples; NaN where a head has not been scored
/// @param standardError [layers][heads], standard error of `score`
/// @param examples      how many examples the mean is over
/// @param createdAt     ISO-8601 instant at which they were computed; null if it is not known
/// @see <a href="https://arxiv.org/abs/2601.08146">Nur'aini et al. 2026, directional relevance</a>
public record RelevanceScores(
        ScoreMethod method,
        double[][] score,
        double[][] standardError,
        int examples,
        @Nullable String createdAt) {
    public RelevanceScores(ScoreMethod method, double[][] score, double[][] standardError, int examples) {
        this(method, score, standardError, examples, null);
    }

    public int layers() {
        return score.length;
    }

    public int heads() {
        return score[0].length;
    }

    public double score(Head head) {
        return score[head.layer()][head.head()];
    }

    /// Scored heads, highest score first; ties by layer, then head.
    public List<Head> ranked() {
        List<Head> scored = new ArrayList<>();
        for (int l = 0; l < layers(); l++) {
            for (int h = 0; h < heads(); h++) {
                if (!Double.isNaN(score[l][h])) {
                    scored.add(new Head(l, h));
                }
            }
        }
        scored.sort(Comparator.<Head>comparingDouble(this::score).reversed().thenComparing(Comparator.naturalOrder()));
        return scored;
    }

    /// Largest absolute score, 0 when nothing is scored: the colour range.
    public double range() {
        return Arrays.stream(score)
                .flatMapToDouble(Arrays::stream)
                .filter(Double::isFinite)
                .map(Math::abs)
                .max()
                .orElse(0);
    }
}

package sirkuit.mask;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// How well two scores of the same heads agree.
///
/// @param spearman Spearman's rank correlation over the heads that both have; NaN for fewer than two
/// @param k        how many heads are selected
/// @param overlap  how many of the k highest of one are among the k highest of the other
public record RankAgreement(double spearman, int k, int overlap) {
    /// @param k heads selected by each
    public static RankAgreement of(RelevanceScores a, RelevanceScores b, int k) {
        List<Head> first = a.ranked();
        List<Head> second = b.ranked();
        first.retainAll(new HashSet<>(second));
        second.retainAll(new HashSet<>(first));
        Set<Head> top = new HashSet<>(first.subList(0, Math.min(k, first.size())));
        top.retainAll(new HashSet<>(second.subList(0, Math.min(k, second.size()))));
        return new RankAgreement(correlation(ranks(first, a), ranks(first, b)), Math.min(k, first.size()), top.size());
    }

    /// Ranks of `heads` by a score, equal scores sharing their mean rank.
    private static double[] ranks(List<Head> heads, RelevanceScores scores) {
        double[] ranks = new double[heads.size()];
        for (int i = 0; i < ranks.length; i++) {
            double own = scores.score(heads.get(i));
            double rank = 0.5;
            for (Head other : heads) {
                double s = scores.score(other);
                rank += s < own ? 1 : s == own ? 0.5 : 0;
            }
            ranks[i] = rank;
        }
        return ranks;
    }

    private static double correlation(double[] x, double[] y) {
        double meanX = java.util.Arrays.stream(x).average().orElse(Double.NaN);
        double meanY = java.util.Arrays.stream(y).average().orElse(Double.NaN);
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        return xy / Math.sqrt(xx * yy);
    }
}

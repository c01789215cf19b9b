package sirkuit.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The results of a study for scripts.
public final class StudyJson {
    private StudyJson() {}

    /// A strategy and the first one at the same gain, or at the same forgetting; all in percentage points.
    ///
    /// @param at            the gain, or the forgetting
    /// @param value         forgetting, or gain, of the strategy
    /// @param valueAgainst  of the first one
    /// @param difference    of the two
    /// @param low           lower end of the 95 % interval that decides; NaN with a single seed
    /// @param high          upper end
    /// @param bootstrapLow  2.5 % quantile of the differences of the bootstrap
    /// @param bootstrapHigh 97.5 % quantile
    /// @param sign          of the difference, 0 where the data cannot tell
    private record AtEqual(
            String target,
            String strategy,
            String against,
            double at,
            double value,
            double valueAgainst,
            double difference,
            double low,
            double high,
            double bootstrapLow,
            double bootstrapHigh,
            int sign) {}

    /// @param gain gain to compare at; null for the smaller of the two largest ones
    public static Map<String, Object> of(StudyResults results, @Nullable Double gain) {
        FairStudy fair = results.fair(gain);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("runs", results.outcomes());
        all.put("table", results.table().rows());
        all.put("diverged", results.failures());
        all.put("ownBest", fair.ownBest());
        all.put(
                "frontiers",
                fair.frontiers().stream()
                        .map(r -> Map.of(
                                "target", r.target(),
                                "strategy", r.strategy(),
                                "points", r.frontier().points()))
                        .toList());
        all.put("equalGain", atEqual(fair, FairComparison::forgetting));
        all.put("equalForgetting", atEqual(fair, FairComparison::gain));
        all.put(
                "verdict",
                fair.compared().stream()
                        .map(c -> Map.of(
                                "target", c.target(),
                                "strategy", c.strategy(),
                                "against", c.against(),
                                "sign", c.verdict().sign(),
                                "sentence", c.verdict().sentence()))
                        .toList());
        return all;
    }

    private static List<AtEqual> atEqual(
            FairStudy fair, Function<FairComparison, FairComparison.@Nullable Difference> of) {
        return fair.compared().stream()
                .flatMap(c -> java.util.stream.Stream.ofNullable(of.apply(c.comparison()))
                        .map(d -> new AtEqual(
                                c.target(),
                                c.strategy(),
                                c.against(),
                                d.at(),
                                d.first(),
                                d.second(),
                                d.value(),
                                d.value() - d.half(),
                                d.value() + d.half(),
                                d.low(),
                                d.high(),
                                d.sign())))
                .toList();
    }
}

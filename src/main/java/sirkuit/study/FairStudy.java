package sirkuit.study;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The fair comparison of a study's strategies: each at its own best learning rate, at equal gain and at equal
/// forgetting (`shared/spec/ct-sft.md`, section 9). Gains are against the checkpoint before tuning.
///
/// @param ownBest   the chosen rates; empty where no strategy has several
/// @param frontiers of the strategies with finished runs that have a gain and a forgetting; only rates with the most
///                  finished seeds
/// @param compared  of each other strategy with the first
public record FairStudy(List<OwnBest> ownBest, List<Reached> frontiers, List<Compared> compared) {
    /// Of the bootstrap. It is fixed, so that the same runs always come to the same intervals.
    private static final long SEED = 0;

    /// A strategy at the rate with the best mean accuracy on the valid split.
    ///
    /// @param valid mean over seeds of the accuracy on the valid split, in percent. It chose the rate, so it is
    ///              likely too high; null for a strategy that has a single rate and no valid split
    /// @param row   figures on the test texts, which chose nothing
    public record OwnBest(
            StudyTable.@Nullable Spread valid,
            @JsonUnwrapped StudyTable.Row row) {}

    /// The frontier of a strategy.
    public record Reached(String target, String strategy, Frontier frontier) {}

    /// A strategy compared with the first one.
    public record Compared(
            String target, String strategy, String against, FairComparison comparison, Verdict verdict) {}

    /// @param gain gain to compare at, in percentage points; null for the smaller of the two largest ones
    static FairStudy of(StudyPlan plan, List<StudyTable.Outcome> outcomes, @Nullable Double gain) {
        List<OwnBest> ownBest = new ArrayList<>();
        List<Reached> frontiers = new ArrayList<>();
        List<Compared> compared = new ArrayList<>();
        String first = plan.strategies().getFirst().name();
        for (StudyPlan.Target target : plan.targets()) {
            for (String label : StudyTable.labels(target.name(), outcomes)) {
                List<StudyTable.Outcome> here =
                        outcomes.stream().filter(o -> o.label().equals(label)).toList();
                ownBest.addAll(ownBest(plan, label, here));
                List<FairComparison.Run> base = runs(here, first);
                for (StudyStrategy strategy : plan.strategies()) {
                    String name = strategy.name();
                    List<FairComparison.Run> runs = runs(here, name);
                    if (!runs.isEmpty()) {
                        frontiers.add(new Reached(label, name, FairComparison.frontier(runs)));
                    }
                    if (!name.equals(first) && !(runs.isEmpty() && base.isEmpty())) {
                        FairComparison found = FairComparison.of(runs, base, gain, SEED);
                        compared.add(new Compared(
                                label,
                                name,
                                first,
                                found,
                                Verdict.of(new Verdict.Side(name, runs), new Verdict.Side(first, base), found, gain)));
                    }
                }
            }
        }
        return new FairStudy(ownBest, frontiers, compared);
    }

    private static List<OwnBest> ownBest(StudyPlan plan, String label, List<StudyTable.Outcome> here) {
        List<StudyTable.Outcome> best = new ArrayList<>();
        if (plan.severalRates()) {
            plan.strategies().forEach(s -> best.addAll(atBest(s, here)));
        }
        return StudyTable.rows(plan, label, best, List.of(), true).stream()
                .map(row -> new OwnBest(
                        valid(best.stream()
                                .filter(o -> o.strategy().equals(row.strategy()))
                                .toList()),
                        row))
                .toList();
    }

    /// The runs of a strategy at the rate with the best mean valid accuracy; of equal ones the smaller rate. Only rates
    /// with the most finished seeds can be chosen. Empty when there is nothing to choose by.
    private static List<StudyTable.Outcome> atBest(StudyStrategy strategy, List<StudyTable.Outcome> here) {
        List<List<StudyTable.Outcome>> byRate = strategy.rates().stream()
                .map(rate -> here.stream()
                        .filter(o -> o.strategy().equals(strategy.name()) && o.rate() == rate)
                        .toList())
                .toList();
        int most = byRate.stream().mapToInt(List::size).max().orElse(0);
        List<List<StudyTable.Outcome>> candidates =
                byRate.stream().filter(runs -> runs.size() == most).toList();
        if (byRate.size() == 1 || most == 0) {
            return byRate.getFirst();
        }
        if (candidates.stream().anyMatch(runs -> valid(runs) == null)) {
            return List.of();
        }
        return candidates.stream()
                .max(Comparator.comparingDouble((List<StudyTable.Outcome> runs) ->
                                Objects.requireNonNull(valid(runs)).mean())
                        .thenComparing(runs -> -runs.getFirst().rate()))
                .orElseThrow();
    }

    private static StudyTable.@Nullable Spread valid(List<StudyTable.Outcome> runs) {
        return runs.isEmpty() || runs.stream().anyMatch(o -> o.valid() == null)
                ? null
                : StudyTable.Spread.of(runs.stream()
                        .map(StudyTable.Outcome::valid)
                        .filter(Objects::nonNull)
                        .mapToDouble(v -> 100 * v)
                        .toArray());
    }

    private static List<FairComparison.Run> runs(List<StudyTable.Outcome> here, String strategy) {
        List<FairComparison.Run> runs = new ArrayList<>();
        for (StudyTable.Outcome o : here) {
            Double gain = o.gain();
            Double forgetting = o.forgetting();
            if (o.strategy().equals(strategy) && gain != null && forgetting != null) {
                runs.add(new FairComparison.Run(o.rate(), o.seed(), gain, forgetting));
            }
        }
        return FairComparison.withMostSeeds(runs);
    }
}

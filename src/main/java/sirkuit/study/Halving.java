package sirkuit.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.protocol.Quality;
import sirkuit.run.state.RunState;

/// Which runs of a study are made next. With successive halving, every learning rate of a strategy runs with the first
/// seed, then the better half (by valid accuracy) with the second one, and so on, until one is left. This best rate and
/// its neighbours run with all seeds. If a neighbour then turns out better, its own neighbours do too.
///
/// The answer depends only on the runs that have ended, so a study can be stopped at any moment. A rate with a run that
/// diverged is given up.
public final class Halving {
    /// From how many rates on there is something to halve.
    public static final int LEAST_RATES = 3;

    /// How a run ended.
    ///
    /// @param diverged whether it came to nothing
    /// @param valid    accuracy on the valid split, 0 to 1; null without one
    public record Ended(boolean diverged, @Nullable Double valid) {
        /// Null of a run that has not ended.
        public static @Nullable Ended of(RunState state) {
            if (Diverged.is(state)) {
                return new Ended(true, null);
            }
            Quality valid = state.finalValid();
            return state.status() == RunState.Status.FINISHED
                    ? new Ended(false, valid == null ? null : valid.accuracy())
                    : null;
        }
    }

    private final List<Long> seeds;
    private final List<Double> rates;
    private final Map<Double, Map<Long, Ended>> ended = new TreeMap<>();

    private Halving(List<Long> seeds, StudyStrategy strategy) {
        this.seeds = seeds;
        this.rates = strategy.rates();
        rates.forEach(rate -> ended.put(rate, new LinkedHashMap<>()));
    }

    /// The runs that are made next, in the order of the plan. None is left when it is empty.
    ///
    /// @param cells of the plan
    /// @param ended runs that have ended, by their folders
    public static List<StudyPlan.Cell> next(StudyPlan plan, List<StudyPlan.Cell> cells, Map<Path, Ended> ended) {
        Map<List<String>, Set<Run>> wanted = new LinkedHashMap<>();
        for (StudyPlan.Target target : plan.targets()) {
            for (StudyStrategy strategy : plan.strategies()) {
                if (plan.halving() && strategy.rates().size() >= LEAST_RATES) {
                    Halving one = new Halving(plan.seeds(), strategy);
                    cells.stream()
                            .filter(c -> c.target().equals(target.name())
                                    && c.strategy().equals(strategy.name()))
                            .forEach(c -> one.add(c, ended.get(c.folder())));
                    wanted.put(List.of(target.name(), strategy.name()), new HashSet<>(one.open()));
                }
            }
        }
        return cells.stream()
                .filter(c -> !ended.containsKey(c.folder()))
                .filter(c -> {
                    Set<Run> some = wanted.get(List.of(c.target(), c.strategy()));
                    return some == null || some.contains(new Run(c.rate(), c.seed()));
                })
                .toList();
    }

    private record Run(double rate, long seed) {}

    private void add(StudyPlan.Cell cell, @Nullable Ended how) {
        Map<Long, Ended> bySeed = ended.get(cell.rate());
        if (how != null && bySeed != null) {
            bySeed.put(cell.seed(), how);
        }
    }

    /// The runs that this strategy needs now. Each round decides by the seeds up to its own, so that later runs do not
    /// change what it decided.
    private List<Run> open() {
        List<Double> alive = rates;
        for (int round = 1; round <= seeds.size() && !alive.isEmpty(); round++) {
            List<Long> now = seeds.subList(0, round);
            List<Run> open = open(alive, now);
            if (!open.isEmpty()) {
                return open;
            }
            alive = alive.stream().filter(rate -> lives(rate, now)).toList();
            if (alive.stream().anyMatch(rate -> valid(rate, now).isEmpty())) {
                return open(rates, seeds); // nothing to decide by
            }
            if (alive.size() == 1) {
                break;
            }
            alive = byValid(alive, now).subList(0, (alive.size() + 1) / 2);
        }
        return alive.isEmpty() ? List.of() : openAround(byValid(alive, seeds).getFirst());
    }

    /// What the best rate and its neighbours lack; if all have all seeds, what the neighbours of a better one lack.
    private List<Run> openAround(double first) {
        Set<Double> whole = new TreeSet<>();
        double best = first;
        while (true) {
            int at = rates.indexOf(best);
            if (!whole.addAll(rates.subList(Math.max(0, at - 1), Math.min(rates.size(), at + 2)))) {
                return List.of();
            }
            List<Run> open = open(whole, seeds);
            List<Double> alive =
                    whole.stream().filter(rate -> lives(rate, seeds)).toList();
            if (!open.isEmpty() || alive.isEmpty()) {
                return open;
            }
            best = byValid(alive, seeds).getFirst();
        }
    }

    /// For each of some rates the first of the seeds that it has not run with, unless it was given up. Later seeds
    /// wait, as they are not needed if this one diverges.
    private List<Run> open(Collection<Double> some, List<Long> of) {
        List<Run> open = new ArrayList<>();
        for (double rate : some) {
            of.stream()
                    .filter(seed -> lives(rate, seeds) && !known(rate).containsKey(seed))
                    .findFirst()
                    .ifPresent(seed -> open.add(new Run(rate, seed)));
        }
        return open;
    }

    private Map<Long, Ended> known(double rate) {
        return ended.getOrDefault(rate, Map.of());
    }

    private Stream<Ended> known(double rate, List<Long> of) {
        return of.stream().map(known(rate)::get).filter(Objects::nonNull);
    }

    private boolean lives(double rate, List<Long> of) {
        return known(rate, of).noneMatch(Ended::diverged);
    }

    /// From the best mean valid accuracy on; of equal ones the smaller rate first.
    private List<Double> byValid(List<Double> some, List<Long> of) {
        return some.stream()
                .sorted(Comparator.comparingDouble(
                                (Double rate) -> -valid(rate, of).orElse(0))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /// Mean valid accuracy over those of the seeds that have finished; empty when a run has none.
    private OptionalDouble valid(double rate, List<Long> of) {
        return known(rate, of).anyMatch(e -> e.valid() == null)
                ? OptionalDouble.empty()
                : known(rate, of)
                        .map(Ended::valid)
                        .filter(Objects::nonNull)
                        .mapToDouble(v -> v)
                        .average();
    }
}

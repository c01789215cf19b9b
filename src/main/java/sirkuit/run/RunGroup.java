package sirkuit.run;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sirkuit.record.RunTexts;

/// Runs whose figures can be compared: they have the same target, test texts and checkpoint.
///
/// @param texts  of the first of them
/// @param apart  in what they differ from the first runs of the same target; empty for those
/// @param number distinguishes groups that are alike in this, from 1
/// @param runs   in the order given
public record RunGroup<R>(RunTexts texts, Set<RunTexts.Difference> apart, int number, List<R> runs) {
    /// Sorts runs into groups, in the order of their first runs.
    ///
    /// @param texts the target and texts of a run
    public static <R> List<RunGroup<R>> of(List<R> runs, Function<R, RunTexts> texts) {
        Map<RunTexts, List<R>> alike = new LinkedHashMap<>(); // there are few groups, even with many runs
        runs.forEach(run ->
                alike.computeIfAbsent(texts.apply(run), t -> new ArrayList<>()).add(run));
        List<List<RunTexts>> found = new ArrayList<>();
        for (RunTexts one : alike.keySet()) {
            found.stream()
                    .filter(group ->
                            group.stream().allMatch(t -> t.differences(one).isEmpty()))
                    .findFirst()
                    .ifPresentOrElse(group -> group.add(one), () -> found.add(new ArrayList<>(List.of(one))));
        }
        List<RunGroup<R>> groups = new ArrayList<>();
        for (List<RunTexts> members : found) {
            List<R> theirs = runs.stream()
                    .filter(run -> members.contains(texts.apply(run)))
                    .toList();
            groups.add(named(members.getFirst(), theirs, groups));
        }
        return List.copyOf(groups);
    }

    /// The same, with the groups of some runs first. The differences of the others are described relative to these.
    ///
    /// @param present whether a run has its project's current target and texts
    public static <R> List<RunGroup<R>> of(List<R> runs, Function<R, RunTexts> texts, Predicate<R> present) {
        Map<Boolean, List<R>> apart = runs.stream().collect(Collectors.partitioningBy(present));
        List<R> presentFirst = new ArrayList<>(apart.getOrDefault(true, List.of()));
        presentFirst.addAll(apart.getOrDefault(false, List.of()));
        return of(presentFirst, texts).stream()
                .map(g -> new RunGroup<>(
                        g.texts,
                        g.apart,
                        g.number,
                        runs.stream().filter(new HashSet<>(g.runs)::contains).toList()))
                .toList();
    }

    private static <R> RunGroup<R> named(RunTexts texts, List<R> runs, List<RunGroup<R>> before) {
        List<RunGroup<R>> namesakes =
                before.stream().filter(g -> g.texts.isOf(texts.target())).toList();
        Set<RunTexts.Difference> apart = namesakes.isEmpty()
                ? EnumSet.noneOf(RunTexts.Difference.class)
                : namesakes.getFirst().texts.differences(texts);
        int alike = (int) namesakes.stream().filter(g -> g.apart.equals(apart)).count();
        return new RunGroup<>(texts, apart, alike + 1, runs);
    }

    /// The name of the source. The first run may have had no source texts. Null if no run had any.
    ///
    /// @param of the target and texts of a run
    public @Nullable String source(Function<R, RunTexts> of) {
        return runs.stream()
                .map(run -> of.apply(run).source())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /// The target of all of them: `Minangkabau`, `Minangkabau, other test texts`.
    public String label() {
        return label(texts.target());
    }

    /// The same with the target in another spelling.
    public String label(String target) {
        String difference = difference();
        return difference.isEmpty() ? target : target + ", " + difference;
    }

    /// How they differ from the first runs of the same target; empty for those.
    public String difference() {
        String words = apart.stream().map(RunTexts.Difference::words).collect(Collectors.joining(", "));
        if (number == 1) {
            return words;
        }
        return words.isEmpty() ? "group " + number : words + " (" + number + ")";
    }
}

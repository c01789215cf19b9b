package sirkuit.app.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.Head;
import sirkuit.project.HeadGroup;

/// A circuit with its closed groups, each of which is one unit. An edge of a group is the sum of the edges of its
/// heads; those within the group are left out.
public final class Net {
    /// From the words, weaker edges than this are hairs and are left out.
    static final double LEAST_FROM_WORDS = 0.05;

    private static final int NO_HEAD = -1;
    private static final int ANSWER = -1;

    private final Circuit circuit;
    private final List<Unit> units = new ArrayList<>();
    /// Of each head, the number of its unit.
    private final int[] unitOf;
    /// Of each unit, its head; [#NO_HEAD] for a group.
    private final int[] single;
    /// By group, which come first among the units; then by the other unit.
    private final double[][] into;
    private final double[][] out;
    /// Of each single head, the first unit that is a single head of a later layer.
    private final int[] firstAfter;

    private final double largestShare;
    private final double largestScore;
    private final double largestRest;
    private final int edges;

    /// @param share    between units: how much of what `to` writes comes from `from`; from the words: what no earlier
    ///                 head accounts for; to the answer: the absolute score, as a share of the largest
    /// @param value    what is shown for it: the share itself, and to the answer the score
    /// @param strength 0 to 1: the share divided by the largest of its kind (between units, from the words, to the
    ///                 answer)
    public record Edge(Unit from, Unit to, double share, double value, double strength) {
        public boolean touches(Unit unit) {
            return unit.equals(from) || unit.equals(to);
        }
    }

    /// What is drawn of a net.
    ///
    /// @param edges the strongest between units and to the answer, strongest first; then what comes from the words
    ///              to the units that are shown
    /// @param units those of the edges, or all
    /// @param most  how many edges there are between units and to the answer
    /// @param drawn how many of these are among `edges`
    public record Shown(List<Edge> edges, Set<Unit> units, int most, int drawn) {}

    private record Found(int from, int to, double strength) {}

    private Net(Circuit circuit, List<HeadGroup> closed) {
        this.circuit = circuit;
        unitOf = new int[circuit.size()];
        Arrays.fill(unitOf, -1);
        for (HeadGroup group : closed) {
            TreeSet<Head> members = new TreeSet<>();
            for (Head head : group.heads()) {
                int i = circuit.indexOf(head);
                if (i >= 0 && unitOf[i] < 0) {
                    unitOf[i] = units.size();
                    members.add(head);
                }
            }
            if (!members.isEmpty()) {
                units.add(new Unit.Group(group.name(), members));
            }
        }
        int groups = units.size();
        for (int i = 0; i < unitOf.length; i++) {
            if (unitOf[i] < 0) {
                unitOf[i] = units.size();
                units.add(new Unit.Single(circuit.heads().get(i)));
            }
        }
        single = new int[units.size()];
        Arrays.fill(single, NO_HEAD);
        into = new double[groups][units.size()];
        out = new double[groups][units.size()];
        for (int i = 0; i < unitOf.length; i++) {
            if (unitOf[i] >= groups) {
                single[unitOf[i]] = i;
            } else {
                sum(i);
            }
        }
        firstAfter = new int[units.size()];
        int later = units.size();
        for (int a = units.size() - 1; a >= groups; a--) {
            if (a + 1 < units.size() && circuit.after(single[a]) <= single[a + 1]) {
                later = a + 1;
            }
            firstAfter[a] = later;
        }
        double share = 0;
        double score = 0;
        double rest = 0;
        int count = 0;
        for (int a = 0; a < units.size(); a++) {
            score = Math.max(score, Math.abs(score(a)));
            rest = Math.max(rest, fromWords(a));
            count += score(a) != 0 ? 1 : 0;
            for (int b = next(a, ANSWER); b < units.size(); b = next(a, b)) {
                double s = share(a, b);
                share = Math.max(share, s);
                count += s > 0 ? 1 : 0;
            }
        }
        largestShare = share;
        largestScore = score;
        largestRest = rest;
        edges = count;
    }

    /// @param closed groups that are drawn as one; a head of two of them is in the first
    public static Net of(Circuit circuit, List<HeadGroup> closed) {
        return new Net(circuit, closed);
    }

    public Circuit circuit() {
        return circuit;
    }

    /// Groups first.
    public List<Unit> units() {
        return units;
    }

    /// The unit that a head is in; null when the head is not in the circuit.
    public @Nullable Unit unitOf(Head head) {
        int i = circuit.indexOf(head);
        return i < 0 ? null : units.get(unitOf[i]);
    }

    /// The edge between two units, or from or to an end; null when nothing passes.
    public @Nullable Edge edge(Unit from, Unit to) {
        if (from == Unit.End.WORDS) {
            double rest = fromWords(number(to));
            return rest > 0 ? new Edge(from, to, rest, rest, rest / largestRest) : null;
        }
        if (to == Unit.End.ANSWER) {
            double score = score(number(from));
            return score == 0 ? null : answer(from, score);
        }
        double share = share(number(from), number(to));
        return share > 0 ? new Edge(from, to, share, share, share / largestShare) : null;
    }

    /// What is drawn of it.
    ///
    /// @param most  how many edges between units and to the answer, the strongest
    /// @param least edges with a smaller share are left out
    /// @param all   whether units without such an edge are shown too
    public Shown shown(int most, double least, boolean all) {
        List<Edge> strongest = strongest(most, least);
        Set<Unit> shown = new LinkedHashSet<>();
        for (Edge e : strongest) {
            shown.add(e.from());
            if (e.to() != Unit.End.ANSWER) {
                shown.add(e.to());
            }
        }
        if (all) {
            shown.addAll(units);
        }
        List<Edge> drawn = new ArrayList<>(strongest);
        shown.stream()
                .map(u -> edge(Unit.End.WORDS, u))
                .filter(e -> e != null && e.share() >= Math.max(least, LEAST_FROM_WORDS))
                .sorted(Comparator.comparingDouble(Edge::strength).reversed())
                .forEach(drawn::add);
        return new Shown(List.copyOf(drawn), shown, edges, strongest.size());
    }

    /// The strongest edges into or out of a unit, ends included, whatever is shown.
    List<Edge> strongestOf(Unit unit, boolean sources, int most) {
        List<Edge> all = new ArrayList<>();
        for (Unit other : units) {
            Edge e = other.equals(unit) ? null : sources ? edge(other, unit) : edge(unit, other);
            if (e != null) {
                all.add(e);
            }
        }
        Edge end = sources ? edge(Unit.End.WORDS, unit) : edge(unit, Unit.End.ANSWER);
        if (end != null) {
            all.add(end);
        }
        all.sort(Comparator.comparingDouble(Edge::share).reversed());
        return List.copyOf(all.subList(0, Math.min(most, all.size())));
    }

    private List<Edge> strongest(int most, double least) {
        PriorityQueue<Found> best = new PriorityQueue<>(Comparator.comparingDouble(Found::strength));
        double enough = 0;
        for (int a = 0; a < units.size(); a++) {
            for (int b = next(a, ANSWER); b < units.size(); b = next(a, b)) {
                double share = share(a, b);
                if (share > enough * largestShare && share >= least) {
                    enough = keep(best, most, new Found(a, b, share / largestShare));
                }
            }
            double score = Math.abs(score(a)) / largestScore;
            if (score > enough && score >= least) {
                enough = keep(best, most, new Found(a, ANSWER, score));
            }
        }
        return best.stream()
                .sorted(Comparator.comparingDouble(Found::strength)
                        .reversed()
                        .thenComparingInt(Found::from)
                        .thenComparingInt(Found::to))
                .map(f -> {
                    Unit from = units.get(f.from);
                    if (f.to == ANSWER) {
                        return answer(from, score(f.from));
                    }
                    double share = share(f.from, f.to);
                    return new Edge(from, units.get(f.to), share, share, f.strength);
                })
                .toList();
    }

    /// @return what an edge must be stronger than to be kept
    private static double keep(PriorityQueue<Found> best, int most, Found found) {
        best.add(found);
        if (best.size() > most) {
            best.remove();
        }
        return best.size() < most ? 0 : best.isEmpty() ? Double.MAX_VALUE : best.element().strength;
    }

    private Edge answer(Unit from, double score) {
        double share = Math.abs(score) / largestScore;
        return new Edge(from, Unit.End.ANSWER, share, score, share);
    }

    private void sum(int member) {
        int group = unitOf[member];
        for (int i = 0; i < unitOf.length; i++) {
            if (unitOf[i] != group) {
                into[group][unitOf[i]] += circuit.share(i, member);
                out[group][unitOf[i]] += circuit.share(member, i);
            }
        }
    }

    /// The next unit that a unit may feed: between single heads only those of later layers, which come later here too.
    ///
    /// @param b the one before; [#ANSWER] for the first
    private int next(int a, int b) {
        int next = b + 1;
        return single[a] == NO_HEAD || next < into.length ? next : Math.max(next, firstAfter[a]);
    }

    private double share(int from, int to) {
        if (from == to) {
            return 0;
        }
        if (single[to] == NO_HEAD) {
            return into[to][from];
        }
        return single[from] == NO_HEAD ? out[from][to] : circuit.share(single[from], single[to]);
    }

    private double fromWords(int unit) {
        if (single[unit] != NO_HEAD) {
            return circuit.fromWords(single[unit]);
        }
        return units.get(unit).heads().stream()
                .mapToDouble(h -> circuit.fromWords(circuit.indexOf(h)))
                .sum();
    }

    /// The sum over its heads; 0 when none has a score.
    private double score(int unit) {
        if (single[unit] != NO_HEAD) {
            double score = circuit.score(single[unit]);
            return Double.isNaN(score) ? 0 : score;
        }
        return units.get(unit).heads().stream()
                .mapToDouble(h -> circuit.score(circuit.indexOf(h)))
                .filter(s -> !Double.isNaN(s))
                .sum();
    }

    private int number(Unit unit) {
        int i = circuit.indexOf(unit.first());
        return unitOf[i];
    }
}

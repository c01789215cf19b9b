package sirkuit.app.circuit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;
import sirkuit.mask.Head;

/// What is drawn of a circuit, and what stands out in it.
///
/// @param shown   edges and units that are drawn in any case
/// @param bundled whether edges between the same two layers share a course
/// @param picked  the unit whose strongest paths stand out; null for none
/// @param lit     these paths, strongest first
/// @param chosen  heads that are selected for a group
/// @param edge    the edge that stands out; null for none
public record CircuitLook(
        Net net,
        Net.Shown shown,
        boolean bundled,
        @Nullable Unit picked,
        List<Paths.Path> lit,
        Set<Head> chosen,
        Net.@Nullable Edge edge) {

    /// The lit paths in units, ends included.
    public List<List<Unit>> paths() {
        List<List<Unit>> all = new ArrayList<>();
        for (Paths.Path path : lit) {
            List<Unit> units = new ArrayList<>(List.of(Unit.End.WORDS));
            for (Head head : path.heads()) {
                Unit unit = Objects.requireNonNull(net.unitOf(head));
                if (!unit.equals(units.getLast())) {
                    units.add(unit);
                }
            }
            units.add(Unit.End.ANSWER);
            all.add(units);
        }
        return all;
    }

    /// The edges of the lit paths.
    public Set<Net.Edge> litEdges() {
        Set<Net.Edge> all = new LinkedHashSet<>();
        for (List<Unit> path : paths()) {
            for (int i = 1; i < path.size(); i++) {
                Net.Edge edge = net.edge(path.get(i - 1), path.get(i));
                if (edge != null) {
                    all.add(edge);
                }
            }
        }
        return all;
    }

    /// All that are drawn: those shown in any case, then those of the lit paths.
    public List<Net.Edge> edges() {
        Set<Net.Edge> all = new LinkedHashSet<>(shown.edges());
        all.addAll(litEdges());
        if (edge != null) {
            all.add(edge);
        }
        return List.copyOf(all);
    }

    /// The sum of the strengths of a unit's edges that are shown.
    public Map<Unit, Double> carried() {
        Map<Unit, Double> all = new HashMap<>();
        for (Net.Edge e : shown.edges()) {
            all.merge(e.from(), e.strength(), Double::sum);
            all.merge(e.to(), e.strength(), Double::sum);
        }
        return all;
    }

    /// A unit with what feeds it, what it feeds and its strongest path, in words.
    public String about(Unit unit) {
        StringBuilder text = new StringBuilder(
                unit instanceof Unit.Single s
                        ? Words.of("side.head.title", s.head().layer(), s.head().head())
                        : Words.of(
                                "centre.circuit.group.about",
                                unit.words(),
                                unit.heads().size()));
        text.append('\n').append(Words.of("centre.circuit.fed", list(unit, true)));
        text.append('\n').append(Words.of("centre.circuit.feeds", list(unit, false)));
        if (unit.equals(picked) && !lit.isEmpty()) {
            text.append('\n')
                    .append(Words.of(
                            "centre.circuit.path",
                            String.join(
                                    " → ",
                                    paths().getFirst().stream().map(Unit::words).toList())));
        }
        return text.toString();
    }

    public static String about(Net.Edge edge) {
        return edge.from().words() + " → " + edge.to().words() + "  " + value(edge);
    }

    /// The value of an edge as it is shown.
    public static String value(Net.Edge edge) {
        return edge.to() == Unit.End.ANSWER ? Numbers.signed(edge.value(), 2) : Numbers.percent(edge.value());
    }

    private String list(Unit unit, boolean sources) {
        List<String> parts = net.strongestOf(unit, sources, 4).stream()
                .map(e -> (sources ? e.from() : e.to()).words() + " " + value(e))
                .toList();
        return parts.isEmpty() ? "–" : String.join(", ", parts);
    }
}

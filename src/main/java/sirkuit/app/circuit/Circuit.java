package sirkuit.app.circuit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.Head;
import sirkuit.mask.HeadEdges;
import sirkuit.mask.HeadMask;
import sirkuit.record.ScoreRecord;

/// Some heads of a model and the edges between them.
///
/// @param layers number of layers L of the model
/// @param heads  the selected heads with their scores, by layer, then head
/// @param edges  between them and to both ends, strongest first
public record Circuit(int layers, List<Node> heads, List<Edge> edges) {
    /// @param score of the head; NaN when it has none
    public record Node(Head head, double score) {}

    /// @param from  null for the embedding
    /// @param to    null for the answer
    /// @param share between heads: how much of the output of `to` comes from `from`, 0 to 1; from the embedding:
    ///              what no earlier head of the model accounts for; to the answer: the head's score, as a share of
    ///              the largest
    /// @param value what is shown for it: the share itself, and to the answer the score
    public record Edge(@Nullable Head from, @Nullable Head to, double share, double value) {
        public boolean touches(Head head) {
            return head.equals(from) || head.equals(to);
        }

        /// Whether both ends are heads.
        public boolean between() {
            return from != null && to != null;
        }
    }

    /// @return null when the scores know no edges, or are of another shape
    public static @Nullable Circuit of(ScoreRecord record, HeadMask mask) {
        HeadEdges edges = record.edges();
        if (edges == null || record.layers() != mask.layers() || record.heads() != mask.heads()) {
            return null;
        }
        SortedSet<Head> chosen = mask.selected();
        double largest = 0;
        List<Node> nodes = new ArrayList<>();
        for (Head h : chosen) {
            double score = record.score()[h.layer()][h.head()];
            nodes.add(new Node(h, score));
            largest = Math.max(largest, Double.isNaN(score) ? 0 : Math.abs(score));
        }
        List<Edge> all = new ArrayList<>();
        for (Node node : nodes) {
            Head to = node.head;
            for (Head from : chosen) {
                double s = value(edges, from, to);
                if (s > 0) {
                    all.add(new Edge(from, to, s, s));
                }
            }
            double rest = Math.clamp(1 - fed(edges, to), 0, 1);
            all.add(new Edge(null, to, rest, rest));
            if (!Double.isNaN(node.score) && largest > 0) {
                all.add(new Edge(to, null, Math.abs(node.score) / largest, node.score));
            }
        }
        all.sort(Comparator.comparingDouble(Edge::share).reversed());
        return new Circuit(mask.layers(), List.copyOf(nodes), List.copyOf(all));
    }

    /// What passes between heads at least so strongly, with both ends of the circuit.
    public List<Edge> atLeast(double share) {
        return edges.stream().filter(e -> e.share >= share).toList();
    }

    /// The share at which at most this many edges between heads are left.
    public double shareFor(int most) {
        List<Edge> between = edges.stream().filter(Edge::between).toList();
        return between.size() <= most ? 0 : between.get(most - 1).share;
    }

    /// The heads that feed a head most, or that read it most, strongest first.
    public static List<Edge> neighbours(ScoreRecord record, Head head, boolean sources, int most) {
        HeadEdges edges = record.edges();
        if (edges == null || head.layer() >= record.layers() || head.head() >= record.heads()) {
            return List.of();
        }
        List<Edge> found = new ArrayList<>();
        int first = sources ? 0 : head.layer() + 1;
        int end = sources ? head.layer() : record.layers();
        for (int l = first; l < end; l++) {
            for (int h = 0; h < record.heads(); h++) {
                Head other = new Head(l, h);
                double s = sources ? value(edges, other, head) : value(edges, head, other);
                if (s > 0) {
                    found.add(sources ? new Edge(other, head, s, s) : new Edge(head, other, s, s));
                }
            }
        }
        found.sort(Comparator.comparingDouble(Edge::share).reversed());
        return List.copyOf(found.subList(0, Math.min(most, found.size())));
    }

    private static double fed(HeadEdges edges, Head to) {
        double sum = 0;
        for (int l = 0; l < to.layer(); l++) {
            for (int h = 0; h < edges.heads(); h++) {
                sum += value(edges, new Head(l, h), to);
            }
        }
        return sum;
    }

    private static double value(HeadEdges edges, Head from, Head to) {
        double s = edges.at(from, to);
        return Double.isNaN(s) ? 0 : s;
    }
}

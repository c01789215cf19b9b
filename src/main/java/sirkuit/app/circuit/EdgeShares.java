package sirkuit.app.circuit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.Head;
import sirkuit.mask.HeadEdges;
import sirkuit.record.ScoreRecord;

/// How much of a later head's output comes from an earlier one, as some scores say. Nothing else in the circuit view
/// reads the edges of a score file.
@FunctionalInterface
interface EdgeShares {
    /// @return 0 to 1; 0 when nothing is known, and when `to` does not lie above `from`
    double of(Head from, Head to);

    /// A head that hands something to another.
    record Neighbour(Head head, double share) {}

    /// @return null when the scores know no edges
    static @Nullable EdgeShares of(ScoreRecord record) {
        HeadEdges edges = record.edges();
        return edges == null
                ? null
                : (from, to) -> {
                    double share = edges.at(from, to);
                    return share > 0 ? share : 0; // NaN too
                };
    }

    /// The heads that feed a head most, or that read it most, strongest first.
    static List<Neighbour> neighbours(ScoreRecord record, Head head, boolean sources, int most) {
        EdgeShares shares = of(record);
        if (shares == null || head.layer() >= record.layers() || head.head() >= record.heads()) {
            return List.of();
        }
        List<Neighbour> found = new ArrayList<>();
        int first = sources ? 0 : head.layer() + 1;
        int end = sources ? head.layer() : record.layers();
        for (int l = first; l < end; l++) {
            for (int h = 0; h < record.heads(); h++) {
                Head other = new Head(l, h);
                double s = sources ? shares.of(other, head) : shares.of(head, other);
                if (s > 0) {
                    found.add(new Neighbour(other, s));
                }
            }
        }
        found.sort(Comparator.comparingDouble(Neighbour::share).reversed());
        return List.copyOf(found.subList(0, Math.min(most, found.size())));
    }
}

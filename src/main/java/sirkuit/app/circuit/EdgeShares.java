package sirkuit.app.circuit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.Head;
import sirkuit.record.ScoreRecord;

/// How much of a later head's output comes from an earlier one, as some scores say. Nothing else in the circuit view
/// reads the edges of a score file.
@FunctionalInterface
interface EdgeShares {
    /// @return 0 to 1; 0 when nothing is known, and when `to` does not lie above `from`
    double of(int fromLayer, int from, int toLayer, int to);

    /// A head that hands something to another.
    record Neighbour(Head head, double share) {}

    /// @return null when the scores know no edges
    static @Nullable EdgeShares of(ScoreRecord record) {
        ScoreRecord.Edges edges = record.edges();
        if (edges == null) {
            return null;
        }
        double[][][][] share = edges.share();
        return (fromLayer, from, toLayer, to) -> {
            double s = fromLayer < toLayer ? share[fromLayer][from][toLayer][to] : 0;
            return s > 0 ? s : 0; // NaN too
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
                double s = sources
                        ? shares.of(l, h, head.layer(), head.head())
                        : shares.of(head.layer(), head.head(), l, h);
                if (s > 0) {
                    found.add(new Neighbour(new Head(l, h), s));
                }
            }
        }
        found.sort(Comparator.comparingDouble(Neighbour::share).reversed());
        return List.copyOf(found.subList(0, Math.min(most, found.size())));
    }
}

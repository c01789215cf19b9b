package sirkuit.app.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import sirkuit.mask.Head;

/// The strongest paths through a head, from the words by some heads to the answer. A path is as strong as the product
/// of its edges: what the first head gets from the words, what each head has from the one before, and the absolute
/// score of the last head as a share of the largest. So it is what passes along the whole path. Every edge counts,
/// whatever is drawn.
///
/// This is exact: of each head the best ways from the words are kept, and the best to the answer, each from those of
/// its neighbours. Heads of earlier layers come first, so one pass over the edges does it.
public final class Paths {
    /// How many ways of each head are kept.
    static final int KEPT = 5;

    private static final int END = -1;

    private final Circuit circuit;
    private final Ways from;
    private final Ways on;

    /// @param heads    from the first to the last
    /// @param strength 0 to 1
    public record Path(List<Head> heads, double strength) {}

    /// For each head the best ways to one end, best first; 0 where there are no more.
    private static final class Ways {
        private final double[][] strength;
        private final int[][] next;
        private final int[][] rank;

        Ways(int heads) {
            strength = new double[heads][KEPT];
            next = new int[heads][KEPT];
            rank = new int[heads][KEPT];
        }

        void offer(int head, double how, int by, int rankOfIt) {
            double[] kept = strength[head];
            if (how <= kept[KEPT - 1]) {
                return;
            }
            int at = KEPT - 1;
            while (at > 0 && kept[at - 1] < how) {
                kept[at] = kept[at - 1];
                next[head][at] = next[head][at - 1];
                rank[head][at] = rank[head][at - 1];
                at--;
            }
            kept[at] = how;
            next[head][at] = by;
            rank[head][at] = rankOfIt;
        }

        /// All ways of one head, with an edge more.
        void offerAll(int head, double edge, int by) {
            for (int r = 0; r < KEPT; r++) {
                double how = strength[by][r] * edge;
                if (how <= strength[head][KEPT - 1]) {
                    return; // the others are weaker
                }
                offer(head, how, by, r);
            }
        }

        List<Integer> heads(int head, int which) {
            List<Integer> all = new ArrayList<>();
            int at = head;
            int r = which;
            while (next[at][r] != END) {
                int then = next[at][r];
                r = rank[at][r];
                at = then;
                all.add(at);
            }
            return all;
        }
    }

    public Paths(Circuit circuit) {
        this.circuit = circuit;
        int size = circuit.size();
        from = new Ways(size);
        on = new Ways(size);
        // Each head is complete before it is read: all that feed it come earlier, all that it feeds later.
        for (int i = 0; i < size; i++) {
            from.offer(i, circuit.fromWords(i), END, 0);
            for (int j = circuit.after(i); j < size; j++) {
                double share = circuit.share(i, j);
                if (share > 0) {
                    from.offerAll(j, share, i);
                }
            }
        }
        for (int i = size - 1; i >= 0; i--) {
            on.offer(i, circuit.toAnswer(i), END, 0);
            for (int j = circuit.after(i); j < size; j++) {
                double share = circuit.share(i, j);
                if (share > 0) {
                    on.offerAll(i, share, j);
                }
            }
        }
    }

    /// The strongest paths through any of these heads, strongest first.
    ///
    /// @param most at most [#KEPT]
    public List<Path> through(Collection<Head> heads, int most) {
        return heads.stream()
                .map(circuit::indexOf)
                .filter(i -> i >= 0)
                .flatMap(i -> through(i, most).stream())
                .distinct()
                .sorted(Comparator.comparingDouble(Path::strength).reversed())
                .limit(most)
                .toList();
    }

    private List<Path> through(int head, int most) {
        List<int[]> pairs = new ArrayList<>();
        for (int a = 0; a < KEPT; a++) {
            for (int b = 0; b < KEPT; b++) {
                if (strength(head, a, b) > 0) {
                    pairs.add(new int[] {a, b});
                }
            }
        }
        pairs.sort(Comparator.comparingDouble((int[] p) -> strength(head, p[0], p[1]))
                .reversed()
                .thenComparing(Arrays::compare));
        return pairs.stream()
                .limit(most)
                .map(p -> {
                    List<Integer> all = new ArrayList<>(from.heads(head, p[0]));
                    Collections.reverse(all);
                    all.add(head);
                    all.addAll(on.heads(head, p[1]));
                    return new Path(all.stream().map(circuit.heads()::get).toList(), strength(head, p[0], p[1]));
                })
                .toList();
    }

    private double strength(int head, int a, int b) {
        return from.strength[head][a] * on.strength[head][b];
    }
}

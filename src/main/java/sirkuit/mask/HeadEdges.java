package sirkuit.mask;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/// How much of a head's output came from a head of an earlier layer, for all pairs: e(s→t), 0 to 1, NaN where it was
/// not measured.
///
/// Edges run only from an earlier to a later layer, so they are stored as a triangle. There is a row for each source
/// head (l, h), at l H + h. The row holds the heads of the later layers only: target (m, g), m > l, is at (m − l − 1) H
/// + g ([#index]), and the row has (L − 1 − l) H entries ([#targets]). Rows of the last layer are empty.
///
/// In files edges are [L][H][L][H], source first, with 0 where there is no edge ([HeadEdgesJson]).
@JsonSerialize(using = HeadEdgesJson.Writer.class)
@JsonDeserialize(using = HeadEdgesJson.Reader.class)
public final class HeadEdges {
    private final int layers;
    private final int heads;
    private final double[][] rows;

    /// @param layers L
    /// @param heads  H, heads a layer
    /// @param rows   [L H][targets of the source], as above
    /// @throws IllegalArgumentException when the rows do not form that triangle
    public HeadEdges(int layers, int heads, double[][] rows) {
        if (rows.length != layers * heads) {
            throw new IllegalArgumentException(rows.length + " rows for " + layers + " layers of " + heads + " heads");
        }
        for (int s = 0; s < rows.length; s++) {
            if (rows[s].length != targets(layers, heads, s / heads)) {
                throw new IllegalArgumentException(rows[s].length + " edges of head " + s);
            }
        }
        this.layers = layers;
        this.heads = heads;
        this.rows = rows;
    }

    /// How many edges leave a head of a layer: one to each head of each later layer.
    public static int targets(int layers, int heads, int layer) {
        return (layers - 1 - layer) * heads;
    }

    /// Where in the row of a head of `layer` the edge to `to` is stored.
    public static int index(int heads, int layer, Head to) {
        return (to.layer() - layer - 1) * heads + to.head();
    }

    public int layers() {
        return layers;
    }

    public int heads() {
        return heads;
    }

    /// The edge between two heads; 0 when `to` is in no later layer than `from`.
    public double at(Head from, Head to) {
        return to.layer() <= from.layer()
                ? 0
                : rows[from.layer() * heads + from.head()][index(heads, from.layer(), to)];
    }

    /// The same edges with each number changed.
    public HeadEdges map(DoubleUnaryOperator change) {
        return new HeadEdges(
                layers,
                heads,
                Arrays.stream(rows)
                        .map(row -> Arrays.stream(row).map(change).toArray())
                        .toArray(double[][]::new));
    }
}

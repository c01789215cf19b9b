package sirkuit.relevance.decomposition;

import ai.djl.ndarray.NDArray;
import java.nio.FloatBuffer;
import java.util.List;
import sirkuit.mask.Head;
import sirkuit.mask.HeadEdges;

/// How much of each later head's output came from each source: Σ_t valid ‖β_z‖₂ / Σ_t valid (‖β_z‖₂ + ‖γ_z‖₂) of one
/// example, norms over d_head, at the later head's output z. The value path only.
///
/// One pass over the arrays' own memory. Compared with the propagation, its cost is too small to measure well.
final class EdgeShares {
    private final int heads;
    private final int size;
    private final List<Head> sources;
    private final float[][][] shares;

    /// @param sources the heads that are decomposed together
    EdgeShares(List<Head> sources, int examples, int layers, int heads, int size) {
        this.sources = sources;
        this.heads = heads;
        this.size = size;
        shares = sources.stream()
                .map(s -> new float[examples][HeadEdges.targets(layers, heads, s.layer())])
                .toArray(float[][][]::new);
    }

    /// Takes in the relevant part of all heads' outputs in one layer, which comes after the layers of these
    /// sources.
    ///
    /// @param beta  (N, B, T, H d_head), the first N sources
    /// @param total (B, T, H d_head)
    /// @param valid [B][T] flat
    void reached(int layer, NDArray beta, NDArray total, float[] valid) {
        int count = (int) beta.getShape().get(0);
        int examples = (int) beta.getShape().get(1);
        int tokens = (int) beta.getShape().get(2);
        int width = heads * size;
        FloatBuffer b = beta.toByteBuffer(true).asFloatBuffer();
        FloatBuffer z = total.toByteBuffer(true).asFloatBuffer();
        float[] whole = new float[tokens * width];
        float[] part = new float[tokens * width];
        for (int e = 0; e < examples; e++) {
            z.get(e * whole.length, whole);
            for (int n = 0; n < count; n++) {
                b.get((n * examples + e) * part.length, part);
                float[] into = shares[n][e];
                for (int h = 0; h < heads; h++) {
                    into[HeadEdges.index(heads, sources.get(n).layer(), new Head(layer, h))] =
                            share(part, whole, valid, e * tokens, tokens, h);
                }
            }
        }
    }

    private float share(float[] beta, float[] total, float[] valid, int from, int tokens, int head) {
        double relevant = 0;
        double rest = 0;
        for (int t = 0; t < tokens; t++) {
            if (valid[from + t] != 0) {
                float squareBeta = 0;
                float squareGamma = 0;
                int at = (t * heads + head) * size;
                for (int j = at; j < at + size; j++) {
                    float gamma = total[j] - beta[j];
                    squareBeta += beta[j] * beta[j];
                    squareGamma += gamma * gamma;
                }
                relevant += Math.sqrt(squareBeta);
                rest += Math.sqrt(squareGamma);
            }
        }
        return relevant + rest == 0 ? 0 : (float) (relevant / (relevant + rest));
    }

    /// [sources][examples], then the source's row of [HeadEdges].
    float[][][] shares() {
        return shares;
    }
}

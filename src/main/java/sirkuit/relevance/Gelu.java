package sirkuit.relevance;

/// GELU(x) = x Φ(x) = x (1 + erf(x/√2)) / 2 over arrays, in loops that become vector instructions.
///
/// erf is a rational function x P(x²)/Q(x²) on [-4, 4], constant beyond, where it is 1 to the last bit. The
// coefficients
/// were fitted for this project by iteratively reweighted least squares; largest error 4.5e-7 in float32.
final class Gelu {
    private static final float HALF_ROOT = (float) Math.sqrt(0.5);
    private static final float P0 = 1.128378976e+00f;
    private static final float P1 = 1.962491536e-01f;
    private static final float P2 = 5.346749906e-02f;
    private static final float P3 = 4.003651882e-03f;
    private static final float P4 = 2.880413039e-04f;
    private static final float P5 = 1.974825789e-06f;
    private static final float Q1 = 5.072524430e-01f;
    private static final float Q2 = 1.164764968e-01f;
    private static final float Q3 = 1.544443527e-02f;
    private static final float Q4 = 1.216360828e-03f;
    private static final float Q5 = 3.748081094e-05f;

    private Gelu() {}

    /// out = GELU(x)
    static void apply(float[] x, float[] out, int length) {
        for (int j = 0; j < length; j++) {
            float v = x[j];
            float z = Math.min(Math.max(v * HALF_ROOT, -4f), 4f);
            float t = z * z;
            float p = ((((P5 * t + P4) * t + P3) * t + P2) * t + P1) * t + P0;
            float q = ((((Q5 * t + Q4) * t + Q3) * t + Q2) * t + Q1) * t + 1f;
            out[j] = 0.5f * v * (1f + z * p / q);
        }
    }

    /// beta = activated − GELU(total − beta)
    static void difference(float[] total, float[] activated, float[] beta, int length) {
        for (int j = 0; j < length; j++) {
            float v = total[j] - beta[j];
            float z = Math.min(Math.max(v * HALF_ROOT, -4f), 4f);
            float t = z * z;
            float p = ((((P5 * t + P4) * t + P3) * t + P2) * t + P1) * t + P0;
            float q = ((((Q5 * t + Q4) * t + Q3) * t + Q2) * t + Q1) * t + 1f;
            beta[j] = activated[j] - 0.5f * v * (1f + z * p / q);
        }
    }
}

package sirkuit.relevance.decomposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sirkuit.transformer.TransformerSpec.Activation;

class FusedActivationTest {
    private static final int STEPS = 400_000;

    @ParameterizedTest
    @EnumSource(Activation.class)
    void agreesWithTheFormulaInDoublePrecision(Activation f) {
        float[] x = new float[2 * STEPS + 1];
        for (int j = 0; j < x.length; j++) {
            x[j] = (j - STEPS) * 20f / STEPS;
        }
        float[] y = x.clone();
        FusedActivation.apply(f, y, y.length);
        for (int j = 0; j < x.length; j++) {
            double size = Math.max(1, Math.abs(x[j]));
            assertThat((double) y[j]).as("%s(%s)", f, x[j]).isCloseTo(exact(f, x[j]), within(5e-7 * size));
        }
    }

    private static double exact(Activation f, double x) {
        return switch (f) {
            case GELU -> x * (1 + erf(x / Math.sqrt(2))) / 2;
            case GELU_TANH -> x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
            case RELU -> Math.max(0, x);
            case SILU -> x / (1 + Math.exp(-x));
            case TANH -> Math.tanh(x);
        };
    }

    /// By its series e^(−x²) 2/√π Σ 2ⁿ x^(2n+1) / (2n+1)!!, which has no cancellation.
    private static double erf(double x) {
        if (Math.abs(x) > 6) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }
}

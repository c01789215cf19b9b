package sirkuit.record;

import java.math.BigDecimal;

/// Learning rates as people write them.
public final class LearningRate {
    private LearningRate() {}

    /// `5e-5`, `2.7e-4`, `1e-3`. Different rates have different words.
    public static String words(double rate) {
        BigDecimal exact = new BigDecimal(Double.toString(rate)).stripTrailingZeros();
        String digits = exact.unscaledValue().toString();
        int exponent = digits.length() - 1 - exact.scale();
        return digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "") + "e" + exponent;
    }
}

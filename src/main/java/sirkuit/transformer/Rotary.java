package sirkuit.transformer;

import org.jspecify.annotations.Nullable;

/// Rotary positions (arXiv 2104.09864) of one layer: entries j and j + r/2 of a head are rotated by the angle position
/// * frequency_j.
///
/// @param base    θ
/// @param size    r: how many entries of a head are rotated, the first ones
/// @param scaling how the frequencies are changed for long texts; null for not
public record Rotary(double base, int size, @Nullable Scaling scaling) {
    /// The `rope_type` of transformers.
    public sealed interface Scaling {
        /// All positions divided by `factor`.
        record Linear(double factor) implements Scaling {}

        /// A larger base for texts beyond `original` positions.
        record Dynamic(double factor, int original) implements Scaling {}

        /// Long wavelengths divided by `factor`, short ones kept, a slope between (Llama 3.1).
        record Llama3(double factor, double lowFrequency, double highFrequency, int original) implements Scaling {}

        /// YaRN (arXiv 2309.00071).
        ///
        /// @param attention factor of cosine and sine
        /// @param truncate  whether the ends of the slope are whole numbers
        record Yarn(double factor, double betaFast, double betaSlow, int original, double attention, boolean truncate)
                implements Scaling {}
    }

    /// Angles a step of position.
    ///
    /// @param length of the text
    /// @return (r/2)
    double[] frequencies(int length) {
        double[] f = new double[size / 2];
        double theta = base;
        if (scaling instanceof Scaling.Dynamic(double factor, int original) && length > original) {
            theta = base * Math.pow(factor * length / original - (factor - 1), size / (size - 2.0));
        }
        for (int j = 0; j < f.length; j++) {
            f[j] = Math.pow(theta, -2.0 * j / size);
        }
        switch (scaling) {
            case Scaling.Linear(double factor) -> {
                for (int j = 0; j < f.length; j++) {
                    f[j] /= factor;
                }
            }
            case Scaling.Llama3 s -> llama3(f, s);
            case Scaling.Yarn s -> yarn(f, s);
            case null, default -> {}
        }
        return f;
    }

    /// Factor of cosine and sine.
    double attentionFactor() {
        return scaling instanceof Scaling.Yarn yarn ? yarn.attention() : 1;
    }

    private static void llama3(double[] f, Scaling.Llama3 s) {
        for (int j = 0; j < f.length; j++) {
            double wavelength = 2 * Math.PI / f[j];
            if (wavelength > s.original() / s.lowFrequency()) {
                f[j] /= s.factor();
            } else if (wavelength >= s.original() / s.highFrequency()) {
                double smooth = (s.original() / wavelength - s.lowFrequency()) / (s.highFrequency() - s.lowFrequency());
                f[j] = (1 - smooth) * f[j] / s.factor() + smooth * f[j];
            }
        }
    }

    private void yarn(double[] f, Scaling.Yarn s) {
        double low = dimension(s.betaFast(), s.original());
        double high = dimension(s.betaSlow(), s.original());
        if (s.truncate()) {
            low = Math.floor(low);
            high = Math.ceil(high);
        }
        low = Math.max(low, 0);
        high = Math.min(high, size - 1);
        double span = low == high ? 0.001 : high - low;
        for (int j = 0; j < f.length; j++) {
            double ramp = Math.clamp((j - low) / span, 0, 1);
            f[j] = f[j] / s.factor() * ramp + f[j] * (1 - ramp);
        }
    }

    private double dimension(double rotations, int original) {
        return size * Math.log(original / (rotations * 2 * Math.PI)) / (2 * Math.log(base));
    }
}

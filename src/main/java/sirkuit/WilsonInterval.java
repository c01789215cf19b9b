package sirkuit;

/// Wilson's 95 % interval of a proportion. Unlike the normal interval it stays within 0 and 1, and it is accurate for
/// proportions near 0 and 1.
///
/// @param low  lower end
/// @param high upper end
/// @see <a href="https://doi.org/10.1080/01621459.1927.10502953">Wilson 1927</a>
public record WilsonInterval(double low, double high) {
    private static final double Z = 1.959964;

    /// @param share of the examples, 0 to 1
    public static WilsonInterval of(double share, int examples) {
        double n = examples;
        double centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n);
        double half = Z / (1 + Z * Z / n) * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
        return new WilsonInterval(Math.max(0, centre - half), Math.min(1, centre + half));
    }
}

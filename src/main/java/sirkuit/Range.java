package sirkuit;

import org.jspecify.annotations.Nullable;

/// Refuses numbers that make no sense. Records of settings check their fields in their constructors, so callers need no
/// checks.
public final class Range {
    /// The code of every refused number. Its arguments are the field, the number and the allowed range.
    public static final String CODE = "ground.out-of-range";

    private Range() {}

    /// @throws Problem when it is below `least`
    public static void atLeast(String field, long value, long least) {
        require(value >= least, field, value, Message.of("ground.at-least", least));
    }

    /// @throws Problem when it is negative or not finite
    public static void notNegative(String field, double value) {
        require(value >= 0 && Double.isFinite(value), field, value, Message.of("ground.at-least", 0));
    }

    /// @throws Problem when it is not positive or not finite
    public static void positive(String field, double value) {
        require(value > 0 && Double.isFinite(value), field, value, Message.of("ground.more-than", 0));
    }

    /// @param value null for none, which is allowed
    /// @throws Problem when it is below `least` or above `most`
    public static void between(String field, @Nullable Double value, Number least, Number most) {
        require(
                value == null || value >= least.doubleValue() && value <= most.doubleValue(),
                field,
                value,
                Message.of("ground.between", least, most));
    }

    /// @param value null for none, which is allowed
    /// @throws Problem when it is below `least` or not below `end`
    public static void below(String field, @Nullable Double value, Number least, Number end) {
        require(
                value == null || value >= least.doubleValue() && value < end.doubleValue(),
                field,
                value,
                Message.of("ground.at-least-and-below", least, end));
    }

    /// @param value null for none, which is allowed
    /// @throws Problem when it is not strictly between the two
    public static void inside(String field, @Nullable Double value, Number low, Number high) {
        require(
                value == null || value > low.doubleValue() && value < high.doubleValue(),
                field,
                value,
                Message.of("ground.more-than-and-below", low, high));
    }

    private static void require(boolean holds, String field, @Nullable Object value, Message allowed) {
        if (!holds) {
            throw Problem.of("ground.out-of-range", field, value, allowed);
        }
    }
}

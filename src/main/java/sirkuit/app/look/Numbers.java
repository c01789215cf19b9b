package sirkuit.app.look;

import java.util.Locale;

/// How numbers are written for people, everywhere in the window.
public final class Numbers {
    private static final char NARROW_SPACE = '\u202f';
    private static final char MINUS = '\u2212';

    private Numbers() {}

    /// `2 247 427`.
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value).replace(',', NARROW_SPACE);
    }

    /// `2.2 M`, `198 k`.
    public static String rough(long value) {
        if (value >= 1_000_000_000) {
            return decimal(value / 1e9, 1) + " B";
        }
        if (value >= 1_000_000) {
            return decimal(value / 1e6, 1) + " M";
        }
        return value >= 10_000 ? Math.round(value / 1e3) + " k" : count(value);
    }

    /// A share as `8.8 %`.
    public static String percent(double share) {
        return decimal(100 * share, 1) + NARROW_SPACE + "%";
    }

    /// `0.12`, with a true minus sign.
    public static String decimal(double value, int digits) {
        String text = String.format(Locale.ROOT, "%." + digits + "f", value);
        boolean zero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
        if (text.startsWith("-")) {
            return zero ? text.substring(1) : MINUS + text.substring(1);
        }
        return text;
    }

    /// With a sign in front even when positive: `+1.5`.
    public static String signed(double value, int digits) {
        String text = decimal(value, digits);
        return text.charAt(0) == MINUS || text.chars().noneMatch(c -> c >= '1' && c <= '9') ? text : "+" + text;
    }

    /// Two shares in percent, `87.5 → 93.3`. They have enough digits not to contradict their difference, which is
    /// shown beside them with one digit.
    public static String change(double before, double now) {
        long apart = tenths(100 * Math.max(before, now)) - tenths(100 * Math.min(before, now));
        int digits = apart == tenths(100 * Math.abs(now - before)) ? 1 : 2;
        return decimal(100 * before, digits) + " → " + decimal(100 * now, digits);
    }

    /// As [#decimal] rounds.
    private static long tenths(double value) {
        return Math.round(10 * Double.parseDouble(String.format(Locale.ROOT, "%.1f", value)));
    }

    /// A score with about three significant figures.
    public static String score(double value) {
        double size = Math.abs(value);
        return decimal(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3);
    }

    /// A setting as people type it: `0.001`, `2e-4` is written `0.0002`.
    public static String plain(double value) {
        return java.math.BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}

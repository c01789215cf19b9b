package sirkuit.mask;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;

/// The parts of a mask's `madeBy`, which [MaskStrategy] writes.
///
/// @param origin by what kind of rule
/// @param k      how many heads the rule selects; 0 for a threshold, by hand and others
/// @param method of the scores; null where there are none, or their method is not known
/// @param least  the threshold; NaN where there is none
/// @param seed   of random heads; 0 otherwise
/// @param locked how many heads were locked then
public record MadeBy(MaskOrigin origin, int k, @Nullable ScoreMethod method, double least, long seed, int locked) {
    private static final String LOCKED = "(?:, (\\d{1,6}) locked)?";
    private static final Pattern COUNTED = Pattern.compile("(?:top|near-zero) (\\d{1,6}) by (\\S+?)" + LOCKED);
    private static final Pattern THRESHOLD = Pattern.compile("(\\S+) at least (\\S+?)" + LOCKED);
    private static final Pattern RANDOM = Pattern.compile("random (\\d{1,6}), seed (-?\\d{1,18})" + LOCKED);

    /// What another program wrote in other words has only its [MaskOrigin].
    public static MadeBy of(HeadMask mask) {
        String text = mask.madeBy();
        MaskOrigin origin = MaskOrigin.of(mask);
        Matcher counted = COUNTED.matcher(text);
        Matcher random = RANDOM.matcher(text);
        Matcher threshold = THRESHOLD.matcher(text);
        return counted.matches()
                ? new MadeBy(
                        origin,
                        number(counted.group(1)),
                        method(counted.group(2)),
                        Double.NaN,
                        0,
                        number(counted.group(3)))
                : random.matches()
                        ? new MadeBy(
                                origin,
                                number(random.group(1)),
                                null,
                                Double.NaN,
                                Long.parseLong(random.group(2)),
                                number(random.group(3)))
                        : threshold.matches()
                                ? new MadeBy(
                                        origin,
                                        0,
                                        method(threshold.group(1)),
                                        decimal(threshold.group(2)),
                                        0,
                                        number(threshold.group(3)))
                                : new MadeBy(origin, 0, null, Double.NaN, 0, 0);
    }

    /// A name for runs and files: `Top 12 by CD-T`, `CD-T \u2265 0.026`, `5 heads by hand`. It is the same in every
    /// language, because it is stored.
    public static String name(HeadMask mask) {
        MadeBy made = of(mask);
        String locked = made.locked == 0 ? "" : ", " + made.locked + " locked";
        ScoreMethod method = made.method;
        if (method != null && made.origin == MaskOrigin.THRESHOLD) {
            return method.nameInRuns() + " \u2265 " + rounded(made.least) + locked;
        }
        if (method != null && made.k > 0) {
            return capital(made.origin.word()) + " " + made.k + " by " + method.nameInRuns() + locked;
        }
        if (mask.madeBy().equals("by hand")) {
            return mask.size() + (mask.size() == 1 ? " head by hand" : " heads by hand");
        }
        return capital(mask.madeBy());
    }

    /// The same with characters that names of files can have: `CD-T from 0.026`.
    public static String fileName(HeadMask mask) {
        return name(mask).replace("\u2265", "from");
    }

    /// About three significant figures.
    private static String rounded(double value) {
        double size = Math.abs(value);
        int digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private static String capital(String words) {
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static double decimal(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException other) {
            return Double.NaN;
        }
    }

    private static @Nullable ScoreMethod method(String id) {
        try {
            return ScoreMethod.of(id);
        } catch (Problem unknown) {
            return null;
        }
    }
}

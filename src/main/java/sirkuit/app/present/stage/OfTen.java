package sirkuit.app.present.stage;

import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;

/// Shares as people say them.
public final class OfTen {
    private static final double VERY_SURE = 0.9;
    private static final double SURE = 0.7;

    private OfTen() {}

    /// `8 of 10`. All and none are said only of all and none.
    public static String words(double share) {
        return Words.of("present.of-ten", count(share) + "");
    }

    static int count(double share) {
        if (share >= 1 || share <= 0) {
            return share >= 1 ? 10 : 0;
        }
        return Math.clamp(Math.round(10 * share), 1, 9);
    }

    /// How sure somebody is who gives an answer this probability.
    static String sure(double probability) {
        return Words.of(
                probability >= VERY_SURE
                        ? "present.sure.very"
                        : probability >= SURE ? "present.sure.quite" : "present.sure.hardly");
    }

    /// `93 %`, never 100 unless it is.
    public static String percent(double probability) {
        double whole = probability < 1 ? Math.min(99, Math.round(100 * probability)) : 100;
        return Numbers.decimal(whole, 0) + "\u202f%";
    }
}

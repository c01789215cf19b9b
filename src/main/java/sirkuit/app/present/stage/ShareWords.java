package sirkuit.app.present.stage;

import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;

/// Shares as people say them, such as *8 of 10*.
public final class ShareWords {
    private static final double VERY_SURE = 0.9;
    private static final double SURE = 0.7;

    private ShareWords() {}

    /// `8 of 10`. Ten and none are used only if all or none are right.
    public static String words(double share) {
        return Words.of("present.of-ten", count(share) + "");
    }

    static int count(double share) {
        if (share >= 1 || share <= 0) {
            return share >= 1 ? 10 : 0;
        }
        return Math.clamp(Math.round(10 * share), 1, 9);
    }

    /// Words for how sure the model is, from the probability of its answer.
    static String sure(double probability) {
        return Words.of(
                probability >= VERY_SURE
                        ? "present.sure.very"
                        : probability >= SURE ? "present.sure.quite" : "present.sure.hardly");
    }

    /// `93 %`; 100 only if it is exactly that.
    public static String percent(double probability) {
        double whole = probability < 1 ? Math.min(99, Math.round(100 * probability)) : 100;
        return Numbers.decimal(whole, 0) + "\u202f%";
    }
}

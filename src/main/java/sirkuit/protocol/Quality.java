package sirkuit.protocol;

import sirkuit.WilsonInterval;

/// The quality of a checkpoint on held-out texts.
///
/// @param examples  number of texts
/// @param accuracy  share of right answers, 0 to 1
/// @param macroF1   F1 averaged over the classes that occur among the gold labels or the answers
/// @param loss      mean cross-entropy, in nats
/// @param confusion [gold class][predicted class], counts
/// @param low       lower end of the accuracy's 95 % Wilson interval
/// @param high      upper end
public record Quality(
        int examples, double accuracy, double macroF1, double loss, int[][] confusion, double low, double high) {
    /// Older files have no interval. It is computed from the accuracy.
    public Quality {
        if (high == 0 && examples > 0) {
            WilsonInterval interval = WilsonInterval.of(accuracy, examples);
            low = interval.low();
            high = interval.high();
        }
    }

    public Quality(int examples, double accuracy, double macroF1, double loss, int[][] confusion) {
        this(examples, accuracy, macroF1, loss, confusion, 0, 0);
    }
}

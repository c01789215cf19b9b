package sirkuit.presentation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The source sentences that the model got right before, and how many of them it still gets right: after full
/// fine-tuning, and with only some heads trained.
///
/// @param full         run of all parameters
/// @param masked       run of some heads
/// @param of           number of sentences
/// @param lostByFull   sentences that were right before and are wrong after full fine-tuning
/// @param lostByMasked the same with only some heads trained
/// @param sentences    that full fine-tuning lost and the other kept, short ones first
public record ForgettingComparison(
        String full, String masked, int of, int lostByFull, int lostByMasked, List<Sentence> sentences) {
    private static final int MOST = 3;

    public ForgettingComparison {
        sentences = sentences == null ? List.of() : List.copyOf(sentences);
    }

    /// @param right the gold label, which the model also gave before
    /// @param wrong the answer after full fine-tuning
    public record Sentence(String text, @Nullable String pair, String right, String wrong) {}

    /// One checkpoint's answers to the source sentences, row by row.
    public interface Verdicts {
        int size();

        boolean right(int row);

        String text(int row);

        @Nullable
        String pair(int row);

        /// The label that it gives.
        String says(int row);
    }

    /// Compares the rows for which all three checkpoints have answered.
    public static ForgettingComparison of(
            String full, String masked, Verdicts before, Verdicts afterFull, Verdicts afterMasked) {
        int of = Math.min(before.size(), Math.min(afterFull.size(), afterMasked.size()));
        int lostByFull = 0;
        int lostByMasked = 0;
        List<Sentence> sentences = new ArrayList<>();
        for (int i = 0; i < of; i++) {
            if (!before.right(i)) {
                continue;
            }
            lostByFull += afterFull.right(i) ? 0 : 1;
            lostByMasked += afterMasked.right(i) ? 0 : 1;
            if (!afterFull.right(i) && afterMasked.right(i)) {
                sentences.add(new Sentence(before.text(i), before.pair(i), before.says(i), afterFull.says(i)));
            }
        }
        sentences.sort(Comparator.comparingInt(s -> s.text().length()));
        return new ForgettingComparison(
                full, masked, of, lostByFull, lostByMasked, sentences.subList(0, Math.min(MOST, sentences.size())));
    }
}

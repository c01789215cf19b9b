package sirkuit.app.present.answer;

import java.util.List;

/// The model's answer to a sentence.
///
/// @param probabilities of each label
public record Answer(String text, List<String> labels, double[] probabilities) {
    /// Index of the most probable label.
    public int best() {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            if (probabilities[i] > probabilities[best]) {
                best = i;
            }
        }
        return best;
    }

    public String label() {
        return labels.get(best());
    }

    /// Probability of the label that it gives.
    public double probability() {
        return probabilities[best()];
    }
}

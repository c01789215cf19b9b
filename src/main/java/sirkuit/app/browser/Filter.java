package sirkuit.app.browser;

import org.jspecify.annotations.Nullable;

/// Which rows are shown: those that meet every condition.
///
/// @param words     in the text, in upper or lower case; empty for any
/// @param label     index of the right class; -1 for any
/// @param predicted index of the predicted class; -1 for any
/// @param right     whether the answer is; null for both
/// @param low       least confidence, 0 to 1
/// @param high      most confidence
/// @param language  null for any
/// @param change    null for any
record Filter(
        String words,
        int label,
        int predicted,
        @Nullable Boolean right,
        double low,
        double high,
        @Nullable String language,
        @Nullable Change change) {
    static final int ANY = -1;
    static final Filter ALL = new Filter("", ANY, ANY, null, 0, 1, null, null);

    Filter withWords(String other) {
        return new Filter(other, label, predicted, right, low, high, language, change);
    }

    Filter withLabel(int other) {
        return new Filter(words, other, predicted, right, low, high, language, change);
    }

    Filter withPredicted(int other) {
        return new Filter(words, label, other, right, low, high, language, change);
    }

    Filter withRight(@Nullable Boolean other) {
        return new Filter(words, label, predicted, other, low, high, language, change);
    }

    Filter withConfidence(double least, double most) {
        return new Filter(words, label, predicted, right, least, most, language, change);
    }

    Filter withLanguage(@Nullable String other) {
        return new Filter(words, label, predicted, right, low, high, other, change);
    }

    Filter withChange(@Nullable Change other) {
        return new Filter(words, label, predicted, right, low, high, language, other);
    }

    /// One cell of the confusion matrix, or none when it is chosen already.
    Filter toggled(int gold, int said) {
        boolean chosen = label == gold && predicted == said;
        return withLabel(chosen ? ANY : gold).withPredicted(chosen ? ANY : said).withRight(null);
    }
}

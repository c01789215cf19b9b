package sirkuit.app.look;

import sirkuit.mask.ScoreMethod;

/// The window's name for a score method, its unit, and what it means in a sentence.
public final class MethodWords {
    private MethodWords() {}

    public static String name(ScoreMethod method) {
        return Words.of("method." + method.name());
    }

    /// For places with little room.
    public static String shortName(ScoreMethod method) {
        return Words.of("method.short." + method.name());
    }

    public static String unit(ScoreMethod method) {
        return Words.of("method.unit." + method.unit().key());
    }

    /// What a square of the heatmap and its colour mean, for people who see it for the first time.
    public static String colours(ScoreMethod method) {
        return Words.of("method.colours." + method.name());
    }

    public static String explanation(ScoreMethod method) {
        return Words.of("method.more." + method.name());
    }
}

package sirkuit.app.look;

import sirkuit.mask.ScoreMethod;

/// What the window calls a way of scoring, its unit, and what it means in a sentence.
public final class MethodWords {
    private MethodWords() {}

    public static String name(ScoreMethod method) {
        return Words.of("method." + method.name());
    }

    /// For places with little room.
    public static String shortName(ScoreMethod method) {
        return method == ScoreMethod.CDT ? Words.of("method.short.CDT") : name(method);
    }

    public static String unit(ScoreMethod method) {
        return Words.of(
                switch (method) {
                    case CDT, GRADIENT, ABLATION -> "method.unit.logits";
                    case CDT_MAGNITUDE -> "method.unit.share";
                    case RANDOM -> "method.unit.rank";
                });
    }

    public static String explanation(ScoreMethod method) {
        return Words.of("method.more." + method.name());
    }
}

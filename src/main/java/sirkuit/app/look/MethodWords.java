package sirkuit.app.look;

import sirkuit.mask.ScoreMethod;

/// What the window calls a way of scoring, its unit, and what it means in a sentence.
public final class MethodWords {
    private MethodWords() {}

    public static String name(ScoreMethod method) {
        return switch (method) {
            case CDT -> "CD-T directional";
            case CDT_MAGNITUDE -> "CD-T magnitude";
            case GRADIENT -> "Gradient";
            case ABLATION -> "Mean ablation";
            case RANDOM -> "Random";
        };
    }

    /// For places with little room.
    public static String shortName(ScoreMethod method) {
        return method == ScoreMethod.CDT ? "CD-T" : name(method);
    }

    public static String unit(ScoreMethod method) {
        return switch (method) {
            case CDT, GRADIENT, ABLATION -> "logits";
            case CDT_MAGNITUDE -> "relevant / irrelevant";
            case RANDOM -> "rank";
        };
    }

    public static String explanation(ScoreMethod method) {
        return switch (method) {
            case CDT -> "How much each head pushes toward the right answer (positive) or away from it (negative).";
            case CDT_MAGNITUDE -> "How large each head's part of the answer is, whichever way it pushes.";
            case GRADIENT -> "A quick estimate of what would be lost without each head.";
            case ABLATION -> "What is really lost when each head is replaced by its average: the yardstick.";
            case RANDOM -> "Ranks drawn by chance: the control.";
        };
    }
}

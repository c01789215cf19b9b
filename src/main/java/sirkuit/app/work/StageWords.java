package sirkuit.app.work;

import sirkuit.app.look.Words;

/// The stages of its work that the engine names, in the language of the window.
final class StageWords {
    private StageWords() {}

    /// A stage that is not known here is shown as the engine says it.
    static String of(String stage) {
        return switch (stage) {
            case "Averaging head outputs" -> Words.of("work.stage.averaging");
            case "Evaluating" -> Words.of("work.stage.evaluating");
            case "Predicting" -> Words.of("work.stage.predicting");
            case "Scored" -> Words.of("work.stage.scored");
            case "Scoring heads" -> Words.of("work.stage.scoring");
            case "Tuning" -> Words.of("work.stage.tuning");
            case "Waiting for another run" -> Words.of("work.stage.waiting");
            default -> stage;
        };
    }
}

package sirkuit.app.tune;

import sirkuit.app.look.Words;
import sirkuit.record.RunConfig;

/// What a run trains, as the user chooses it.
public enum Trainable {
    SELECTED,
    ALL_HEADS,
    NORMS,
    FULL;

    /// Its name in the run's file.
    public RunConfig.Trained trained() {
        return this == FULL ? RunConfig.Trained.FULL : RunConfig.Trained.MASK;
    }

    public String words() {
        return Words.of("tune.what." + name());
    }
}

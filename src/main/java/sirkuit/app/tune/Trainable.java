package sirkuit.app.tune;

import sirkuit.app.look.Words;

/// What a run trains, as the user chooses it.
public enum Trainable {
    SELECTED,
    ALL_HEADS,
    NORMS,
    FULL;

    public String words() {
        return Words.of("tune.what." + name());
    }
}

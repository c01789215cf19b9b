package sirkuit.app.workbench;

import java.util.Locale;
import sirkuit.app.look.Words;

/// The four steps of a project, from scoring to comparing.
enum Step {
    SCORE,
    CHOOSE,
    TUNE,
    COMPARE;

    String words() {
        return Words.of("steps." + id());
    }

    String more() {
        return Words.of("steps." + id() + ".more");
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package sirkuit.app.workbench;

import java.util.Locale;
import sirkuit.app.look.Words;

/// The four steps of a project, from scoring to comparing.
public enum Step {
    SCORE,
    CHOOSE,
    TUNE,
    COMPARE;

    public String words() {
        return Words.of("steps." + id());
    }

    public String more() {
        return Words.of("steps." + id() + ".more");
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

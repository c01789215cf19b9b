package sirkuit.app.runs;

import java.util.Locale;
import sirkuit.app.look.Words;
import sirkuit.run.ChosenOn;

/// The warning wherever figures are shown that were also used to pick the kept step.
public final class Picked {
    private Picked() {}

    /// A sentence on a line of its own; empty where there is nothing to say.
    public static String words(RunModel run) {
        return run.chosen() == ChosenOn.NEITHER
                ? ""
                : "\n" + Words.of("runs.chosen." + run.chosen().name().toLowerCase(Locale.ROOT));
    }

    /// A few words on a line of their own; empty where there is nothing to say.
    public static String briefly(RunModel run) {
        return run.chosen() == ChosenOn.NEITHER ? "" : "\n" + Words.of("runs.plot.kept.chosen");
    }

    /// The run's name, with a star where there is something to say.
    public static String marked(RunModel run) {
        return run.targetQuality() == null || run.chosen() == ChosenOn.NEITHER ? run.name() : run.name() + " *";
    }
}

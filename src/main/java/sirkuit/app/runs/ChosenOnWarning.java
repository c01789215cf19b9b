package sirkuit.app.runs;

import java.util.Locale;
import sirkuit.app.look.Words;
import sirkuit.run.ChosenOn;

/// The warning that is shown wherever figures come from texts that were also used to pick the kept step.
public final class ChosenOnWarning {
    private ChosenOnWarning() {}

    /// A sentence on its own line; empty if no warning is needed.
    public static String words(RunModel run) {
        return run.chosen() == ChosenOn.NEITHER
                ? ""
                : "\n" + Words.of("runs.chosen." + run.chosen().name().toLowerCase(Locale.ROOT));
    }

    /// A few words on their own line; empty if no warning is needed.
    public static String briefly(RunModel run) {
        return run.chosen() == ChosenOn.NEITHER ? "" : "\n" + Words.of("runs.plot.kept.chosen");
    }

    /// The run's name, with a star if a warning is needed.
    public static String marked(RunModel run) {
        return marked(run, run.name());
    }

    /// Another name of the run, with a star if a warning is needed.
    public static String marked(RunModel run, String name) {
        return run.targetQuality() == null || run.chosen() == ChosenOn.NEITHER ? name : name + " *";
    }
}

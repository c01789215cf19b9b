package sirkuit.app.runs;

import java.util.stream.Collectors;
import sirkuit.app.look.Words;
import sirkuit.run.RunGroup;

/// The targets of runs, in the window's words.
public final class RunResultWords {
    private static final int LONGEST = 18;

    private RunResultWords() {}

    /// `Minangkabau`, `Minangkabau, other test texts`.
    public static String words(RunGroup<?> group) {
        String apart = group.apart().stream()
                .map(d -> Words.of("runs.apart." + d.name()))
                .collect(Collectors.joining(", "));
        String label = group.texts().target() + (apart.isEmpty() ? "" : ", " + apart);
        return group.number() == 1 ? label : label + " (" + group.number() + ")";
    }

    /// A name, shortened to fit beside a plot.
    public static String shortened(String name) {
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST - 1).strip() + "…";
    }
}

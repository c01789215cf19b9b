package sirkuit.run;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.Problem;

/// `runs/<id>/label.json`: the name and the pin that people give a run later. It is a separate file because
/// `config.json` belongs to the engine that works on the run (decision 23).
///
/// @param name   what people call it now; null for the name it was made with
/// @param pinned whether it stands first
public record RunLabel(@Nullable String name, boolean pinned) {
    /// No name and no pin.
    public static final RunLabel NONE = new RunLabel(null, false);

    private static final String FILE = "label.json";
    private static final int LONGEST = 80;

    public RunLabel {
        name = name == null || name.isBlank() ? null : name.strip();
        if (name != null && name.length() > LONGEST) {
            name = name.substring(0, LONGEST);
        }
    }

    public RunLabel named(@Nullable String other) {
        return new RunLabel(other, pinned);
    }

    public RunLabel pinned(boolean now) {
        return new RunLabel(name, now);
    }

    /// The label of a run; [#NONE] if there is none or it is damaged, because a run must not be lost for a name.
    static RunLabel read(Path run) {
        Path file = run.resolve(FILE);
        try {
            return Files.exists(file) ? Json.read(file, RunLabel.class) : NONE;
        } catch (Problem damaged) {
            return NONE;
        }
    }

    /// @throws Problem when it cannot be written
    void write(Path run) {
        AtomicFile.write(run.resolve(FILE), Json.pretty(this));
    }
}

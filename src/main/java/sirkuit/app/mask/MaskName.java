package sirkuit.app.mask;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;
import sirkuit.project.Project;

/// Names that a mask may have. The name is also the name of its file, so it must be valid on every system.
public final class MaskName {
    private static final int LONGEST = 80;
    private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]*");
    private static final Pattern DEVICE =
            Pattern.compile("(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?", Pattern.CASE_INSENSITIVE);

    private MaskName() {}

    /// Why a mask cannot have this name, in a sentence; null if it can.
    public static @Nullable String objection(String name) {
        if (name.isBlank()) {
            return Words.of("mask.name.none");
        }
        if (name.equalsIgnoreCase(Project.CURRENT_MASK)) {
            return Words.of("mask.name.current", name);
        }
        if (name.equalsIgnoreCase(Project.DRAFT_MASK)) {
            return Words.of("mask.name.draft", name);
        }
        if (name.length() > LONGEST) {
            return Words.of("mask.name.long", LONGEST);
        }
        if (!ALLOWED.matcher(name).matches()) {
            return Words.of("mask.name.letters");
        }
        if (name.endsWith(".") || name.endsWith(" ") || DEVICE.matcher(name).matches()) {
            return Words.of("mask.name.file", name);
        }
        return null;
    }

    /// A proposed name, from how the mask was made.
    public static String suggestion(String madeBy) {
        String name = madeBy.replaceAll("[^\\p{L}\\p{N} ._-]", "")
                .replaceAll(" +", " ")
                .strip();
        name = name.substring(0, Math.min(LONGEST, name.length())).strip();
        return objection(name) == null ? name : "";
    }
}

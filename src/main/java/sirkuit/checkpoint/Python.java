package sirkuit.checkpoint;

import java.nio.file.Path;
import sirkuit.Json;

/// Parts of the Python programs that messages tell people to run.
public final class Python {
    private Python() {}

    /// A path as a text in Python, quotation marks included.
    public static String text(Path path) {
        return Json.line(path.toString());
    }

    /// The files of a folder whose names match a pattern. Special characters in the folder's name are escaped.
    public static String files(Path folder, String pattern) {
        return "sorted(Path(" + text(folder) + ").glob(\"" + pattern + "\"))";
    }
}

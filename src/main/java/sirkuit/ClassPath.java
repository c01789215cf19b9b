package sirkuit;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

/// Where this program's classes are, for a process that is started in another folder.
public final class ClassPath {
    private ClassPath() {}

    public static String absolute() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(p -> Path.of(p).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /// The folder of the first jar, which is the folder of all jars in a packaged program.
    public static String folder() {
        Path first = Path.of(absolute().split(File.pathSeparator, 2)[0]);
        return Objects.requireNonNullElse(first.getParent(), first).toString();
    }
}

package sirkuit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How this program starts another process of itself. Only this class names the class to start and the options that
/// each Java of this program needs; `packaging/launcher` has the same options for people.
public final class Program {
    /// The class with the command line, which starts everything else. It is a text because nothing down here may
    /// depend on it. `ArchitectureTest` checks that it exists, and that launchers and packages name the same class.
    public static final String MAIN = "sirkuit.cli.Main";

    /// The command that runs the engine process.
    public static final String ENGINE = "engine";

    /// System property: folder with the jars of a packaged program, whose classes new processes then use. Without
    /// it, they use those of this process.
    private static final String LIB = "sirkuit.lib";

    /// The engine's classes, loaded and linked when the program was packaged (`packaging/build/AotCache.java`). Java
    /// ignores the file if it does not fit.
    private static final String ENGINE_CACHE = "sirkuit-engine.aot";

    /// What Java itself has to say goes to standard error: it would otherwise be among an engine's events. A file of
    /// classes that does not fit is no news.
    private static final List<String> LOG =
            List.of("-Xlog:disable", "-Xlog:all=warning:stderr", "-Xlog:aot*=off:stderr");

    private Program() {}

    /// The command to start a process with the same Java and the same class path.
    ///
    /// @param options   of its Java, in addition to those that every process needs
    /// @param main      name of the class to start
    /// @param arguments of that
    /// @return program and arguments
    public static List<String> words(List<String> options, String main, List<String> arguments) {
        return words(System.getProperty(LIB), options, main, arguments);
    }

    static List<String> words(@Nullable String lib, List<String> options, String main, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC"));
        words.addAll(LOG);
        words.addAll(options);
        String classPath = lib == null ? ClassPath.absolute() : lib + File.separator + "*";
        Path cache = Path.of(lib == null ? ClassPath.folder() : lib).resolve(ENGINE_CACHE);
        if (Files.exists(cache)) {
            words.add("-XX:AOTCache=" + cache);
        }
        words.addAll(List.of("-cp", classPath, main));
        words.addAll(arguments);
        return words;
    }
}

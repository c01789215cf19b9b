package sirkuit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How this program starts another process of itself. Only this class names the class to start and the options that
/// each Java of this program needs; `packaging/launcher` has the same options for people.
public final class Program {
    /// The class with the command line, which starts everything else. It is a text because nothing down here may
    /// depend on it. `ArchitectureTest` checks that it exists, and that launchers and packages name the same class.
    public static final String MAIN = "sirkuit.cli.Main";

    /// The command that runs the engine process.
    public static final String ENGINE = "engine";

    private Program() {}

    /// The command to start a process with the same Java and the same class path.
    ///
    /// @param options   of its Java, in addition to those that every process needs
    /// @param main      name of the class to start
    /// @param arguments of that
    /// @return program and arguments
    public static List<String> words(List<String> options, String main, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC"));
        words.addAll(options);
        words.addAll(List.of("-cp", ClassPath.absolute(), main));
        words.addAll(arguments);
        return words;
    }
}

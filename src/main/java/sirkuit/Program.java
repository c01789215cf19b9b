package sirkuit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How this program starts a process of itself. Nothing else names the class to start or the options that each Java of
/// this program needs; `packaging/launcher` has the same options for people.
public final class Program {
    /// The class with the command line, which everything else begins with. It is named by its text because nothing
    /// down here may depend on it; `ArchitectureTest` checks that it exists, and that launchers and packages
    /// name no other.
    public static final String MAIN = "sirkuit.cli.Main";

    /// The command that is the engine process.
    public static final String ENGINE = "engine";

    private Program() {}

    /// A process with the same Java and the same class path.
    ///
    /// @param options   of its Java, besides those that each needs
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

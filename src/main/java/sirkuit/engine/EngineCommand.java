package sirkuit.engine;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// How an engine process is started.
///
/// @param words program and arguments
public record EngineCommand(List<String> words) {
    public EngineCommand {
        words = List.copyOf(words);
    }

    /// The engine of this very program: the same Java, the same class path.
    ///
    /// @param device  `auto`, `cpu`, `cuda` or `cuda:N`
    /// @param threads for the arithmetic; empty for all cores
    public static EngineCommand ofThisProgram(String device, OptionalInt threads) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> words = new ArrayList<>(List.of(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx2g",
                "-cp",
                absoluteClassPath(),
                "sirkuit.cli.Main",
                "engine",
                "--device",
                device));
        threads.ifPresent(n -> words.addAll(List.of("--threads", Integer.toString(n))));
        return new EngineCommand(words);
    }

    private static String absoluteClassPath() {
        return java.util.Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(p -> Path.of(p).toAbsolutePath().toString())
                .collect(java.util.stream.Collectors.joining(File.pathSeparator));
    }
}

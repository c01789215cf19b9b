import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Opens the packaged window once, without a display, on a project of its own, and keeps the classes that it loaded and
/// linked in `lib/sirkuit.aot`, which the launcher hands to later starts. Whatever goes wrong leaves no such file, and
/// the program starts as it would without.
public final class AotCache {
    private static final String PROJECT = """
            {"schemaVersion": 1, "name": "Rehearsal", "checkpoint": "model", "maxLength": 64,
             "source": {"name": "Indonesian", "train": {"file": "train.csv"}, "test": {"file": "test.csv"}}}
            """;

    public static void main(String[] args) throws Exception {
        if (!Boolean.parseBoolean(System.getProperty("sirkuit.aot", "true"))) {
            return;
        }
        Path folder = Path.of(args[0]);
        Path cache = folder.resolve("lib").resolve("sirkuit.aot");
        Files.deleteIfExists(cache);
        Path home = Files.createTempDirectory("sirkuit-aot");
        try {
            if (rehearse(folder, cache, home) != 0 || !Files.exists(cache)) {
                Files.deleteIfExists(cache);
                System.err.println("No lib/sirkuit.aot could be made; the window starts a second later without it.");
            }
        } finally {
            remove(home);
        }
    }

    private static int rehearse(Path folder, Path cache, Path home) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path project = Files.createDirectories(home.resolve("project"));
        Files.writeString(project.resolve("project.json"), PROJECT);
        // An engine that ends at once: the window's classes are wanted, not its work.
        Files.writeString(
                home.resolve("preferences.json"),
                "{\"engineCommand\": [\"" + java.toString().replace("\\", "\\\\") + "\", \"--version\"]}");
        ProcessBuilder window = new ProcessBuilder(List.of(
                java.toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:AOTCacheOutput=" + cache,
                "-Xlog:aot=off",
                "-Dglass.platform=Headless",
                "-Dprism.order=sw",
                "-Dsirkuit.rehearse=true",
                "-cp",
                folder.resolve("lib") + "/*",
                "sirkuit.cli.Main",
                "open",
                project.toString()));
        window.environment().put("SIRKUIT_HOME", home.toString());
        window.environment().remove("JAVA_TOOL_OPTIONS");
        window.redirectErrorStream(true).redirectOutput(home.resolve("said.txt").toFile());
        Process running = window.start();
        if (!running.waitFor(3, TimeUnit.MINUTES)) {
            running.destroyForcibly();
            return -1;
        }
        return running.exitValue();
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

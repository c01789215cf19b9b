import java.io.File;
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
///
/// `java AotCache.java FOLDER [JARS JAVA]`: the program's folder; where its jars are (`lib` in it), and whose classes
/// they are to be linked with (the java that runs this).
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
        Path jars = args.length > 1 ? Path.of(args[1]) : folder.resolve("lib");
        Path java = args.length > 2 ? Path.of(args[2]) : Path.of(System.getProperty("java.home"), "bin", "java");
        Path cache = jars.resolve("sirkuit.aot");
        Files.deleteIfExists(cache);
        Path home = Files.createTempDirectory("sirkuit-aot");
        try {
            if (rehearse(jars, java, cache, home) != 0 || !Files.exists(cache)) {
                Files.deleteIfExists(cache);
                System.err.println("No sirkuit.aot could be made; the window starts a second later without it.");
            }
        } finally {
            remove(home);
        }
    }

    /// In the order that the launchers name them in: what is kept is of use for that one only.
    private static String classPath(Path jars) throws IOException {
        Path order = jars.resolve("class-path");
        return Files.exists(order)
                ? String.join(
                        File.pathSeparator,
                        Files.readAllLines(order).stream()
                                .map(j -> jars.resolve(j).toString())
                                .toList())
                : jars + "/*";
    }

    private static int rehearse(Path jars, Path java, Path cache, Path home) throws IOException, InterruptedException {
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
                classPath(jars),
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

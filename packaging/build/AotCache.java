import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Opens the packaged window once, without a display, on a project of its own, and keeps the classes that it loaded and
/// linked in `lib/sirkuit.aot`, which the launcher hands to later starts. Then an engine works on a sample, and its
/// classes are kept in `lib/sirkuit-engine.aot`. Whatever goes wrong leaves no such file, and the program starts as it
/// would without.
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
        Path sample = (args.length > 1 ? jars : folder).resolve("sample-projects/reviews");
        if (Files.isDirectory(sample)) {
            engine(jars, java, sample.toAbsolutePath());
        }
    }

    /// The engine opens a checkpoint, evaluates it, scores its heads and explains one text.
    private static void engine(Path jars, Path java, Path sample) throws IOException, InterruptedException {
        Path cache = jars.resolve("sirkuit-engine.aot");
        Files.deleteIfExists(cache);
        Path home = Files.createTempDirectory("sirkuit-aot");
        try {
            Path requests = Files.writeString(home.resolve("requests"), requests(sample));
            ProcessBuilder engine = new ProcessBuilder(List.of(
                    java.toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:+UseSerialGC",
                    "-Xmx2g",
                    "-XX:AOTCacheOutput=" + cache,
                    "-Xlog:aot=off",
                    "-cp",
                    classPath(jars),
                    "sirkuit.cli.Main",
                    "engine",
                    "--device",
                    "cpu"));
            engine.redirectInput(requests.toFile());
            if (status(engine, home) != 0 || !Files.exists(cache)) {
                Files.deleteIfExists(cache);
                System.err.println("No sirkuit-engine.aot could be made; engines start a second later without it.");
            }
        } finally {
            remove(home);
        }
    }

    private static String requests(Path sample) {
        String requests = """
                {"v": 1, "request": 1, "type": "inspect", "checkpoint": "SAMPLE/checkpoint"}
                {"v": 1, "request": 2, "type": "evaluate", "model": MODEL, "data": TEST}
                {"v": 1, "request": 3, "type": "score", "model": MODEL, "data": TEST, "method": "cdt", "stabilised": false, "baselineExamples": 16, "examples": 16, "seed": 0, "topK": 0}
                {"v": 1, "request": 4, "type": "explain", "model": MODEL, "text": "rancak bana", "baseline": TEST}
                {"v": 1, "type": "quit"}
                """;
        return requests.replace("MODEL", "{\"checkpoint\": \"SAMPLE/checkpoint\", \"maxLength\": 64}")
                .replace("TEST", "{\"file\": \"SAMPLE/data/minangkabau/test.csv\"}")
                .replace("SAMPLE", sample.toString().replace("\\", "/"));
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
        return status(window, home);
    }

    /// Runs it to its end; -1 if it takes longer than three minutes.
    private static int status(ProcessBuilder process, Path home) throws IOException, InterruptedException {
        process.environment().put("SIRKUIT_HOME", home.toString());
        process.environment().remove("JAVA_TOOL_OPTIONS");
        process.redirectErrorStream(true).redirectOutput(home.resolve("said.txt").toFile());
        Process running = process.start();
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

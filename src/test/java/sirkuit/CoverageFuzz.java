package sirkuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Files that no mutation at random finds: Jazzer keeps what reaches new code of a reader and goes on from there, each
/// reader in a process of its own, so that a crash of a native library or memory that runs out is a finding too. Only
/// with `-Pfuzz`, which brings Jazzer; not named as a test, so that a build leaves it out. What was found lies with its
/// log in `target/fuzz/KIND`, as does the corpus, from which the next run goes on.
@UsesProcess
class CoverageFuzz {
    private static final int SECONDS = Integer.getInteger("sirkuit.fuzz.seconds", 20);
    private static final String ONLY = System.getProperty("sirkuit.fuzz.only", "");
    private static final List<String> TOKENS = List.of(
            "\\\"", "{", "}", "[", "]", "null", "true", "-1", "1e999", "99999999999999999999", "NaN", "\\x00", "PAR1");

    @ParameterizedTest
    @FieldSource("sirkuit.GoodFiles#KINDS")
    void noFileBringsItsReaderDown(String kind) throws IOException, InterruptedException {
        Assumptions.assumeTrue(ONLY.isEmpty() || kind.equals(ONLY));
        Path place = Path.of("target", "fuzz", kind.replace(' ', '-')).toAbsolutePath();
        Path corpus = Files.createDirectories(place.resolve("corpus"));
        Path seeds = Files.createDirectories(place.resolve("seeds"));
        Path read = Files.createDirectories(place.resolve("read"));
        Files.copy(
                new GoodFiles(emptied(place.resolve("good"))).good(kind),
                emptied(seeds).resolve("good"));
        Path words = Files.write(
                place.resolve("tokens"), TOKENS.stream().map(t -> '"' + t + '"').toList());
        Path log = place.resolve("log");
        Process process = new ProcessBuilder(command(kind, emptied(read), place, words, corpus, seeds))
                .directory(place.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(SECONDS + 180L, TimeUnit.SECONDS))
                    .as("ends by itself, see " + log)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        List<String> said = Files.readAllLines(log, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(process.exitValue())
                .as(String.join("\n", said.subList(Math.max(0, said.size() - 60), said.size())))
                .isZero();
        assertThat(said).as("instrumented").anyMatch(l -> l.contains("Instrumented sirkuit."));
        System.out.println(kind + ": " + said.getLast());
    }

    private static List<String> command(String kind, Path read, Path place, Path words, Path corpus, Path seeds) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+EnableDynamicAgentLoading",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-Dsirkuit.fuzz.kind=" + kind,
                "-Dsirkuit.fuzz.folder=" + read,
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzTarget.class.getName(),
                "--instrumentation_includes=" + instrumented(kind),
                "--custom_hook_includes=sirkuit.**",
                "-max_total_time=" + SECONDS,
                "-timeout=20",
                "-rss_limit_mb=4096",
                "-max_len=" + 32 * 1024,
                "-dict=" + words,
                "-artifact_prefix=" + place + "/"));
        command.add(corpus.toString());
        command.add(seeds.toString());
        return command;
    }

    /// Coverage of the project's own code; of Parquet's and FastCSV's too, since they see the bytes first there.
    private static String instrumented(String kind) {
        String extension = kind.substring(kind.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (extension) {
            case "parquet" -> "sirkuit.**:org.apache.parquet.**";
            case "csv", "tsv" -> "sirkuit.**:de.siegmar.**";
            default -> "sirkuit.**";
        };
    }

    private static Path emptied(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var paths = Files.walk(folder)) {
                for (Path path :
                        paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return Files.createDirectories(folder);
    }
}

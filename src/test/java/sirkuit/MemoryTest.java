package sirkuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Native memory is not the collector's business: whatever a call makes it must let go itself, also when it is
/// cancelled in the middle.
@UsesProcess
class MemoryTest {
    private static final List<String> WORK = List.of(
            "cdt=300", "stabilised=100", "gradient=300", "ablation=300", "mean=300", "training=100", "cancelled=100");

    /// What growth is allowed, in kB. A single array that is left behind at each call would take more.
    private static final long MOST = 4_000;

    @TempDir
    Path folder = Path.of("");

    @Test
    void staysFlatOverHundredsOfCalls() throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/proc/self/status")), "resident memory is read from /proc, which only Linux has");
        List<String> words = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xms160m",
                "-Xmx160m",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryProbe.class.getName(),
                folder.toString()));
        words.addAll(WORK);
        Process process = new ProcessBuilder(words)
                .redirectError(folder.resolve("errors").toFile())
                .start();
        List<String> said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("errors")))
                .isZero();
        said.forEach(System.out::println);
        assertThat(said).hasSize(WORK.size()).allSatisfy(line -> {
            String[] parts = line.split(" ");
            assertThat(parts[2]).as("arrays left behind by " + parts[0]).isEqualTo("0");
            assertThat(Long.parseLong(parts[1]))
                    .as("growth in kB by " + parts[0])
                    .isLessThan(MOST);
        });
    }
}

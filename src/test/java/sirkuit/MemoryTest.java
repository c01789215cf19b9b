package sirkuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Native memory is not the collector's business: whatever a call makes it must let go itself, also when it is
/// cancelled in the middle.
@UsesProcess
class MemoryTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "cdt, 300",
        "stabilised, 100",
        "gradient, 300",
        "ablation, 300",
        "mean, 300",
        "training, 100",
        "cancelled, 100"
    })
    void staysFlatOver(String work, int times) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/proc/self/status")), "resident memory is read from /proc, which only Linux has");
        Process process = new ProcessBuilder(
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
                        folder.toString(),
                        work,
                        Integer.toString(times))
                .redirectError(folder.resolve("errors").toFile())
                .start();
        String[] said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                .strip()
                .split(" ");
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("errors")))
                .isZero();
        assertThat(said[1]).as("arrays left behind").isEqualTo("0");
        assertThat(Long.parseLong(said[0])).as("growth in kB").isLessThan(4_000);
        System.out.println(work + " x " + times + ": " + said[0] + " kB");
    }
}

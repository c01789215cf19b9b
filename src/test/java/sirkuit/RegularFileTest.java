package sirkuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RegularFileTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void aFileAndALinkToOneAreFiles() throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), "{}");
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), file);
        assertThatCode(() -> RegularFile.require(file)).doesNotThrowAnyException();
        assertThatCode(() -> RegularFile.require(link, 2)).doesNotThrowAnyException();
        // Left to whoever opens it, but where it must be there.
        assertThatCode(() -> RegularFile.require(folder.resolve("b.json"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> RegularFile.require(folder.resolve("b.json"), 2))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void foldersAndLinksThatLeadNowhereOrInACircleAreTold() throws IOException {
        refused(folder, "is a folder");
        Path lost = Files.createSymbolicLink(folder.resolve("lost"), folder.resolve("nowhere"));
        refused(lost, "leads nowhere");
        Path round = Files.createSymbolicLink(folder.resolve("round"), folder.resolve("trip"));
        Files.createSymbolicLink(folder.resolve("trip"), round);
        refused(round, "leads nowhere");
        assertThat(RegularFile.isThere(round)).isTrue();
    }

    /// To open either would never end.
    @Test
    @DisabledOnOs(OS.WINDOWS)
    @UsesProcess
    void pipesAndDevicesAreNeverOpened() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe.json");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        Path zeros = Files.createSymbolicLink(folder.resolve("zeros.json"), Path.of("/dev/zero"));
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (Path file : new Path[] {pipe, zeros}) {
                refused(file, "is not a file");
                assertThatThrownBy(() -> Json.tree(file)).isInstanceOf(Problem.class);
            }
        });
    }

    @Test
    void aFileThatIsMuchTooLargeIsNotRead() throws IOException {
        Path file = folder.resolve("large.json");
        try (RandomAccessFile hole = new RandomAccessFile(file.toFile(), "rw")) {
            hole.setLength(3L << 30);
        }
        assertThatThrownBy(() -> Json.tree(file))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("large.json")
                .hasMessageContaining("3072 MB");
    }

    @Test
    void whyAFileCannotBeReadIsSaid() throws IOException {
        Path long300 = folder.resolve("n".repeat(300));
        assertThatThrownBy(() -> RegularFile.require(long300, 1))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("could not be read: File name too long.");
        assertThatThrownBy(() -> RegularFile.require(folder.resolve("gone"), 1))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("does not exist");
    }

    private static void refused(Path file, String why) {
        assertThatThrownBy(() -> RegularFile.require(file))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(String.valueOf(file.getFileName()))
                .hasMessageContaining(why);
    }
}

package sirkuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void aPlaceThatTakesNoFilesIsRefusedBeforeAnyWork() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        for (Path place : new Path[] {folder, file.resolve("mask.json")}) {
            assertThatThrownBy(() -> AtomicFile.requireWritable(place))
                    .asInstanceOf(InstanceOfAssertFactories.type(Problem.class))
                    .extracting(Problem::kind)
                    .isEqualTo(Problem.Kind.INPUT);
        }
        AtomicFile.requireWritable(folder.resolve("not/there/yet.json"));
        assertThat(folder).isDirectoryNotContaining(f -> !f.equals(file));
    }

    @Test
    void aFolderThatOnlySaysItMayBeWrittenToIsRefused() {
        Path kernel = Path.of("/proc/mask.json");
        Assumptions.assumeTrue(Files.isWritable(kernel.getParent()), "only root may seem to write to /proc");
        assertThatThrownBy(() -> AtomicFile.requireWritable(kernel))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("/proc/mask.json cannot be written: no new files can be created in /proc");
    }

    @Test
    void whyAFileCouldNotBeWrittenIsSaidInWords() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> AtomicFile.write(file.resolve("mask.json"), "{}"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("mask.json could not be written: ")
                .hasMessageContaining(file + " is in the way")
                .hasMessageNotContaining("Exception");
        assertThat(AtomicFile.cannotWrite(file, new IOException("No space left on device")))
                .hasMessageContaining("The disk is full");
        assertThat(AtomicFile.cannotWrite(file, new IOException("File too large")))
                .hasMessageContaining("larger than the largest file allowed there")
                .hasMessageNotContaining("Exception");
    }

    @Test
    @UsesProcess
    void whatKilledProcessesLeftIsRemovedAndWhatALivingOneWritesStays() throws Exception {
        Process over = new ProcessBuilder("true").start();
        over.waitFor();
        String gone = "tmp-" + AtomicFile.Computer.NAME + "-" + over.pid() + "-1f";
        Path left = Files.writeString(folder.resolve(".mask.json." + gone), "half");
        Path other = Files.writeString(folder.resolve(".other.json." + gone), "half");
        Path alive = Files.writeString(
                folder.resolve(".mask.json.tmp-" + AtomicFile.Computer.NAME + "-"
                        + ProcessHandle.current().pid() + "-2f"),
                "half");
        AtomicFile.write(folder.resolve("mask.json"), "{}");
        assertThat(left).doesNotExist();
        assertThat(other).exists();
        AtomicFile.sweep(folder);
        assertThat(other).doesNotExist();
        assertThat(alive).exists();
    }

    @Test
    @UsesProcess
    void whatAnotherComputerMayBeWritingIsRemovedAfterADayOnly() throws Exception {
        Process over = new ProcessBuilder("true").start();
        over.waitFor();
        List<Path> others = List.of(
                folder.resolve(".mask.json.tmp-another.example-" + over.pid() + "-1f"),
                folder.resolve(".mask.json.tmp-" + over.pid() + "-1f"));
        for (Path file : others) {
            Files.writeString(file, "half");
        }
        AtomicFile.sweep(folder);
        assertThat(others).allMatch(Files::exists);
        for (Path file : others) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        }
        AtomicFile.sweep(folder);
        assertThat(others).noneMatch(Files::exists);
    }

    @Test
    void aFileThatIsBeingWrittenCarriesTheNameOfItsComputer() {
        AtomicFile.write(folder.resolve("mask.json"), out -> {
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.map(f -> f.getFileName().toString()))
                        .singleElement()
                        .asString()
                        .startsWith(".mask.json.tmp-" + AtomicFile.Computer.NAME + "-");
            }
        });
        assertThat(AtomicFile.Computer.NAME).isNotEmpty();
    }

    @Test
    @UsesProcess
    void aLinkGivesWayAndADeviceOrAPipeIsRefused() throws Exception {
        Path outside = Files.writeString(folder.resolve("outside"), "precious");
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), outside);
        AtomicFile.write(link, "{}");
        assertThat(outside).hasContent("precious");
        assertThat(link).isRegularFile().hasContent("{}");
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        for (Path place : new Path[] {pipe, Path.of("/dev/null"), Path.of("/dev/full")}) {
            assertThatThrownBy(() -> AtomicFile.write(place, "{}"))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining(place + " is not a file");
            assertThatThrownBy(() -> AtomicFile.requireWritable(place))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("- for standard output");
        }
    }
}

package sirkuit.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Problem;

/// Runs whose own process could not write how they ended.
class RunFolderTest {
    private static final String STARTED = "{\"v\":1,\"request\":1,\"type\":\"started\",\"name\":\"demo\"}\n";
    private static final String FAILED = "{\"v\":1,\"request\":0,\"type\":\"failed\",\"what\":\"killed\"}";

    @TempDir
    Path folder = Path.of("");

    @Test
    void aRunWithoutItsSettingsIsConcludedToo() throws IOException {
        RunFolder run = new RunFolder(folder);
        Files.writeString(run.eventsFile(), STARTED);
        run.conclude(FAILED);
        assertThat(run.concluded()).isTrue();
        assertThat(Files.readAllLines(run.eventsFile())).hasSize(2).last().isEqualTo(FAILED);
    }

    @Test
    void whatIsNoRunsFileIsNotWritten() throws IOException {
        RunFolder run = new RunFolder(folder);
        Files.writeString(run.eventsFile(), "precious\n");
        run.conclude(FAILED);
        assertThat(run.eventsFile()).hasContent("precious");
    }

    @Test
    void howItEndedIsTheLastWholeLineBehindLongAndDamagedOnes() throws IOException {
        RunFolder run = new RunFolder(folder);
        String longLine = "{\"v\":1,\"type\":\"noted\",\"what\":\"" + "é".repeat(100_000) + "\"}\n";
        Files.writeString(run.eventsFile(), STARTED + longLine);
        assertThat(run.concluded()).isFalse();
        String finished = "{\"v\":1,\"type\":\"finished\",\"seconds\":2.0}\n";
        Files.writeString(run.eventsFile(), STARTED + finished + "{\"type\": \"fai\n" + "x".repeat(70_000) + "\n{\"ty");
        assertThat(run.finished()).isTrue();
        assertThat(run.concluded()).isTrue();
        Files.writeString(run.eventsFile(), STARTED + finished + longLine);
        assertThat(run.finished()).isFalse();
        Files.writeString(run.eventsFile(), finished.strip());
        assertThat(run.finished()).as("without its line break it is cut short").isFalse();
    }

    /// The beginning of this file is more than Java can read as one text: only its end is read.
    @Test
    void howItEndedDoesNotDependOnHowLongTheFileIs() throws IOException {
        RunFolder run = new RunFolder(folder);
        try (FileChannel channel =
                FileChannel.open(run.eventsFile(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(("\n" + FAILED + "\n").getBytes(StandardCharsets.UTF_8)), 3L << 30);
        }
        assertThat(run.concluded()).isTrue();
        assertThat(run.finished()).isFalse();
        assertThatThrownBy(run::eventLines).isInstanceOf(Problem.class).hasMessageContaining("events.jsonl");
    }
}

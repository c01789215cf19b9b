package sirkuit.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}

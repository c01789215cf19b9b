package sirkuit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.UsesProcess;

/// `sirkuit report` of what is no project.
@UsesProcess
class ReportCommandTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void aFolderOfRunsIsToldWhatAReportNeeds() throws IOException {
        Path runs = folder.resolve("my runs");
        Files.createDirectories(runs.resolve("one"));
        Files.writeString(runs.resolve("one/config.json"), "{}");
        Files.writeString(runs.resolve("one/events.jsonl"), "");
        CommandLineTest.Result refused = CommandLineTest.run("report", runs);
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err())
                .contains("contains runs, but it is not a Sirkuit project", "make one in the window (sirkuit open)")
                .contains("sirkuit runs '" + runs + "'");
        assertThat(CommandLineTest.run("runs", runs).status()).isZero();
        CommandLineTest.Result empty = CommandLineTest.run("report", Files.createDirectory(folder.resolve("empty")));
        assertThat(empty.err()).contains("is not a Sirkuit project").doesNotContain("holds runs");
    }
}

package sirkuit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sirkuit.Json;
import sirkuit.UsesProcess;
import sirkuit.cli.shared.ExitStatus;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskFile;

/// What is printed, where it goes, and what happens when it cannot go there: commands as processes of their own.
@UsesProcess
class OutputTest {
    @TempDir
    Path folder = Path.of("");

    private record Said(int status, String out, String err) {}

    /// @param line of a shell, in which `sirkuit` is the program
    private Said shell(String line) throws Exception {
        Path program = folder.resolve("sirkuit");
        Files.writeString(
                program,
                "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '" + System.getProperty("java.class.path")
                        + "' sirkuit.cli.Main \"$@\"\n");
        program.toFile().setExecutable(true);
        ProcessBuilder process = new ProcessBuilder("bash", "-o", "pipefail", "-c", line)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        process.environment()
                .putAll(Map.of(
                        "PATH",
                        folder + ":" + System.getenv("PATH"),
                        "SIRKUIT_HOME",
                        folder.resolve("state").toString()));
        int status = process.start().waitFor();
        return new Said(
                status,
                Files.readString(folder.resolve("out"), StandardCharsets.UTF_8),
                Files.readString(folder.resolve("err"), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sirkuit --help",
                "sirkuit --version",
                "sirkuit mask --difference a.json b.json --json",
                "sirkuit runs .",
                "sirkuit generate-completion"
            })
    void outputThatIsLostIsAFailure(String command) throws Exception {
        masks();
        Said said = shell(command + " > /dev/full");
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.err())
                .contains("sirkuit: Standard output could not be written: No space left on device.")
                .doesNotContain("Exception");
    }

    @Test
    void aReaderThatStopsIsNamedToo() throws Exception {
        Said said = shell("{ sirkuit --version; echo $? >&2; } | true");
        assertThat(said.err()).contains("could not be written: Broken pipe.").endsWith("1\n");
    }

    @Test
    void aHomeForTheProgramThatOthersCanWriteIsRefusedWithWhatToDo() throws Exception {
        String open = "mkdir -p open && chmod 777 open && export SIRKUIT_HOME=$PWD/open && ";
        Said refused = shell(open + "sirkuit --version");
        assertThat(refused.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(refused.err())
                .contains("sirkuit: SIRKUIT_HOME is ", "only you can write", "chmod go-w")
                .doesNotContain("Exception");
        assertThat(shell(open + "chmod go-w open && sirkuit --version").status())
                .isZero();
    }

    private void masks() {
        MaskFile.write(folder.resolve("a.json"), HeadMask.all(2, 4));
        MaskFile.write(folder.resolve("b.json"), HeadMask.none(2, 4));
    }

    @Test
    void aDashIsStandardOutputAndNothingElseGoesThere() throws Exception {
        masks();
        Said said = shell("sirkuit mask --union a.json b.json --json --out -");
        assertThat(said.status()).as(said.err()).isZero();
        assertThat(Json.MAPPER.readTree(said.out()).path("selected")).hasSize(8);
        Files.writeString(folder.resolve("c.json"), said.out());
        assertThat(MaskFile.read(folder.resolve("c.json")).size()).isEqualTo(8);
        assertThat(folder.resolve("-")).doesNotExist();
        assertThat(CommandLineTest.run("fetch", "org/name", "--to", "-").err()).contains("writes a folder");
        assertThat(CommandLineTest.run("tune", "--out", "-").err()).contains("writes a folder");
        assertThat(CommandLineTest.run(
                                "mask",
                                "--union",
                                folder.resolve("a.json"),
                                folder.resolve("b.json"),
                                "--out",
                                "/dev/stdout")
                        .err())
                .contains("/dev/stdout is not a file", "- for standard output");
    }

    @Test
    void namesOfFoldersCannotDriveTheTerminal() throws Exception {
        Path run = Files.createDirectories(folder.resolve("evil\u001b]0;title\u0007\u202e\nsirkuit: all is well"));
        Files.writeString(
                run.resolve("events.jsonl"),
                "{\"v\":1,\"request\":1,\"type\":\"failed\",\"what\":\"\\u001b[2Jgone\",\"remedy\":\"\",\"kind\":\"WORK\"}\n");
        CommandLineTest.Result table = CommandLineTest.run("runs", folder);
        assertThat(table.out())
                .contains("evil\\u001b]0;title\\u0007\\u202e\\u000asirkuit: all is well", "\\u001b[2Jgone")
                .doesNotContain("\u001b", "\u0007", "\u202e");
        JsonNode told = Json.MAPPER.readTree(
                CommandLineTest.run("runs", folder, "--json").out());
        assertThat(told.get(0).path("run").asText()).isEqualTo(run.getFileName().toString());
        CommandLineTest.Result wrong = CommandLineTest.run("runs", folder.resolve("\u001b[31m"), "--nonsense\u001b[1m");
        assertThat(wrong.err()).contains("\\u001b[1m").doesNotContain("\u001b");
        assertThat(CommandLineTest.run("runs", folder.resolve("\u009b31m")).err())
                .contains("\\u009b31m does not exist")
                .doesNotContain("\u009b");
    }
}

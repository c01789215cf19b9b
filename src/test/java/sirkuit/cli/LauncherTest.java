package sirkuit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.LogFiles;
import sirkuit.UsesProcess;
import sirkuit.engine.EngineCommand;

/// What a Java that dies leaves behind, and where.
@UsesProcess
class LauncherTest {
    @TempDir
    Path folder = Path.of("");

    /// What the launcher would start, with a java that only says how it was called.
    private String started(String home) throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createDirectories(folder.resolve("lib"));
        Path launcher = Files.copy(Path.of("packaging/launcher/sirkuit"), bin.resolve("sirkuit"));
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        java.toFile().setExecutable(true);
        launcher.toFile().setExecutable(true);
        ProcessBuilder process = new ProcessBuilder(launcher.toString(), "--version").redirectErrorStream(true);
        process.environment().remove("SIRKUIT_HOME");
        process.environment().put("SIRKUIT_JAVA", folder.resolve("jdk").toString());
        process.environment().put("HOME", home);
        Process begun = process.start();
        return new String(begun.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void theLauncherSendsThemToTheLogs() throws Exception {
        Path home = Files.createDirectories(folder.resolve("home 100%"));
        String words = started(home.toString());
        Path logs = home.resolve(".local/state/sirkuit/log");
        assertThat(words)
                .contains(
                        "-XX:ErrorFile=" + logs.toString().replace("%", "%%") + "/hs_err_pid%p.log\n",
                        "-XX:-CreateCoredumpOnCrash\n",
                        "sirkuit.cli.Main\n--version\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(logs)))
                .isEqualTo("rwx------");
    }

    @Test
    void withoutAHomeTheyAreToldAndNotLeftWhereItWasStarted() throws Exception {
        assertThat(started(Files.writeString(folder.resolve("home"), "a file").toString()))
                .contains("-XX:+ErrorFileToStderr\n", "-XX:-DumpReplayDataOnError\n");
    }

    @Test
    void anEngineThatCrashesLeavesNothingWhereItWasStarted() throws Exception {
        Assumptions.assumeTrue(System.getProperty("os.name").equals("Linux"));
        Path place = Files.createDirectories(folder.resolve("place"));
        Process engine = new ProcessBuilder(
                        EngineCommand.ofThisProgram("cpu", OptionalInt.of(1)).words())
                .directory(place.toFile())
                .redirectErrorStream(true)
                .start();
        engine.inputReader().readLine(); // it is ready
        Path told = LogFiles.folder().resolve("hs_err_pid" + engine.pid() + ".log");
        new ProcessBuilder("kill", "-SEGV", Long.toString(engine.pid())).start().waitFor();
        engine.getInputStream().readAllBytes();
        assertThat(engine.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(place).isEmptyDirectory();
        assertThat(told).exists();
        Files.delete(told);
    }
}

package sirkuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
    @TempDir
    Path lib = Path.of("");

    @Test
    void aProcessHasTheClassesOfThisOne() {
        List<String> words = Program.words(null, List.of("-Xmx9m"), Program.MAIN, List.of("engine"));
        assertThat(words)
                .contains("-Xmx9m", "-Xlog:all=warning:stderr")
                .endsWith("-cp", ClassPath.absolute(), Program.MAIN, "engine")
                .noneMatch(w -> w.startsWith("-XX:AOTCache"));
    }

    @Test
    void aPackagedProgramsProcessHasItsJarsAndTheClassesThatAreKeptForIt() throws IOException {
        Path cache = Files.createFile(lib.resolve("sirkuit-engine.aot"));
        assertThat(Program.words(lib.toString(), List.of(), Program.MAIN, List.of()))
                .contains("-XX:AOTCache=" + cache)
                .endsWith("-cp", lib + File.separator + "*", Program.MAIN);
    }
}

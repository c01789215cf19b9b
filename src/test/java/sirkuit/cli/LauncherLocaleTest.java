package sirkuit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sirkuit.Json;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;
import sirkuit.cli.shared.ExitStatus;

/// The launcher where there is no UTF-8 locale, as in containers, cron and batch systems: real processes with nothing
/// in their environment but what is said. The script gives the arguments, so that this test's own locale says nothing.
@EnabledOnOs(OS.LINUX)
@UsesProcess
class LauncherLocaleTest {
    private static final String NAME = "d\u00efr\u300c";

    private static final String WORD = "m\u00e9r\u00e8ka";

    @TempDir
    Path folder = Path.of("");

    private Path launcher = Path.of("");

    @BeforeEach
    void installsTheProgramOfThisTest() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("program/bin"));
        Path lib = Files.createDirectories(folder.resolve("program/lib"));
        launcher = Files.copy(Path.of("packaging/launcher/sirkuit"), bin.resolve("sirkuit"));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        List<String> names = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            names.add(
                    lib.toRealPath().relativize(Path.of(entry).toAbsolutePath()).toString());
        }
        Files.write(lib.resolve("class-path"), names);
    }

    private record Result(int status, String out, String err) {}

    /// @param script what a shell does; `$S` is the launcher
    private Result run(Map<String, String> environment, String script) throws Exception {
        Path file = Files.writeString(folder.resolve("script.sh"), script + "\n");
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder process = new ProcessBuilder("sh", file.toString())
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> clean = process.environment();
        clean.keySet().retainAll(List.of("PATH", "HOME"));
        clean.putAll(environment);
        clean.put("S", launcher.toString());
        clean.put("SIRKUIT_JAVA", System.getProperty("java.home"));
        Process running = process.start();
        assertThat(running.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Result(
                running.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    private static Map<String, String> environment(String words) {
        Map<String, String> set = new java.util.HashMap<>();
        for (String word : words.split(" ")) {
            if (word.contains("=")) {
                set.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
            }
        }
        return set;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing",
                "LC_ALL=C",
                "LANG=POSIX",
                "LC_CTYPE=C LANG=C.UTF-8",
                "LANG=xx_XX.UTF-8",
                "LANG=C.UTF-8 LC_TIME=xx_XX.UTF-8",
                "LC_ALL=C.UTF-8"
            })
    void namesBeyondAsciiComeThroughAndAreSaid(String words) throws Exception {
        Result result = run(environment(words), "\"$S\" runs '" + NAME + "'");
        assertThat(result.err()).contains(NAME);
        assertThat(result.status()).isEqualTo(ExitStatus.UNUSABLE);
    }

    /// A slim container has no program that tells of locales.
    @Test
    void noProgramLocaleIsNeeded() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("few"));
        for (String name : List.of("sh", "dirname", "readlink", "sed", "cat")) {
            for (String place : System.getenv("PATH").split(":")) {
                Path program = Path.of(place, name);
                if (Files.isExecutable(program) && !Files.exists(bin.resolve(name))) {
                    Files.createSymbolicLink(bin.resolve(name), program.toRealPath());
                }
            }
        }
        Result result = run(Map.of("LC_ALL", "C"), "PATH=" + bin + " \"$S\" runs '" + NAME + "'");
        assertThat(result.err()).contains(NAME);
    }

    /// Templates, folders and the engine's own process: the same numbers as with a locale.
    @Test
    void theEngineReadsFoldersBeyondAsciiToo() throws Exception {
        Path model = TinyCheckpoint.write(folder.resolve("model"), 1);
        // A word of the template that the checkpoint knows, so that the numbers change when it is lost.
        for (String name : List.of("tokenizer.json", "vocab.txt")) {
            Path file = model.resolve(name);
            if (Files.exists(file)) {
                Files.writeString(file, Files.readString(file).replace("mereka", WORD));
            }
        }
        Path texts = TinyCheckpoint.writeTexts(folder.resolve("texts.csv"), 12, 2);
        String job = "mkdir -p " + NAME + " && cp -r model " + texts.getFileName() + " " + NAME + " && \"$S\" evaluate"
                + " --checkpoint " + NAME + "/model --data " + NAME + "/texts.csv --max-length 16 --threads 1 --json"
                + " --template '" + WORD + " " + WORD + " {text}'";
        Result without = run(Map.of("LC_ALL", "C"), job);
        assertThat(without.status()).as(without.err()).isZero();
        Result with = run(Map.of("LC_ALL", "C.UTF-8"), job);
        assertThat(measured(without)).isEqualTo(measured(with)).contains("\"examples\":12");
        // And the template does count.
        Result other = run(Map.of("LC_ALL", "C.UTF-8"), job.replace(WORD, "itu"));
        assertThat(measured(other)).isNotEqualTo(measured(with));
    }

    private static String measured(Result result) throws IOException {
        ObjectNode told = (ObjectNode) Json.MAPPER.readTree(result.out());
        return told.without(List.of("seconds", "binding", "notes")).toString();
    }

    @Test
    void argumentsThatWereLostAreRefused() throws Exception {
        Result java = run(
                Map.of("LC_ALL", "C"),
                "\"$SIRKUIT_JAVA/bin/java\" -cp \"" + System.getProperty("java.class.path")
                        + "\" sirkuit.cli.Main evaluate --template '\u300c{text}'");
        assertThat(java.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(java.err()).contains("{text}", "could not be decoded", "LC_ALL=C.UTF-8");
        Result bytes = run(Map.of("LC_ALL", "C.UTF-8"), "\"$S\" runs \"$(printf 'bad\\377')\"");
        assertThat(bytes.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(bytes.err()).contains("bad?", "could not be decoded");
    }
}

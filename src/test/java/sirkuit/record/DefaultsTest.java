package sirkuit.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sirkuit.Problem;

class DefaultsTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "sirkuit");

    @Test
    void noOtherFileRepeatsTheNumbersOfTextsAndTheFullRate() throws IOException {
        Pattern repeated = Pattern.compile("(?<![\\w.])(180|2e-4|0\\.0002)(?![\\w.])");
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java") && !f.endsWith("Defaults.java"))
                    .toList()) {
                // Degrees are no texts, and doc comments say how numbers are written.
                Files.readAllLines(file).stream()
                        .filter(line -> repeated.matcher(line).find()
                                && !line.contains("ArcType")
                                && !line.strip().startsWith("///"))
                        .forEach(line -> found.add(file.getFileName() + ": " + line.strip()));
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void theDocumentOfTheCommandLineNamesTheDefaults() throws IOException {
        String scores = Files.readString(Path.of("docs", "scores.md"));
        assertThat(scores).contains("(`--budget`, " + Defaults.EXAMPLES + ")");
        assertThat(scores).contains(Math.round(100 * Defaults.CONFIDENCE) + " %, `--confidence`");
    }

    @Test
    void fullFineTuningHasARateOfItsOwn() {
        assertThat(Defaults.rate(RunConfig.Trained.FULL)).isEqualTo(2e-4);
        assertThat(Defaults.rate(RunConfig.Trained.MASK)).isEqualTo(1e-3);
        assertThat(RunConfig.Settings.DEFAULT.learningRate()).isEqualTo(1e-3);
    }

    @Test
    void settingsRefuseWhatCannotBeMeantAndSayWhatCan() {
        RunConfig.Settings s = RunConfig.Settings.DEFAULT;
        assertThatThrownBy(() -> s.with(Double.NaN, 0))
                .isInstanceOf(Problem.class)
                .hasMessage("learningRate is NaN. Give a number that is more than 0.");
        assertThatThrownBy(() -> new RunConfig.Course(RunConfig.Course.Schedule.LINEAR, 101.0, true, 0, 0, false))
                .hasMessage("maxForgetting is 101.0. Give a number that is between 0 and 100.");
    }
}

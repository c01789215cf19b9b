package sirkuit.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogModelTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void ofALongLogTheEndIsShownInWholeLines() throws IOException {
        Path file = folder.resolve("sirkuit.log");
        String line = "12:00:00.000 INFO  s.Some - kepala ke-é\n";
        Files.writeString(file, line.repeat(2 * LogModel.MOST / line.length()) + "the last one\n");
        assertThat(LogModel.end(file)).last().isEqualTo("the last one");
        assertThat(LogModel.end(file)).first().isEqualTo(line.strip());
        assertThat(LogModel.end(file)).hasSizeBetween(2, LogModel.MOST / line.length() + 2);
    }

    @Test
    void aLogThatIsNotThereIsEmpty() {
        assertThat(LogModel.end(folder.resolve("none.log"))).isEmpty();
    }

    @Test
    void whatFitsIsShownAndOtherwiseASentence() throws IOException {
        Path file = folder.resolve("sirkuit.log");
        Files.writeString(file, "1 INFO  a - reading\n2 WARN  b - slow\n3 ERROR c - broken\n");
        assertThat(LogModel.fitting(LogModel.end(file), "", false)).hasLineCount(3);
        assertThat(LogModel.fitting(LogModel.end(file), "", true)).isEqualTo("2 WARN  b - slow\n3 ERROR c - broken");
        assertThat(LogModel.fitting(LogModel.end(file), " SLOW", true)).isEqualTo("2 WARN  b - slow");
        assertThat(LogModel.fitting(LogModel.end(file), "nothing of it", false)).isEmpty();
    }
}

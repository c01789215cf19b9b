package sirkuit.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Problem;

class CsvTextsTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void quotesNewlinesMarksAndCarriageReturnsAreRead() throws IOException {
        Path file =
                file("\uFEFF\"id\",text,label\r\n1,\"satu, \"\"dua\"\"\nbaris\",positive\r\n\r\n2,biasa, neutral \r\n");
        assertThat(CsvTexts.read(file, Columns.DEFAULT))
                .containsExactly(
                        new LabelledText(2, "satu, \"dua\"\nbaris", "positive"),
                        new LabelledText(5, "biasa", "neutral"));
    }

    /// Only a field that begins with a quote is quoted.
    @Test
    void aQuoteInsideAnUnquotedTextIsText() throws IOException {
        assertThat(CsvTexts.read(file("text,label\nlayar 5\" bagus,positive"), Columns.DEFAULT))
                .containsExactly(new LabelledText(2, "layar 5\" bagus", "positive"));
    }

    @Test
    void otherColumnNamesCanBeAskedFor() throws IOException {
        Path file = file("kalimat,kelas\nbagus,positive\n");
        assertThat(CsvTexts.read(file, new Columns("kalimat", "kelas"))).hasSize(1);
        assertThatThrownBy(() -> CsvTexts.read(file, Columns.DEFAULT))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no column \"text\"")
                .hasMessageContaining("kalimat, kelas")
                .hasMessageContaining("--text-column");
    }

    @Test
    void badRowsAreNamedByTheirLine() throws IOException {
        assertBad("text,label\n\"a\nb\",positive\nonly\n", "line 4", "too few columns");
        assertBad("text,label\na,positive,x\n", "line 2", "too many columns");
        assertBad("text,label\n  ,positive\n", "line 2", "text is empty");
        assertBad("text,label\na,\n", "line 2", "label is empty");
        assertBad("text,label\n", "no rows", "");
        assertBad("", "is empty", "");
        assertBad("text,label\na,positive\n\"b,positive\nc,positive\n", "line 3", "never closed");
        assertBad("text,\"label\na,positive\n", "line 1", "never closed");
    }

    @Test
    void whatIsNotUtf8IsTold() throws IOException {
        Path file = folder.resolve("data.csv");
        Files.write(file, "text,label\npanganan\u00e9,positive\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> CsvTexts.read(file, Columns.DEFAULT))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void aLabelTheCheckpointDoesNotKnowIsNamedWithItsLine() throws IOException {
        Path file = file("text,label\na,Positive\nb,mixed\n");
        assertThatThrownBy(() -> Dataset.read(file, Columns.DEFAULT, new LabelMap(List.of("negative", "positive"))))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("line 3")
                .hasMessageContaining("\"mixed\"")
                .hasMessageContaining("negative, positive");
    }

    /// Whatever can be written as CSV is read back as it was.
    @Test
    void randomTextsSurviveTheRoundTrip() throws IOException {
        Random random = new Random(3);
        String alphabet = "ab ,\"\n\r'\t;é👍—";
        int[] symbols = alphabet.codePoints().toArray();
        for (int round = 0; round < 200; round++) {
            List<String> texts = new ArrayList<>();
            StringBuilder csv = new StringBuilder("text,label\n");
            for (int i = 0; i <= random.nextInt(6); i++) {
                StringBuilder text = new StringBuilder("x");
                for (int k = random.nextInt(12); k > 0; k--) {
                    text.appendCodePoint(symbols[random.nextInt(symbols.length)]);
                }
                texts.add(text.toString());
                csv.append('"').append(text.toString().replace("\"", "\"\"")).append("\",positive\n");
            }
            assertThat(CsvTexts.read(file(csv.toString()), Columns.DEFAULT))
                    .extracting(LabelledText::text)
                    .isEqualTo(texts);
        }
    }

    private void assertBad(String content, String said, String alsoSaid) throws IOException {
        Path file = file(content);
        assertThatThrownBy(() -> CsvTexts.read(file, Columns.DEFAULT))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("data.csv")
                .hasMessageContaining(said)
                .hasMessageContaining(alsoSaid);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("data.csv"), content);
    }
}

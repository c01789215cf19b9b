package sirkuit.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Problem;
import sirkuit.dataset.table.Columns;
import sirkuit.dataset.table.Layout;
import sirkuit.dataset.table.Quoting;
import sirkuit.dataset.table.RowFilter;
import sirkuit.dataset.table.TextFormat;
import sirkuit.dataset.table.TextSource;

class LabelledTextsTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void quotesNewlinesMarksAndCarriageReturnsAreRead() throws IOException {
        Path file =
                file("\uFEFF\"id\",text,label\r\n1,\"satu, \"\"dua\"\"\nbaris\",positive\r\n\r\n2,biasa, neutral \r\n");
        assertThat(read(file))
                .containsExactly(
                        new LabelledText(2, "satu, \"dua\"\nbaris", "positive"),
                        new LabelledText(5, "biasa", "neutral"));
    }

    /// Only a field that begins with a quote is quoted.
    @Test
    void aQuoteInsideAnUnquotedTextIsText() throws IOException {
        assertThat(read(file("text,label\nlayar 5\" bagus,positive")))
                .containsExactly(new LabelledText(2, "layar 5\" bagus", "positive"));
    }

    @Test
    void otherColumnNamesCanBeAskedFor() throws IOException {
        Path file = file("kalimat,kelas\nbagus,positive\n");
        assertThat(read(file, new Columns("kalimat", "kelas"))).hasSize(1);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no column \"text\"")
                .hasMessageContaining("kalimat, kelas")
                .hasMessageContaining("--text-column");
    }

    @Test
    void badRowsAreNamedByTheirLine() throws IOException {
        assertBad("text,label\n\"a\nb\",positive\nonly\n", "line 4", "too few columns");
        assertBad("text,label\na,positive,x\n", "line 2", "too many columns");
        assertBad("text,label\n  ,positive\n", "line 2", "1 row has no text");
        assertBad("text,label\na,\n", "line 2", "1 row has no label");
        assertBad("text,label\n", "no rows", "");
        assertBad("", "is empty", "");
        assertBad("text,label\na,positive\n\"b,positive\nc,positive\n", "line 3", "never closed");
        assertBad("text,\"label\na,positive\n", "line 1", "never closed");
    }

    /// Lines as an editor counts them.
    @Test
    void allRowsWithGapsAreToldAtOnceWithWhatHelps() throws IOException {
        Path file = file("text,label\na,positive\n,positive\n\"b\nc\",\n ,negative\n,\nd,negative\n,positive\n");
        assertBadFile(
                file, "4 rows have no text (lines 3, 6, 7, ...) and 2 rows have no label (lines 4, 7).", "remove");
        Layout skipping = new Layout(true, Quoting.AUTO, List.of(""));
        assertThatThrownBy(() -> read(new TextSource(file, null, Columns.DEFAULT, null, skipping)))
                .hasMessageContaining("3 rows have no text (lines 3, 6, 9).")
                .hasMessageNotContaining("--skip-label");
        assertBadFile(
                file("p.csv", "premise,hypothesis,label\na,,x\n"), "1 row has no second text (line 2)", "Fill in");
        assertBadFile(
                file("j.jsonl", "{\"text\":\"a\",\"label\":\"x\"}\n{\"text\":\"b\",\"label\":null}\n"),
                "no label (line 2)",
                "");
    }

    @Test
    void namesOfColumnsMayDifferInUpperAndLowerCase() throws IOException {
        Path file = file("Text,LABEL,Lang\na,positive,id\nb,negative,sw\n");
        List<LabelledText> rows = new ArrayList<>();
        LabelledTexts.Account account =
                LabelledTexts.read(new TextSource(file, null, Columns.DEFAULT, RowFilter.parse("lang=sw")), rows::add);
        assertThat(rows).extracting(LabelledText::text, LabelledText::label).containsExactly(tuple("b", "negative"));
        assertThat(account.notes()).isEmpty();
        // The one written as asked, where there are both; none of two that differ.
        assertThat(read(file("Text,text,label\na,b,positive\n")))
                .extracting(LabelledText::text)
                .containsExactly("b");
        assertBad("Text,TEXT,label\na,b,positive\n", "no column \"text\"", "Text, TEXT, label");
        assertThat(read(file("Sentence,label\na,positive\n"))).hasSize(1);
    }

    @Test
    void columnsOfOtherNamesAreSaid() throws IOException {
        assertThat(LabelledTexts.read(TextSource.of(file("Text,Sentiment\na,positive\n")), row -> {})
                        .notes())
                .singleElement()
                .asString()
                .contains("texts are read from \"Text\", labels from \"Sentiment\"");
        assertThat(LabelledTexts.read(TextSource.of(file("premise,hypothesis,label\na,b,positive\n")), row -> {})
                        .notes())
                .singleElement()
                .asString()
                .contains("from \"premise\" and \"hypothesis\", labels from \"label\"");
        assertThat(LabelledTexts.read(
                                new TextSource(
                                        file("text,sentiment\na,positive\n"),
                                        null,
                                        new Columns("text", "sentiment"),
                                        null),
                                row -> {})
                        .notes())
                .isEmpty();
    }

    @Test
    void whatIsNotUtf8IsTold() throws IOException {
        Path file = folder.resolve("data.csv");
        Files.write(file, "text,label\npanganan\u00e9,positive\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> read(file)).isInstanceOf(Problem.class).hasMessageContaining("not UTF-8");
    }

    @Test
    void aLabelTheCheckpointDoesNotKnowIsNamedWithItsLine() throws IOException {
        Path file = file("text,label\na,Positive\nb,mixed\n");
        assertThatThrownBy(() -> Dataset.open(TextSource.of(file), new LabelMap(List.of("negative", "positive"))))
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
            assertThat(read(file(csv.toString())))
                    .extracting(LabelledText::text)
                    .isEqualTo(texts);
        }
    }

    @Test
    void tabSeparatedTextsArePlainWhereAQuotationMarkIsACharacter() throws IOException {
        Path file = file("plain.tsv", "text\tlabel\n\"Bagus\", katanya\tpositive\n\"buruk\tnegative\n");
        assertThat(read(file)).extracting(LabelledText::text).containsExactly("\"Bagus\", katanya", "\"buruk");
    }

    @Test
    void tabSeparatedTextsAreQuotedWhereEveryQuoteIsClosed() throws IOException {
        Path file = file("quoted.tsv", "text\tlabel\n\"satu\n\"\"dua\"\"\tx\"\tpositive\nbiasa\tneutral\n");
        assertThat(read(file)).extracting(LabelledText::text).containsExactly("satu\n\"dua\"\tx", "biasa");
    }

    @Test
    void jsonLinesAreReadWithNumbersAndMissingFieldsTold() throws IOException {
        Path file = file(
                "data.jsonl", "{\"text\": \"bagus\", \"label\": 1, \"more\": [1]}\n\n{\"label\":0,\"text\":\"a\"}\n");
        assertThat(read(file)).containsExactly(new LabelledText(1, "bagus", "1"), new LabelledText(3, "a", "0"));
        assertBadFile(
                file("b.jsonl", "{\"text\": \"a\", \"label\": 1}\n{\"label\": 1}\n"), "line 2", "1 row has no text");
        assertBadFile(file("c.jsonl", "{\"text\": \"a\", \"label\": 1}\n{\"text\": \n"), "line 2", "not JSON");
        assertBadFile(file("d.jsonl", "[1]\n"), "line 1", "not a JSON object");
        assertBadFile(file("e.jsonl", "{\"text\": [\"a\"], \"label\": 1}\n"), "line 1", "not a text");
    }

    @Test
    void gzippedFilesAreUnpacked() throws IOException {
        Path file = folder.resolve("data.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("text,label\nbagus,positive\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(read(file)).containsExactly(new LabelledText(2, "bagus", "positive"));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 12));
        assertBadFile(file, "data.csv.gz", "cannot be unpacked");
    }

    @Test
    void parquetIsReadWithTheClassNamesOfHuggingFace() {
        assertThat(read(resource("texts-snappy.parquet")))
                .hasSize(6)
                .startsWith(
                        new LabelledText(1, "filmnya bagus sekali", "positive"),
                        new LabelledText(2, "pelayanan lambat, \"mengecewakan\"", "negative"))
                .endsWith(new LabelledText(6, "bukunya tebal 👍", "neutral"));
        assertThat(read(resource("texts-zstd.parquet")))
                .extracting(LabelledText::label)
                .containsExactly("2", "0", "1", "2", "0", "1");
    }

    @Test
    void pairsAndFiltersAreFoundInEveryFormat() throws IOException {
        assertThat(read(new TextSource(
                        resource("pairs-gzip.parquet"), null, Columns.DEFAULT, RowFilter.parse("language=id"))))
                .extracting(LabelledText::pair)
                .containsExactly("makanan enak\ndan murah", "bukunya tebal 👍");
        Path xnli = file(
                "xnli.dev.tsv", "language\tgold_label\tsentence1\tsentence2\nen\tneutral\t\"a\tb\nsw\tneutral\tc\td\n");
        assertThat(read(new TextSource(xnli, null, Columns.DEFAULT, new RowFilter("language", "sw"))))
                .containsExactly(new LabelledText(3, "c", "d", "neutral", "sw"));
        assertThatThrownBy(() -> read(new TextSource(xnli, null, Columns.DEFAULT, new RowFilter("language", "ur"))))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no row where language is \"ur\"");
        assertThatThrownBy(() -> read(new TextSource(xnli, null, Columns.DEFAULT, new RowFilter("lang", "ur"))))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no column \"lang\"");
    }

    @Test
    void theFormatIsNamedWhereTheNameDoesNotTell() throws IOException {
        Path file = file("data.txt", "text\tlabel\na\tpositive\n");
        assertBadFile(file, "data.txt", "--format");
        assertThat(read(new TextSource(file, TextFormat.TSV, Columns.DEFAULT, null)))
                .hasSize(1);
        assertBadFile(file("bars.csv", "text|label\na|positive\n"), "text|label", "Save it with commas");
        assertBadFile(folder, folder.toString(), "is a folder");
    }

    @Test
    void theRemedyForAFolderNamesADataFileThatIsThere() throws IOException {
        Path project = Files.createDirectory(folder.resolve("project"));
        assertThatThrownBy(() -> read(project))
                .hasMessageContaining("no data file was found in it")
                .hasMessageNotContaining("such as");
        Path checkpoint = Files.createDirectories(project.resolve("checkpoint"));
        Files.writeString(checkpoint.resolve("config.json"), "{}");
        Files.writeString(checkpoint.resolve("a.csv"), "text,label\n");
        Path data = Files.createDirectories(project.resolve("data/indonesian"));
        Files.writeString(project.resolve("data/labels.json"), "{}");
        Path train = Files.writeString(data.resolve("train.tsv.gz"), "");
        Files.writeString(data.resolve("valid.csv"), "");
        assertThatThrownBy(() -> read(project)).hasMessageContaining("Choose a file in it, such as " + train + ".");
        Path nearer = Files.writeString(project.resolve("data/z.parquet"), "");
        assertThatThrownBy(() -> read(project)).hasMessageContaining("such as " + nearer + ".");
    }

    @Test
    void theRemedyForAMissingFileNamesTheFilesBesideIt() throws IOException {
        Path missing = folder.resolve("tset.csv");
        assertThatThrownBy(() -> read(missing)).hasMessage(missing + " does not exist. Check the path.");
        file("train.csv", "");
        file("test.csv", "");
        file("notes.txt", "");
        assertThatThrownBy(() -> read(missing))
                .hasMessage(missing + " does not exist. Check the path. In the same folder there is: test.csv,"
                        + " train.csv.");
    }

    private List<LabelledText> read(Path file) {
        return read(TextSource.of(file));
    }

    private List<LabelledText> read(Path file, Columns columns) {
        return read(new TextSource(file, null, columns, null));
    }

    private static List<LabelledText> read(TextSource source) {
        List<LabelledText> rows = new ArrayList<>();
        LabelledTexts.read(source, rows::add);
        return rows;
    }

    private static Path resource(String name) {
        try {
            return Path.of(java.util.Objects.requireNonNull(LabelledTextsTest.class.getResource(name))
                    .toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertBad(String content, String said, String alsoSaid) throws IOException {
        assertBadFile(file(content), said, alsoSaid);
    }

    private void assertBadFile(Path file, String said, String alsoSaid) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(said)
                .hasMessageContaining(alsoSaid);
    }

    private Path file(String content) throws IOException {
        return file("data.csv", content);
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}

package sirkuit.dataset.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sirkuit.Problem;
import sirkuit.dataset.Dataset;
import sirkuit.dataset.LabelMap;
import sirkuit.dataset.LabelledTexts;

/// What quotation marks mean is told by the whole file: no row is lost, and what cannot be told is asked.
class QuotingTest {
    private static final List<String> LABELS = List.of("positive", "neutral", "negative");

    @TempDir
    Path folder = Path.of("");

    private record Pair(String text, String label) {}

    /// Rows of plain texts, some of them replaced.
    private static List<Pair> rows(int count, String... texts) {
        List<Pair> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(new Pair("teks nomor " + i, LABELS.get(i % 3)));
        }
        for (int i = 0; i < texts.length; i++) {
            int at = 3 + 4 * i;
            rows.set(at, new Pair(texts[i], rows.get(at).label()));
        }
        return rows;
    }

    private static String plain(List<Pair> rows, String separator, boolean labelFirst) {
        StringBuilder file =
                new StringBuilder(labelFirst ? "label" + separator + "text" : "text" + separator + "label");
        rows.forEach(r -> file.append('\n')
                .append(labelFirst ? r.label() + separator + r.text() : r.text() + separator + r.label()));
        return file.append('\n').toString();
    }

    /// As Python's csv module writes by default.
    private static String minimal(List<Pair> rows, char separator) {
        StringBuilder file = new StringBuilder("text" + separator + "label\r\n");
        for (Pair r : rows) {
            boolean needed = r.text().chars().anyMatch(c -> c == separator || c == '"' || c == '\n' || c == '\r');
            String text = needed ? "\"" + r.text().replace("\"", "\"\"") + "\"" : r.text();
            file.append(text).append(separator).append(r.label()).append("\r\n");
        }
        return file.toString();
    }

    private LabelledTexts.Account account = new LabelledTexts.Account(TextSource.of(Path.of("")), List.of());

    private List<Pair> read(String name, String content, Quoting quoting) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        List<Pair> rows = new ArrayList<>();
        account = LabelledTexts.read(
                new TextSource(file, null, Columns.DEFAULT, null, new Layout(true, quoting, List.of())),
                row -> rows.add(new Pair(row.text(), row.label())));
        return rows;
    }

    private List<Pair> read(String name, String content) throws IOException {
        return read(name, content, Quoting.AUTO);
    }

    private void refused(String name, String content, String... said) {
        assertThatThrownBy(() -> read(name, content))
                .isInstanceOf(Problem.class)
                .satisfies(e -> {
                    for (String words : said) {
                        assertThat(e).hasMessageContaining(words);
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"\t", ","})
    void aQuotationMarkThatOpensOneTextAndAnotherThatEndsALaterOneLoseNoRow(String separator) throws IOException {
        for (boolean labelFirst : new boolean[] {false, true}) {
            List<Pair> rows = rows(60, "\"Kebun raya sangat indah", "teks biasa", "layar 10\"");
            assertThat(read(separator.equals(",") ? "a.csv" : "a.tsv", plain(rows, separator, labelFirst)))
                    .isEqualTo(rows);
            assertThat(account.notes()).singleElement().asString().contains("line 5", "line 13", "--quoting standard");
        }
    }

    @Test
    void howeverFarApartTheMarksAre() throws IOException {
        List<Pair> rows = rows(30);
        rows.set(0, new Pair("\"awal", "positive"));
        rows.set(29, new Pair("akhir\"", "negative"));
        assertThat(read("a.tsv", plain(rows, "\t", false))).isEqualTo(rows);
        List<Pair> four = rows(4);
        four.set(0, new Pair("\"awal", "positive"));
        four.set(3, new Pair("akhir\"", "positive"));
        refused("b.tsv", plain(four, "\t", false), "line 2", "--quoting none", "--quoting standard");
        assertThat(read("b.tsv", plain(four, "\t", false), Quoting.NONE)).isEqualTo(four);
        assertThat(read("b.tsv", plain(four, "\t", false), Quoting.STANDARD)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"Bagus\" katanya", "\"tidak pernah ditutup", "layar 5\" lebar", "\"", "\"\"\"", "kata \"dia\""
            })
    void marksThatNeitherReadingExplainsAreCharacters(String text) throws IOException {
        List<Pair> rows = rows(40, text);
        assertThat(read("a.tsv", plain(rows, "\t", false))).isEqualTo(rows);
        assertThat(read("a.csv", plain(rows, ",", false))).isEqualTo(rows);
    }

    @Test
    void whatPythonWritesIsReadBack() throws IOException {
        List<Pair> rows = rows(
                40,
                "satu, dua",
                "dia bilang \"bagus\"",
                "baris satu\nbaris dua, lalu\n\ntiga",
                "\"seluruhnya\"",
                "tab\tdi sini",
                "\"");
        assertThat(read("a.csv", minimal(rows, ','))).isEqualTo(rows);
        assertThat(account.notes()).singleElement().asString().contains("40 rows from 43 lines", "1 row has a text");
        assertThat(read("a.tsv", minimal(rows, '\t'))).isEqualTo(rows);
    }

    /// The file as a whole decides, whatever the texts hold.
    @Test
    void randomTextsAreReadBackOrRefusedByEveryWayOfWriting() throws IOException {
        Random random = new Random(5);
        List<String> pieces =
                List.of("kata", "\"", " ", ", ", "\n", "\t", "\"buka ", " tutup\"", "kalimat yang panjang");
        int readBack = 0;
        for (int round = 0; round < 300; round++) {
            List<Pair> rows = rows(12 + random.nextInt(40));
            for (int k = random.nextInt(5); k >= 0; k--) {
                StringBuilder text = new StringBuilder();
                for (int j = 1 + random.nextInt(5); j > 0; j--) {
                    text.append(pieces.get(random.nextInt(pieces.size())));
                }
                rows.set(random.nextInt(rows.size()), new Pair(text + "x", LABELS.get(random.nextInt(3))));
            }
            boolean csv = random.nextBoolean();
            assertThat(read(csv ? "a.csv" : "a.tsv", minimal(rows, csv ? ',' : '\t')))
                    .as("round %d", round)
                    .isEqualTo(rows);
            List<Pair> lines = rows.stream()
                    .map(r -> new Pair(r.text().replaceAll("[\n\t,]", " "), r.label()))
                    .toList();
            try {
                List<Pair> found = read(csv ? "b.csv" : "b.tsv", plain(lines, csv ? "," : "\t", false));
                assertThat(found).as("round %d", round).hasSameSizeAs(lines);
                if (!found.equals(lines)) { // wholly quoted texts of a CSV, which is said
                    assertThat(account.notes()).asString().contains("wholly in quotation marks");
                } else {
                    readBack++;
                }
            } catch (Problem unsure) {
                assertThat(unsure.remedy()).contains("--quoting none");
            }
            assertThat(read(csv ? "b.csv" : "b.tsv", plain(lines, csv ? "," : "\t", false), Quoting.NONE))
                    .isEqualTo(lines);
        }
        assertThat(readBack).isGreaterThan(250);
    }

    @Test
    void textsThatStandWhollyInMarksAreReadByTheHabitsOfTheFormatAndSaid() throws IOException {
        List<Pair> rows = rows(40, "\"Kutipan\"");
        assertThat(read("a.tsv", plain(rows, "\t", false))).isEqualTo(rows);
        assertThat(account.notes()).singleElement().asString().contains("1 row", "--quoting standard");
        assertThat(read("a.csv", plain(rows, ",", false)))
                .contains(new Pair("Kutipan", rows.get(3).label()));
        assertThat(account.notes()).singleElement().asString().contains("1 row", "--quoting none");
        // Spreadsheets quote commas in TSV too.
        assertThat(read("b.tsv", "text\tlabel\n\"satu, dua\"\tpositive\ntiga\tneutral\n"))
                .contains(new Pair("satu, dua", "positive"));
    }

    @Test
    void aFileThatQuotesThroughoutIsNotReadPlainForOneBadRow() {
        refused(
                "a.csv",
                "\"text\",\"label\"\n\"satu\",\"positive\"\n\"dua \"tiga\" empat\",\"neutral\"\n\"lima\",\"positive\"\n",
                "line 3",
                "closing quotation mark",
                "\"\"",
                "--quoting none");
        refused("b.csv", "\"text\",\"label\"\n\"satu\",\"positive\"\n\"dua\",\"pos", "line 3", "never closed");
    }

    @Test
    void marksWithABackslashAreToldWithTheirLine() throws IOException {
        refused(
                "a.csv",
                "text,label\n\"satu, dua\",positive\n\"kata \\\"dia\\\", lalu\",neutral\n",
                "line 3",
                "backslash",
                "\"\"");
        // Read as standard quoting this loses a row without being wrong anywhere.
        refused(
                "b.csv",
                "text,label\n\"satu, layar 10\\\"\",positive\n\"dua, tiga\",neutral\n\"\\\"empat\\\" lima, enam\",neutral\n",
                "line 2",
                "backslash");
        // A field that ends in \" for standard quoting goes on for whoever wrote the backslash.
        refused("d.csv", "text,label\n\"satu\",positive\n\"dua \\\",neutral\ntiga\",neutral\n", "line 3", "backslash");
        assertThat(read("c.csv", "text,label\nkata \\\"dia\\\",positive\nlain,neutral\n"))
                .contains(new Pair("kata \\\"dia\\\"", "positive"));
        assertThat(account.notes()).singleElement().asString().contains("line 2", "backslash");
    }

    @Test
    void aTextOfSeveralLinesThatLookLikeRowsIsAsked() throws IOException {
        String file =
                "text\tlabel\n\"satu\tpositive\ndua\tneutral\ntiga\tx\ty\"\tpositive\nempat\tneutral\nlima\tpositive\n";
        refused("a.tsv", file, "line 2", "line 4", "--quoting standard", "line 4 would have to be corrected");
        assertThat(read("a.tsv", file, Quoting.STANDARD)).hasSize(3);
        assertThatThrownBy(() -> read("a.tsv", file, Quoting.NONE)).hasMessageContaining("line 4");
    }

    @Test
    void standardQuotingThatWasAskedForTellsTheLineOfWhatIsWrong() {
        String file = plain(rows(40, "\"Bagus\" katanya"), ",", false);
        assertThatThrownBy(() -> read("a.csv", file, Quoting.STANDARD))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("line 5")
                .hasMessageContaining("--quoting none");
    }

    @Test
    void gzippedFilesAndOtherLineEndsAreDecidedAlike() throws IOException {
        List<Pair> rows = rows(60, "\"buka", "x", "tutup\"");
        for (String end : List.of("\r\n", "\r")) {
            assertThat(read("a.tsv", plain(rows, "\t", false).replace("\n", end)))
                    .isEqualTo(rows);
        }
        Path file = folder.resolve("b.tsv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(("\uFEFF" + plain(rows, "\t", false)).getBytes(StandardCharsets.UTF_8));
        }
        Dataset data = Dataset.open(TextSource.of(file), new LabelMap(LABELS));
        assertThat(data.size()).isEqualTo(60);
        assertThat(data.select(List.of(3, 59)))
                .containsExactly(new Dataset.Example("\"buka", 0), new Dataset.Example("teks nomor 59", 2));
    }

    @Test
    void thereIsNoFourthQuoting() {
        assertThatThrownBy(() -> Quoting.named("double"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("auto|none|standard");
    }
}

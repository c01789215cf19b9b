package sirkuit.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Problem;
import sirkuit.dataset.table.Columns;
import sirkuit.dataset.table.Layout;
import sirkuit.dataset.table.Quoting;
import sirkuit.dataset.table.RowFilter;
import sirkuit.dataset.table.TextSource;

/// Files without a header, rows without a label, labels spelt oddly, files that cannot be read.
class OddRowsTest {
    private static final LabelMap LABELS = new LabelMap(List.of("negative", "neutral", "positive"));

    @TempDir
    Path folder = Path.of("");

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static TextSource headerless(Path file, Columns columns, String... skipped) {
        return new TextSource(file, null, columns, null, new Layout(false, Quoting.AUTO, List.of(skipped)));
    }

    private static TextSource skipping(Path file, String... skipped) {
        return new TextSource(file, null, Columns.DEFAULT, null, new Layout(true, Quoting.AUTO, List.of(skipped)));
    }

    private static List<LabelledText> read(TextSource source) {
        List<LabelledText> rows = new ArrayList<>();
        LabelledTexts.read(source, rows::add);
        return rows;
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(TextSource source) {
        return assertThatThrownBy(() -> Dataset.open(source, LABELS)).isInstanceOf(Problem.class);
    }

    @Test
    void columnsWithoutAHeaderAreCalledByTheirNumbers() throws IOException {
        Path tsv = file("a.tsv", "makanan enak\tpositive\n\"kotor\tnegative\n");
        assertThat(read(headerless(tsv, new Columns("1", "2"))))
                .containsExactly(
                        new LabelledText(1, "makanan enak", "positive"), new LabelledText(2, "\"kotor", "negative"));
        Path pairs = file("b.csv", "id,satu,dua,neutral\nsw,\"tiga, empat\",lima,positive\n");
        assertThat(read(new TextSource(
                        pairs,
                        null,
                        new Columns("2", "3", "4"),
                        RowFilter.parse("1=sw"),
                        new Layout(false, Quoting.AUTO, List.of()))))
                .containsExactly(new LabelledText(2, "tiga, empat", "lima", "positive", "sw"));
    }

    @Test
    void numbersThatAreNoColumnsAreToldWithHowManyThereAre() throws IOException {
        Path tsv = file("a.tsv", "makanan enak\tpositive\nkotor\tnegative\n");
        refused(headerless(tsv, new Columns("0", "2"))).hasMessageContaining("columns are 1 to 2");
        refused(headerless(tsv, Columns.DEFAULT)).hasMessageContaining("--text-column 1 --label-column 2");
        refused(headerless(tsv, new Columns("1", "3", "2")))
                .hasMessageContaining("no column \"3\"")
                .hasMessageContaining("--pair-column");
        refused(headerless(file("a.jsonl", "{\"text\":\"a\",\"label\":1}\n"), new Columns("1", "2")))
                .hasMessageContaining("--no-header is for CSV and TSV");
    }

    @Test
    void aFileReadWithAHeaderByMistakeIsToldSo() throws IOException {
        Path tsv = file("a.tsv", "positive\t7\tmakanan yang enak\nnegative\t8\tkotor\npositive\t9\tbaik\n");
        refused(TextSource.of(tsv))
                .hasMessageContaining("--no-header")
                .hasMessageContaining("--text-column 3 --label-column 1");
        refused(new TextSource(tsv, null, new Columns("3", "1"), null)).hasMessageContaining("--no-header");
        refused(TextSource.of(file("b.csv", "kalimat,kelas\na,positive\n")))
                .hasMessageContaining("--text-column")
                .message()
                .doesNotContain("--no-header");
    }

    @Test
    void aHeaderThatIsReadAsARowIsToldSo() throws IOException {
        Path csv = file("a.csv", "text,label\na,positive\n");
        refused(headerless(csv, new Columns("1", "2")))
                .hasMessageContaining("line 1")
                .hasMessageContaining("Leave --no-header out");
    }

    @Test
    void rowsWithoutARightLabelAreLeftOutAndCounted() throws IOException {
        Path csv = file("a.csv", "text,label\na,positive\n,-\nb,-1\nc,-1.0\nd,negative\ne,\u00A0\n");
        refused(TextSource.of(csv)).hasMessageContaining("no text (line 3)");
        refused(skipping(file("d.csv", "text,label\na,positive\nb,-\nc,-1\n"), "-"))
                .hasMessageContaining("line 4")
                .hasMessageContaining("--skip-label - --skip-label -1)");
        refused(skipping(file("n.csv", "text,label\na,positive\nb,\nc,NaN\n"), ""))
                .hasMessageContaining("line 4")
                .hasMessageContaining("(--skip-label \"\" --skip-label NaN)");
        refused(skipping(csv, "-", "-1")).hasMessageContaining("line 7").hasMessageContaining("--skip-label \"\"");
        Dataset data = Dataset.open(skipping(csv, "-", "-1", ""), LABELS);
        assertThat(data.size()).isEqualTo(2);
        assertThat(data.notes()).singleElement().asString().contains("4 of 6 rows", "\"-1\"", "2 are used");
        assertThat(data.select(List.of(1, 0)))
                .containsExactly(new Dataset.Example("d", 0), new Dataset.Example("a", 2));
        Path without = file("b.csv", "text,label\na,positive\nd,negative\n");
        assertThat(data.digest())
                .isEqualTo(Dataset.open(TextSource.of(without), LABELS).digest());
        refused(skipping(file("c.csv", "text,label\na,-\n"), "-"))
                .hasMessageContaining("only rows with labels that are skipped");
    }

    @Test
    void snliIsReadWithoutItsRowsWithoutAGoldLabel() throws IOException {
        Path snli = file(
                "snli.tsv",
                "gold_label\tsentence1\tsentence2\nneutral\tA \"man\" runs\tHe runs\n-\tA\tB\npositive\tC\tD\n");
        Dataset data = Dataset.open(skipping(snli, "-"), LABELS);
        assertThat(data.size()).isEqualTo(2);
        assertThat(data.label(1)).isEqualTo(2);
    }

    @Test
    void wholeNumbersWithAPointAreReadAlikeEverywhere() throws IOException {
        Path csv = file("a.csv", "text,label\na,2.0\nb,0\nc,1.000\n");
        Path tsv = file("a.tsv", "text\tlabel\na\t2.0\nb\t0\nc\t1.000\n");
        Path jsonl = file(
                "a.jsonl",
                "{\"text\":\"a\",\"label\":2.0}\n{\"text\":\"b\",\"label\":\"0.0\"}\n{\"text\":\"c\",\"label\":1}\n");
        for (Path file : List.of(csv, tsv, jsonl)) {
            assertThat(read(TextSource.of(file)))
                    .extracting(LabelledText::label)
                    .containsExactly("2", "0", "1");
            Dataset data = Dataset.open(TextSource.of(file), LABELS);
            assertThat(List.of(data.label(0), data.label(1), data.label(2))).containsExactly(2, 0, 1);
        }
        assertThat(Dataset.open(TextSource.of(csv), LABELS).digest())
                .isEqualTo(Dataset.open(TextSource.of(jsonl), LABELS).digest());
        // A checkpoint may call its classes so.
        Dataset named = Dataset.open(TextSource.of(csv), new LabelMap(List.of("2.0", "1.0", "0.0")));
        assertThat(List.of(named.label(0), named.label(1), named.label(2))).containsExactly(0, 2, 1);
    }

    @Test
    void blanksOutsideAsciiAroundLabelsAreNoPartOfThem() throws IOException {
        Path csv = file(
                "a.csv",
                "text,\u00A0label\uFEFF\na,\u00A0positive\u00A0\nb,\u3000neutral\u200B\nc,\uFEFFnegative\u2009\n");
        assertThat(read(TextSource.of(csv)))
                .extracting(LabelledText::label)
                .containsExactly("positive", "neutral", "negative");
        refused(TextSource.of(file("b.csv", "text,label\n\u200B\u00A0,positive\n")))
                .hasMessageContaining("no text (line");
    }

    @Test
    void whatIsNotUtf8IsToldWithItsLine() throws IOException {
        StringBuilder many = new StringBuilder("text,label\n");
        for (int i = 0; i < 3000; i++) {
            many.append("teks nomor ").append(i).append(",positive\n");
        }
        byte[] whole = (many + "kafe\u00E9,positive\nx,positive\n").getBytes(StandardCharsets.ISO_8859_1);
        for (String name : List.of("a.csv", "a.tsv")) {
            Path file = Files.write(folder.resolve(name), whole);
            refused(TextSource.of(file)).hasMessageContaining("line 3002 is not UTF-8");
        }
        Path jsonl = Files.write(
                folder.resolve("a.jsonl"),
                "{\"text\":\"a\",\"label\":1}\n{\"text\":\"\u00E9\",\"label\":1}\n"
                        .getBytes(StandardCharsets.ISO_8859_1));
        refused(TextSource.of(jsonl)).hasMessageContaining("line 2 is not UTF-8");
        Path wide = Files.write(folder.resolve("b.csv"), "\uFEFFtext,label\n".getBytes(StandardCharsets.UTF_16LE));
        refused(TextSource.of(wide)).hasMessageContaining("UTF-16").hasMessageContaining("Save it as UTF-8");
    }

    /// The process's own memory is a file that opens and cannot be read.
    @Test
    @EnabledOnOs(OS.LINUX)
    void aDiskThatFailsIsNotTakenForAWrongFormat() throws IOException {
        for (String name : List.of("a.csv", "a.tsv", "a.jsonl", "a.parquet")) {
            Path link = Files.createSymbolicLink(folder.resolve(name), Path.of("/proc/self/mem"));
            refused(TextSource.of(link))
                    .hasMessageContaining("cannot be read: ")
                    .hasMessageContaining("Check the disk")
                    .message()
                    .doesNotContain("--format");
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aFileThatMayNotBeReadIsToldSo() throws IOException {
        for (String name : List.of("a.csv", "a.parquet")) {
            Path secret = file(name, "text,label\na,positive\n");
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
            Assumptions.assumeFalse(Files.isReadable(secret), "root reads everything");
            refused(TextSource.of(secret))
                    .hasMessageContaining("permission")
                    .hasMessageContaining("Check the permissions");
        }
    }

    @Test
    void parquetSpeaksOfRows() throws Exception {
        Path parquet = Path.of(java.util.Objects.requireNonNull(OddRowsTest.class.getResource("texts-zstd.parquet"))
                .toURI());
        assertThatThrownBy(() -> Dataset.open(TextSource.of(parquet), new LabelMap(List.of("a", "b"))))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(", row 1:")
                .hasMessageContaining("\"2\"");
    }
}

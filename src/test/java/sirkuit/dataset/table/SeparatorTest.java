package sirkuit.dataset.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.dataset.LabelledText;
import sirkuit.dataset.LabelledTexts;

/// CSV whose values stand between semicolons or tabs. The rows are those of Python's `csv.reader` with that delimiter.
class SeparatorTest {
    @TempDir
    Path folder = Path.of("");

    private final List<LabelledText> rows = new ArrayList<>();

    private List<Message> notes(String name, String content) throws IOException {
        return notes(TextSource.of(Files.writeString(folder.resolve(name), content)));
    }

    private List<Message> notes(TextSource source) {
        rows.clear();
        return LabelledTexts.read(source, rows::add).notes();
    }

    @Test
    void semicolonsAreSeenInTheFirstLineAndSaid() throws IOException {
        List<Message> notes = notes(
                "a.csv",
                "text;label\r\nBagus, sekali;positive\r\n\"Dua; baris, kata \"\"dia\"\"\";negative\r\n5,5 dari 10;neutral\r\n");
        assertThat(rows)
                .extracting(LabelledText::text)
                .containsExactly("Bagus, sekali", "Dua; baris, kata \"dia\"", "5,5 dari 10");
        assertThat(rows).extracting(LabelledText::label).containsExactly("positive", "negative", "neutral");
        assertThat(notes).first().asString().contains("a.csv is separated by semicolons");
    }

    @Test
    void tabsInACsvAreSeenToo() throws IOException {
        assertThat(notes("a.csv", "id\ttext\tlabel\n1\tBagus; sekali, kata dia\tpositive\n"))
                .singleElement()
                .asString()
                .contains("separated by tabs");
        assertThat(rows).extracting(LabelledText::text).containsExactly("Bagus; sekali, kata dia");
    }

    /// The comma in a quoted name is none, and a semicolon in one neither.
    @Test
    void whatIsQuotedInTheFirstLineDoesNotCount() throws IOException {
        assertThat(notes("a.csv", "\"id, old\";\"text\";\"label\"\n1;\"a, b\";positive\n"))
                .isNotEmpty();
        assertThat(rows).extracting(LabelledText::text).containsExactly("a, b");
        assertThat(notes("b.csv", "\"id; \"\"old\"\"\",text,label\n1,a; b,positive\n"))
                .isEmpty();
        assertThat(rows).extracting(LabelledText::text).containsExactly("a; b");
    }

    @Test
    void aFirstRowWithoutAHeaderTellsAsWell() throws IOException {
        Path file =
                Files.writeString(folder.resolve("a.csv"), "\"Bagus; sekali, kata dia\";positive\nburuk;negative\n");
        Layout layout = new Layout(false, Quoting.AUTO, List.of());
        notes(new TextSource(file, null, new Columns("1", "2"), null, layout));
        assertThat(rows).extracting(LabelledText::text).containsExactly("Bagus; sekali, kata dia", "buruk");
    }

    @Test
    void aRowThatDoesNotFitIsToldWithTheSignThatTheFileHas() {
        assertThatThrownBy(() -> notes("a.csv", "text;label\na;positive\nb;c;negative\n"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("line 3")
                .hasMessageContaining("a text with a semicolon");
    }

    /// What each remedy says helps.
    @Test
    void aTsvThatHasNoTabsIsReadAsCsv() throws IOException {
        assertThatThrownBy(() -> notes("a.tsv", "text;label\na;positive\n")).hasMessageContaining("--format csv");
        notes(new TextSource(folder.resolve("a.tsv"), TextFormat.CSV, Columns.DEFAULT, null));
        assertThat(rows).extracting(LabelledText::text).containsExactly("a");
        assertThatThrownBy(() -> notes("b.csv", "text|label\na|positive\n"))
                .hasMessageContaining("Save it with commas");
    }
}

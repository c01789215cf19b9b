package sirkuit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
    @Test
    void whatMovesTheCursorOrTurnsTheLineIsShownAsANumber() {
        assertThat(Printable.of("a\u001b[31mb\u0007\u007f\u009b\u202ec\u2066\r"))
                .isEqualTo("a\\u001b[31mb\\u0007\\u007f\\u009b\\u202ec\\u2066\\u000d");
        assertThat(Printable.of("Minangkabau é 中 😀 \u200f\u200d\r\n\tx"))
                .isEqualTo("Minangkabau é 中 😀 \u200f\u200d\r\n\tx");
        assertThat(Printable.line("a\nsirkuit: all is well\t.")).isEqualTo("a\\u000asirkuit: all is well\\u0009.");
    }

    @Test
    void inJsonItMeansTheSame() throws JsonProcessingException {
        String text = "a\u001b\u007f\u009b\u202e\u2028b";
        assertThat(Json.MAPPER.readValue(Printable.of(Json.line(text)), String.class))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "=1+1, '''=1+1'",
        "@SUM(A1), '''@SUM(A1)'",
        "+62 812, '''+62 812'",
        "-bagus, '''-bagus'",
        "'''=x', '''''=x'",
        "-0.25, -0.25",
        "+1e-5, +1e-5",
        "-Infinity, -Infinity",
        "'bagus = baik', 'bagus = baik'",
        "'''kutip', '''kutip'"
    })
    void aSpreadsheetTakesTextsForTexts(String text, String cell) {
        assertThat(SheetText.cell(text)).isEqualTo(cell);
    }

    @Test
    void tabsAndLinesBeforeAFormulaHideNothing() {
        assertThat(SheetText.cell("\t=1")).isEqualTo("'\t=1");
        assertThat(SheetText.cell("\r=1")).isEqualTo("'\r=1");
    }
}

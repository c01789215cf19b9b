package sirkuit.app.mask;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"mine", "top 12 by cdt", "Überlauf_2.1", "currents"})
    void whatIsAFileNameEverywhereIsAllowed(String name) {
        assertThat(MaskName.objection(name)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "current", "CURRENT", "../up", "a/b", "a\\b", ".hidden", "what?", "NUL", "com1.x", "dot."})
    void whatIsNotIsRefusedWithAWord(String name) {
        assertThat(MaskName.objection(name)).isNotBlank();
    }

    @Test
    void aNameOfEightyCharactersIsTheLongest() {
        assertThat(MaskName.objection("a".repeat(80))).isNull();
        assertThat(MaskName.objection("a".repeat(81))).contains("80");
    }

    @Test
    void aSuggestionCanBeUsed() {
        assertThat(MaskName.suggestion("(top 3 by cdt + by hand) without all"))
                .isEqualTo("top 3 by cdt by hand without all");
    }
}

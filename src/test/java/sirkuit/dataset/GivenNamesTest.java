package sirkuit.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sirkuit.Problem;

/// Names that the user gives to the classes of a checkpoint.
class GivenNamesTest {
    private static final Path CONFIG = Path.of("model", "config.json");

    private static List<String> named(String own, String given) {
        return GivenNames.named(CONFIG, List.of(own.split(";")), List.of(given.split(";")));
    }

    @ParameterizedTest
    @CsvSource({
        "negative;neutral;positive, positive;neutral;negative",
        "negative;neutral;positive, POSITIVE;Neutral;Negative",
        "negative;neutral;positive, bad;negative;good",
        "negative;neutral;positive, pos;neu;neg",
        "NEGATIVE;POSITIVE, pos;neg",
        "entailment;neutral;contradiction, contradictory;neutral;entailment",
        "LABEL_0;LABEL_1, LABEL_1;LABEL_0",
        "LABEL_0;LABEL_1, 1;0",
        "0;1;2, 2;1;0",
        "1;2;3, 3;2;1",
    })
    void theCheckpointsOwnNamesInAnotherOrderAreRefused(String own, String given) {
        assertThatThrownBy(() -> named(own, given))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("config.json has the order 0 ")
                .hasMessageContaining("--label-map");
    }

    @ParameterizedTest
    @CsvSource({
        "LABEL_0;LABEL_1;LABEL_2, negative;neutral;positive",
        "LABEL_0;LABEL_1;LABEL_2, positive;neutral;negative",
        "0;1;2, negative;neutral;positive",
        "LABEL_0;LABEL_1;LABEL_2, 1;2;3",
        "positive;negative, pos;neg",
        "entailment;not_entailment, yes;no",
        "negative;neutral;positive, negatif;netral;positif",
    })
    void otherNamesAreTaken(String own, String given) {
        assertThat(named(own, given)).containsExactly(given.split(";"));
    }

    @ParameterizedTest
    @CsvSource({
        "negative;neutral;positive, Negative;NEUTRAL;positive",
        "LABEL_0;LABEL_1, 0;1",
        "LABEL_0;LABEL_1, label_0;label_1",
    })
    void theSameNamesAreTheCheckpointsOwn(String own, String given) {
        assertThat(named(own, given)).containsExactly(own.split(";"));
    }

    @Test
    void aNewNameForARealOneSaysWhichIsWhich() {
        assertThat(GivenNames.renamed(List.of("positive", "negative"), List.of("pos", "negative")))
                .asString()
                .contains("\"pos\" stands for \"positive\"")
                .doesNotContain("\"negative\"");
        assertThat(GivenNames.renamed(List.of("LABEL_0", "LABEL_1"), List.of("no", "yes")))
                .isNull();
    }
}

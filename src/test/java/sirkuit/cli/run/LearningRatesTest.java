package sirkuit.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sirkuit.Problem;
import sirkuit.record.Defaults;
import sirkuit.study.StudyStrategy;

class LearningRatesTest {
    private static final List<String> WORDS = List.of("full", "random-2", "norms");

    private static List<List<Double>> rates(@Nullable String text) {
        List<StudyStrategy> strategies = List.of(
                StudyStrategy.full(2e-4), StudyStrategy.random(2, 2, 4, true, 1e-3), StudyStrategy.norms(2, 4, 1e-3));
        return LearningRates.of(text).on(WORDS, strategies).stream()
                .map(StudyStrategy::rates)
                .toList();
    }

    @Test
    void ratesAreGivenByStrategyForAllHeadsOrForAll() {
        assertThat(rates(null)).containsExactly(List.of(2e-4), List.of(1e-3), List.of(1e-3));
        assertThat(rates("full=5e-5,1e-5; heads=5e-4,1e-3"))
                .containsExactly(List.of(1e-5, 5e-5), List.of(5e-4, 1e-3), List.of(5e-4, 1e-3));
        assertThat(rates("norms=2e-3;heads=5e-4,1e-3"))
                .containsExactly(List.of(2e-4), List.of(5e-4, 1e-3), List.of(2e-3));
        assertThat(rates("1e-5,1e-4")).containsOnly(List.of(1e-5, 1e-4));
    }

    @Test
    void autoIsAGridThatIsEvenInItsLogarithms() {
        assertThat(rates("auto")).containsExactly(Defaults.FULL_RATES, Defaults.MASKED_RATES, Defaults.MASKED_RATES);
        assertThat(rates("full=auto").get(1)).hasSize(1);
        for (List<Double> grid : List.of(Defaults.FULL_RATES, Defaults.MASKED_RATES)) {
            double ratio = Math.pow(grid.getLast() / grid.getFirst(), 1.0 / (grid.size() - 1));
            for (int i = 1; i < grid.size(); i++) {
                assertThat(grid.get(i) / grid.get(i - 1) / ratio).isBetween(0.97, 1.03);
            }
        }
        assertThat(Defaults.FULL_RATES).startsWith(1e-5).endsWith(2e-4);
        assertThat(Defaults.MASKED_RATES).startsWith(2e-4).endsWith(3e-3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            top-2=1e-5            | top-2, which is no strategy
            full=1e-5;full=2e-5   | The strategy full is given twice
            full=1e-5,1e-5        | the learning rate 1e-5 twice
            full=0                | --learning-rates
            full=-1e-5            | --learning-rates
            full=fast             | "fast" is not a learning rate
            full=                 | "" is not a learning rate
            1e-5;heads=1e-4       | which strategy "1e-5" is for
            """)
    void whatMakesNoSenseIsRefused(String text, String why) {
        assertThatThrownBy(() -> rates(text)).isInstanceOf(Problem.class).hasMessageContaining(why);
    }

    @Test
    void ratesForHeadsNeedAStrategyWithAMask() {
        LearningRates heads = LearningRates.of("heads=1e-3");
        assertThatThrownBy(() -> heads.on(List.of("full"), List.of(StudyStrategy.full(2e-4))))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("heads, which is no strategy");
    }
}

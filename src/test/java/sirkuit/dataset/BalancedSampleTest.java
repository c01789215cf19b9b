package sirkuit.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import sirkuit.Problem;

class BalancedSampleTest {
    private static final LabelMap LABELS = new LabelMap(List.of("negative", "neutral", "positive"));

    @Test
    void everyClassGivesTheSame() {
        Dataset data = data(50, 20, 30);
        List<Integer> drawn = BalancedSample.draw(data, 30, 1);
        assertThat(data.select(drawn).classCounts()).containsExactly(10, 10, 10);
        assertThat(new HashSet<>(drawn)).hasSize(30);
    }

    @Test
    void aSmallClassGivesAllItHas() {
        Dataset data = data(50, 2, 30);
        assertThat(data.select(BalancedSample.draw(data, 30, 1)).classCounts()).containsExactly(14, 2, 14);
    }

    @Test
    void baselineAndScoredExamplesAreDisjointWhereThereAreEnough() {
        Dataset data = data(100, 100, 100);
        BalancedSample.Pair pair = BalancedSample.drawPair(data, 180, 120, 5);
        HashSet<Integer> both = new HashSet<>(pair.baseline());
        both.retainAll(pair.scored());
        assertThat(both).isEmpty();
        assertThat(pair.shared()).isZero();
        assertThat(data.select(pair.scored()).classCounts()).containsExactly(40, 40, 40);
    }

    @Test
    void whatMustBeSharedIsCounted() {
        Dataset data = data(100, 10, 100);
        BalancedSample.Pair pair = BalancedSample.drawPair(data, 60, 30, 5);
        assertThat(data.select(pair.scored()).classCounts()).containsExactly(10, 10, 10);
        assertThat(pair.shared()).isEqualTo(10);
    }

    @Test
    void theSeedDecides() {
        Dataset data = data(50, 50, 50);
        assertThat(BalancedSample.draw(data, 30, 1)).isEqualTo(BalancedSample.draw(data, 30, 1));
        assertThat(BalancedSample.draw(data, 30, 1)).isNotEqualTo(BalancedSample.draw(data, 30, 2));
    }

    @Test
    void aMissingLabelIsNamed() {
        assertThatThrownBy(() -> BalancedSample.draw(data(5, 0, 5), 6, 1))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("train.csv")
                .hasMessageContaining("\"neutral\"");
    }

    private static Dataset data(int... counts) {
        List<Dataset.Example> examples = new ArrayList<>();
        for (int label = 0; label < counts.length; label++) {
            for (int i = 0; i < counts[label]; i++) {
                examples.add(new Dataset.Example("text " + label + " " + i, label));
            }
        }
        return new Dataset(Path.of("train.csv"), LABELS, examples);
    }
}

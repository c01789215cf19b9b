package sirkuit.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Problem;
import sirkuit.dataset.table.TextSource;

class BalancedSampleTest {
    @TempDir
    Path folder = Path.of("");

    private static final LabelMap LABELS = new LabelMap(List.of("negative", "neutral", "positive"));

    @Test
    void everyClassGivesTheSame() {
        Dataset data = data(50, 20, 30);
        List<Integer> drawn = BalancedSample.draw(data, 30, 1);
        assertThat(counts(data, drawn)).containsExactly(10, 10, 10);
        assertThat(new HashSet<>(drawn)).hasSize(30);
    }

    @Test
    void aSmallClassGivesAllItHas() {
        Dataset data = data(50, 2, 30);
        assertThat(counts(data, BalancedSample.draw(data, 30, 1))).containsExactly(14, 2, 14);
    }

    @Test
    void baselineAndScoredExamplesAreDisjointWhereThereAreEnough() {
        Dataset data = data(100, 100, 100);
        BalancedSample.Pair pair = BalancedSample.drawPair(data, 180, 120, 5);
        HashSet<Integer> both = new HashSet<>(pair.baseline());
        both.retainAll(pair.scored());
        assertThat(both).isEmpty();
        assertThat(pair.shared()).isZero();
        assertThat(counts(data, pair.scored())).containsExactly(40, 40, 40);
    }

    @Test
    void whatMustBeSharedIsCounted() {
        Dataset data = data(100, 10, 100);
        BalancedSample.Pair pair = BalancedSample.drawPair(data, 60, 30, 5);
        assertThat(counts(data, pair.scored())).containsExactly(10, 10, 10);
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

    private static int[] counts(Dataset data, List<Integer> indices) {
        int[] counts = new int[LABELS.size()];
        data.select(indices).forEach(e -> counts[e.label()]++);
        return counts;
    }

    private Dataset data(int... counts) {
        StringBuilder csv = new StringBuilder("text,label\n");
        for (int label = 0; label < counts.length; label++) {
            for (int i = 0; i < counts[label]; i++) {
                csv.append("text ")
                        .append(label)
                        .append(' ')
                        .append(i)
                        .append(',')
                        .append(label)
                        .append('\n');
            }
        }
        try {
            return Dataset.open(TextSource.of(Files.writeString(folder.resolve("train.csv"), csv)), LABELS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

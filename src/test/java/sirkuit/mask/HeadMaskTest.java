package sirkuit.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Problem;

class HeadMaskTest {
    private static final RelevanceScores SCORES = new RelevanceScores(
            ScoreMethod.CDT, new double[][] {{0.5, -0.9, 0.01}, {0.5, Double.NaN, 0.2}}, new double[2][3], 10);

    @TempDir
    Path folder = Path.of("");

    @Test
    void topKTakesTheHighestAndBreaksTiesByLayerThenHead() {
        assertThat(new MaskStrategy.TopK(1).apply(SCORES).selected()).containsExactly(new Head(0, 0));
        assertThat(new MaskStrategy.TopK(3).apply(SCORES).selected())
                .containsExactly(new Head(0, 0), new Head(1, 0), new Head(1, 2));
        assertThat(new MaskStrategy.TopK(5).apply(SCORES).size()).isEqualTo(5);
    }

    @Test
    void nearZeroTakesTheSmallestAbsoluteScores() {
        assertThat(new MaskStrategy.NearZero(2).apply(SCORES).selected())
                .containsExactly(new Head(0, 2), new Head(1, 2));
    }

    @Test
    void moreHeadsThanHaveScoresAreRefused() {
        for (MaskStrategy asking : List.of(new MaskStrategy.TopK(6), new MaskStrategy.NearZero(6))) {
            assertThatThrownBy(() -> asking.apply(SCORES))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("6 heads cannot be selected")
                    .hasMessageContaining("5 of the 6 have a score")
                    .hasMessageContaining("between 0 and 5");
        }
        assertThatThrownBy(() -> new MaskStrategy.TopK(-1).apply(SCORES)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> new MaskStrategy.Threshold(Double.NaN)).isInstanceOf(Problem.class);
    }

    @Test
    void thresholdKeepsWhatIsAtLeastThat() {
        assertThat(new MaskStrategy.Threshold(0.2).apply(SCORES).selected())
                .containsExactly(new Head(0, 0), new Head(1, 0), new Head(1, 2));
    }

    @Test
    void randomIsDecidedByItsSeed() {
        HeadMask one = new MaskStrategy.RandomK(3, 4).apply(SCORES);
        assertThat(one).isEqualTo(new MaskStrategy.RandomK(3, 4).apply(SCORES));
        assertThat(one.size()).isEqualTo(3);
    }

    @Test
    void aMaskOfTwoIsCalledByBoth() {
        HeadMask a = new HeadMask(2, 3, List.of(new Head(0, 0)), "by hand");
        HeadMask b = new HeadMask(2, 3, List.of(new Head(1, 1)), "top 1 by gradient");
        assertThat(a.union(b).madeBy()).isEqualTo("by hand + top 1 by gradient");
        assertThat(a.intersection(b).madeBy()).isEqualTo("both by hand and top 1 by gradient");
        assertThat(a.union(b).difference(b).madeBy())
                .isEqualTo("(by hand + top 1 by gradient) without top 1 by gradient");
    }

    @Test
    void setOperationsAreThoseOfSets() {
        HeadMask a = new HeadMask(2, 3, List.of(new Head(0, 0), new Head(0, 1)), "a");
        HeadMask b = new HeadMask(2, 3, List.of(new Head(0, 1), new Head(1, 1)), "b");
        assertThat(a.union(b).size()).isEqualTo(3);
        assertThat(a.intersection(b).selected()).containsExactly(new Head(0, 1));
        assertThat(a.difference(b).selected()).containsExactly(new Head(0, 0));
        assertThatThrownBy(() -> a.union(HeadMask.all(3, 3))).isInstanceOf(Problem.class);
    }

    @Test
    void aHeadOutsideTheModelIsRefused() {
        assertThatThrownBy(() -> new HeadMask(2, 3, List.of(new Head(2, 0)), "x"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("2.0");
        assertThatThrownBy(() -> Head.parse("2-1")).isInstanceOf(Problem.class);
    }

    @Test
    void aRowIsSwitchedOnUnlessAllOfItIsOn() {
        HeadMask mask = HeadMask.none(2, 3).toggled(new Head(0, 1));
        List<Head> row = List.of(new Head(0, 0), new Head(0, 1), new Head(0, 2));
        assertThat(mask.toggledTogether(row).size()).isEqualTo(3);
        assertThat(mask.toggledTogether(row).toggledTogether(row).size()).isZero();
    }

    @Test
    void historyGoesBackAndForth() {
        MaskHistory history = new MaskHistory(HeadMask.none(2, 3));
        HeadMask one = history.current().toggled(new Head(0, 0));
        HeadMask two = one.toggled(new Head(1, 1));
        history.change(one);
        history.change(two);
        history.undo();
        assertThat(history.current()).isEqualTo(one);
        history.redo();
        assertThat(history.current()).isEqualTo(two);
        history.undo();
        history.undo();
        history.undo();
        assertThat(history.current().size()).isZero();
        history.change(two);
        assertThat(history.canRedo()).isFalse();
    }

    @Test
    void theFileIsReadBackAndMistakesInItAreNamed() throws IOException {
        Path file = folder.resolve("mask.json");
        HeadMask mask = new MaskStrategy.TopK(3).apply(SCORES);
        MaskFile.write(file, mask);
        assertThat(MaskFile.read(file)).isEqualTo(mask);
        assertThat(Files.readString(file).replaceAll("\\s", ""))
                .contains("\"selected\":[[0,0],[1,0],[1,2]]")
                .contains("\"schemaVersion\":1");
        Files.writeString(file, Files.readString(file).replace("[ 1, 2 ]", "[ 1, 7 ]"));
        assertThatThrownBy(() -> MaskFile.read(file))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("mask.json")
                .hasMessageContaining("1.7");
        Files.writeString(file, "{\"schemaVersion\": 9, \"layers\": 1, \"heads\": 1, \"selected\": []}");
        assertThatThrownBy(() -> MaskFile.read(file)).hasMessageContaining("newer Sirkuit");
        Files.writeString(file, "{\"layers\": 1");
        assertThatThrownBy(() -> MaskFile.read(file))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("mask.json");
    }

    @Test
    void aHeadIsReadAsFilesAndAsTheWindowWriteIt() {
        for (String written : List.of("2.11", "L2H11", "l2h11", "L2 H11", " L2.11 ")) {
            assertThat(Head.parse(written)).isEqualTo(new Head(2, 11));
        }
        for (String wrong : List.of("", "2", "2.", "2,11", "H11L2", "2.11.1", "-1.2", "LH", "2 11", "99999999.1")) {
            assertThatThrownBy(() -> Head.parse(wrong))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("is not a head");
        }
    }
}

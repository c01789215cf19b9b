package sirkuit.app.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;

class MaskModelTest {
    private final MaskModel model = new MaskModel();

    @BeforeEach
    void twoLayersOfFourHeads() {
        model.begin(2, 4, null);
    }

    @Test
    void theFirstScoresSelectTheTopQuarter() {
        model.scores().set(scores(8, 7, 6, 5, 4, 3, 2, 1));
        assertThat(selected()).containsExactly(new Head(0, 0), new Head(0, 1));
        assertThat(model.k().get()).isEqualTo(2);
    }

    @Test
    void theSliderChangesHowMany() {
        model.scores().set(scores(1, 2, 3, 4, 5, 6, 7, 8));
        model.k().set(3);
        assertThat(selected()).containsExactly(new Head(1, 1), new Head(1, 2), new Head(1, 3));
    }

    @Test
    void theControlsKnowTheirBoundBeforeTheirNumber() {
        MaskModel other = new MaskModel();
        // As the slider does.
        other.k().subscribe(k -> other.k()
                .set(Math.min(k.intValue(), other.most().get())));
        other.begin(6, 8, null);
        assertThat(other.k().get()).isEqualTo(12);
    }

    @Test
    void noMoreHeadsAreOfferedThanHaveScores() {
        model.k().set(5);
        model.scores().set(scores(Double.NaN, 2, 3, Double.NaN, Double.NaN, 6, Double.NaN, Double.NaN));
        assertThat(model.most().get()).isEqualTo(3);
        assertThat(model.k().get()).isEqualTo(3);
        assertThat(selected()).containsExactly(new Head(0, 1), new Head(0, 2), new Head(1, 1));
        model.k().set(7);
        assertThat(selected()).hasSize(3);
        model.strategy().set(Strategy.RANDOM);
        assertThat(model.most().get()).isEqualTo(8);
    }

    @Test
    void aDragOfTheSliderIsOneStepOfUndo() {
        model.scores().set(scores(8, 7, 6, 5, 4, 3, 2, 1));
        model.beginGesture();
        for (int k = 3; k <= 7; k++) {
            model.k().set(k);
        }
        model.endGesture();
        assertThat(selected()).hasSize(7);
        model.undo();
        assertThat(selected()).hasSize(2);
        assertThat(model.k().get()).isEqualTo(2);
        model.redo();
        assertThat(selected()).hasSize(7);
    }

    @Test
    void aClickMakesItByHandAndLaterScoresLeaveItAlone() {
        model.scores().set(scores(8, 7, 6, 5, 4, 3, 2, 1));
        model.toggle(new Head(1, 3));
        assertThat(model.strategy().get()).isEqualTo(Strategy.BY_HAND);
        assertThat(selected()).hasSize(3);
        model.scores().set(scores(1, 2, 3, 4, 5, 6, 7, 8));
        assertThat(selected()).containsExactly(new Head(0, 0), new Head(0, 1), new Head(1, 3));
    }

    @Test
    void aThresholdBeginsWhereTheMaskIsAndMoves() {
        model.scores().set(scores(8, 7, 6, 5, 4, 3, 2, 1));
        model.strategy().set(Strategy.THRESHOLD);
        assertThat(model.threshold().get()).isEqualTo(7);
        assertThat(selected()).hasSize(2);
        model.threshold().set(4.5);
        assertThat(selected()).hasSize(4);
        model.undo();
        assertThat(selected()).hasSize(2);
    }

    @Test
    void lockedHeadsStayAsTheyAreWhateverTheStrategyChooses() {
        model.scores().set(scores(8, 7, 6, 5, 4, 3, 2, 1));
        model.toggleLock(new Head(0, 0)); // selected
        model.toggleLock(new Head(0, 2)); // not selected
        model.strategy().set(Strategy.NEAR_ZERO);
        model.k().set(6);
        assertThat(selected())
                .contains(new Head(0, 0))
                .doesNotContain(new Head(0, 2))
                .hasSize(6);
    }

    @Test
    void growingTakesTheNextByScoreAndShrinkingGivesTheLastBack() {
        model.scores().set(scores(8, 7, 6, 5, 4, 3, 2, 1));
        model.grow(1);
        assertThat(selected()).containsExactly(new Head(0, 0), new Head(0, 1), new Head(0, 2));
        model.grow(-1);
        model.grow(-1);
        assertThat(selected()).containsExactly(new Head(0, 0));
    }

    @Test
    void masksAreCombinedAndTheHistoryGoesToAnyStep() {
        model.scores().set(scores(8, 7, 6, 5, 4, 3, 2, 1));
        HeadMask other = new HeadMask(2, 4, List.of(new Head(0, 1), new Head(1, 3)), "by hand");
        model.combine(other, HeadMask::union, null);
        assertThat(selected()).containsExactly(new Head(0, 0), new Head(0, 1), new Head(1, 3));
        model.combine(other, HeadMask::difference, null);
        assertThat(selected()).containsExactly(new Head(0, 0));
        List<HeadMask> steps = model.steps();
        model.goTo(steps.size() - 2);
        assertThat(selected()).hasSize(3);
        model.goTo(steps.size() - 1);
        assertThat(selected()).hasSize(1);
        assertThat(model.steps()).isEqualTo(steps);
    }

    @Test
    void undoGoesBackToTheStrategyOfThatMask() {
        model.scores().set(scores(8, 7, 6, 5, 4, 3, 2, 1));
        model.toggle(new Head(1, 3));
        model.undo();
        assertThat(model.strategy().get()).isEqualTo(Strategy.TOP_K);
        assertThat(selected()).hasSize(2);
    }

    @Test
    void nearZeroTakesTheSmallestSizes() {
        model.scores().set(scores(8, -7, 0.1, 5, -0.2, 3, 2, 1));
        model.strategy().set(Strategy.NEAR_ZERO);
        assertThat(selected()).containsExactly(new Head(0, 2), new Head(1, 0));
    }

    @Test
    void randomNeedsNoScoresAndShuffles() {
        model.strategy().set(Strategy.RANDOM);
        model.k().set(4);
        List<Head> before = selected();
        assertThat(before).hasSize(4);
        model.shuffle();
        assertThat(selected()).hasSize(4).isNotEqualTo(before);
    }

    @Test
    void aSavedMaskIsNotOverwrittenByOpeningItsProject() {
        HeadMask saved = new HeadMask(2, 4, List.of(new Head(1, 1)), "by hand");
        model.scores().set(scores(8, 7, 6, 5, 4, 3, 2, 1));
        model.begin(2, 4, saved);
        assertThat(selected()).containsExactly(new Head(1, 1));
        assertThat(model.strategy().get()).isEqualTo(Strategy.BY_HAND);
        assertThat(model.canUndo().get()).isFalse();
    }

    @Test
    void aWholeRowSwitchesOnThenOff() {
        List<Head> row = List.of(new Head(0, 0), new Head(0, 1), new Head(0, 2), new Head(0, 3));
        model.toggleTogether(row);
        assertThat(selected()).containsExactlyElementsOf(row);
        model.toggleTogether(row);
        assertThat(selected()).isEmpty();
    }

    private List<Head> selected() {
        return List.copyOf(Objects.requireNonNull(model.mask().get()).selected());
    }

    private static RelevanceScores scores(double... eight) {
        double[][] score = new double[2][4];
        for (int i = 0; i < 8; i++) {
            score[i / 4][i % 4] = eight[i];
        }
        return new RelevanceScores(ScoreMethod.CDT, score, score, 10);
    }
}

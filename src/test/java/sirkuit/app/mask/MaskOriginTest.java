package sirkuit.app.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import sirkuit.app.look.Words;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MadeBy;
import sirkuit.mask.MaskOrigin;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;

/// A mask knows where it came from, and nothing takes away what was selected by hand.
@Isolated("speaks English for a while")
class MaskOriginTest {
    private static final String LONG_AGO = "2025-03-04T12:00:00Z";
    private static final RelevanceScores DOWN = scores(ScoreMethod.CDT, LONG_AGO, 8, 7, 6, 5, 4, 3, 2, 1);
    private static final RelevanceScores UP =
            scores(ScoreMethod.GRADIENT, "2025-03-05T12:00:00Z", 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08);

    private final MaskModel model = new MaskModel();
    private final MaskHints hints = new MaskHints(model);

    @BeforeEach
    void theTopTwoByCdT() {
        Words.speak("en");
        model.begin(2, 4, null);
        model.scores().set(DOWN);
    }

    @Test
    void itsTitleHasItsRuleItsScoresAndTheirTime() {
        assertThat(title()).isEqualTo("Top 2 · CD-T · 4 Mar");
        model.strategy().set(Strategy.THRESHOLD);
        model.threshold().set(4.5);
        assertThat(title()).isEqualTo("CD-T ≥ 4.50 · 4 Mar");
        model.strategy().set(Strategy.RANDOM);
        assertThat(title()).isEqualTo("Random 4 · seed 0");
        model.toggle(new Head(1, 3));
        assertThat(title()).isEqualTo("By hand");
    }

    @Test
    void otherScoresChangeTheMaskOnlyWhenTheyAreTaken() {
        model.scores().set(UP);
        assertThat(selected()).containsExactly(new Head(0, 0), new Head(0, 1));
        assertThat(hint().kind()).isEqualTo(MaskHints.Kind.SCORES);
        assertThat(hint().words()).contains("Gradient · 5 Mar", "added 2 heads, removed 2 heads");
        hints.preview(true);
        assertThat(Objects.requireNonNull(model.others().outlined().getValue()).selected())
                .containsExactly(new Head(1, 2), new Head(1, 3));
        model.k().set(3); // goes on by the scores of the mask
        assertThat(selected()).containsExactly(new Head(0, 0), new Head(0, 1), new Head(0, 2));
        hints.act();
        assertThat(selected()).containsExactly(new Head(1, 1), new Head(1, 2), new Head(1, 3));
        assertThat(title()).isEqualTo("Top 3 · Gradient · 5 Mar");
        assertThat(hints.current().get()).isNull();
        model.undo();
        assertThat(hints.current().get()).isNull();
        model.k().set(4);
        assertThat(title()).isEqualTo("Top 4 · CD-T · 4 Mar");
        model.choose(Strategy.TOP_K); // again
        assertThat(title()).isEqualTo("Top 4 · Gradient · 5 Mar");
    }

    @Test
    void aThresholdIsOfferedByOtherScoresSoThatTheNumberOfHeadsStays() {
        model.strategy().set(Strategy.THRESHOLD);
        model.threshold().set(5.5);
        model.scores().set(UP);
        model.takeOffer();
        assertThat(selected()).hasSize(3).contains(new Head(1, 3));
        assertThat(model.threshold().get()).isEqualTo(0.06);
        assertThat(title()).isEqualTo("Gradient ≥ 0.060 · 5 Mar");
    }

    @Test
    void anOfferThatIsClosedComesAgainWithOtherScoresOnly() {
        model.scores().set(UP);
        hints.dismiss();
        assertThat(hints.current().get()).isNull();
        model.k().set(3);
        assertThat(hints.current().get()).isNull();
        model.scores().set(scores(ScoreMethod.ABLATION, "2025-03-06T12:00:00Z", 1, 2, 3, 4, 5, 6, 7, 8));
        assertThat(hint().words()).contains("Mean ablation");
    }

    @Test
    void noStrategyDiscardsWhatWasSelectedByHand() {
        model.clear();
        model.toggle(new Head(1, 0));
        model.toggle(new Head(1, 3));
        List<Head> mine = selected();
        model.strategy().set(Strategy.THRESHOLD);
        assertThat(selected()).isNotEqualTo(mine);
        assertThat(Objects.requireNonNull(model.draft().get()).selected()).containsExactlyElementsOf(mine);
        assertThat(hint().kind()).isEqualTo(MaskHints.Kind.DRAFT);
        model.threshold().set(2.5);
        model.strategy().set(Strategy.BY_HAND); // keeps the heads that are shown
        assertThat(selected()).hasSize(6);
        hints.act();
        assertThat(selected()).isEqualTo(mine);
        assertThat(title()).isEqualTo("By hand");
        model.undo();
        assertThat(selected()).hasSize(6);
    }

    @Test
    void aMaskThatWasOpenedGoesOnByItsOwnScoresOnceTheyAreRead() {
        MaskModel other = new MaskModel();
        other.scores().set(UP);
        other.begin(
                2, 4, new HeadMask(2, 4, List.of(new Head(0, 0), new Head(0, 1)), "top 2 by cdt").scoredAt(LONG_AGO));
        assertThat(other.missesScores()).isTrue();
        other.learn(DOWN);
        assertThat(other.missesScores()).isFalse();
        other.k().set(3);
        assertThat(Objects.requireNonNull(other.mask().get()).selected())
                .containsExactly(new Head(0, 0), new Head(0, 1), new Head(0, 2));
    }

    @Test
    void theHistoryNamesWhatWasDone() {
        model.toggle(new Head(1, 3));
        model.toggle(new Head(0, 0));
        model.select(List.of(new Head(0, 2), new Head(0, 3)));
        model.load(new HeadMask(2, 4, List.of(new Head(1, 1)), "by hand"), "opened the mask \"mine\"");
        model.clear();
        assertThat(MaskWords.actions(model.actions()))
                .containsExactly(
                        "No heads",
                        "Top 2 · CD-T · 4 Mar",
                        "added L1 H3",
                        "removed L0 H0",
                        "added 2 heads",
                        "opened the mask \"mine\"",
                        "removed L1 H1");
    }

    @Test
    void theHeadsOfARunAreOutlinedAndCanBeUsed() {
        HeadMask trained = new HeadMask(2, 4, List.of(new Head(0, 1), new Head(1, 3)), "top 2 by ablation");
        model.others().run().set(new OtherHeads.Named("Top 2 by Mean ablation", trained));
        assertThat(model.others().outlined().getValue()).isEqualTo(trained);
        assertThat(hint().words())
                .isEqualTo(
                        "Dashed: the heads of the run \"Top 2 by Mean ablation\". In both: 1, only in the run: 1, only in the mask: 1.");
        hints.act();
        assertThat(selected()).containsExactlyElementsOf(trained.selected());
        assertThat(MaskWords.actions(model.actions())).last().isEqualTo("heads of the run \"Top 2 by Mean ablation\"");
        assertThat(hints.current().get()).isNull();
    }

    @Test
    void aCombinationIsShownBeforeItIsUsed() {
        HeadMask saved = new HeadMask(2, 4, List.of(new Head(0, 1), new Head(1, 3)), "by hand");
        Combining combining = new Combining(model, (name, to) -> to.accept(saved));
        combining.name().set("mine");
        assertThat(combining.result().get()).contains("3 heads", "added L1 H3");
        assertThat(selected()).hasSize(2);
        combining.how().set(Combining.How.INTERSECTION);
        assertThat(Objects.requireNonNull(model.others().outlined().getValue()).selected())
                .containsExactly(new Head(0, 1));
        combining.apply();
        assertThat(selected()).containsExactly(new Head(0, 1));
        assertThat(model.others().outlined().getValue()).isNull();
        assertThat(MaskWords.actions(model.actions())).last().isEqualTo("kept the heads that are also in \"mine\"");
    }

    @Test
    void namesOfRunsSayWhatWasDone() {
        assertThat(MadeBy.name(mask("top 12 by cdt"))).isEqualTo("Top 12 by CD-T");
        assertThat(MadeBy.name(mask("cdt at least 0.026348234, 1 locked"))).isEqualTo("CD-T ≥ 0.026, 1 locked");
        assertThat(MadeBy.name(mask("random 3, seed 7"))).isEqualTo("Random 3, seed 7");
        assertThat(MadeBy.name(mask("by hand"))).isEqualTo("1 head by hand");
        assertThat(MaskName.suggestion(MadeBy.fileName(mask("cdt at least 0.026348234"))))
                .isEqualTo("CD-T from 0.026");
        assertThat(MaskOrigin.of(mask("top 3 by cdt + by hand"))).isEqualTo(MaskOrigin.OTHER);
    }

    private static HeadMask mask(String madeBy) {
        return new HeadMask(2, 4, List.of(new Head(0, 0)), madeBy);
    }

    private MaskHints.Hint hint() {
        return Objects.requireNonNull(hints.current().get());
    }

    private String title() {
        return MaskWords.title(Objects.requireNonNull(model.mask().get()));
    }

    private List<Head> selected() {
        return List.copyOf(Objects.requireNonNull(model.mask().get()).selected());
    }

    private static RelevanceScores scores(ScoreMethod method, String at, double... eight) {
        double[][] score = new double[2][4];
        for (int i = 0; i < 8; i++) {
            score[i / 4][i % 4] = eight[i];
        }
        return new RelevanceScores(method, score, score, 10, at);
    }
}

package sirkuit.relevance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Problem;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesEngine;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.device.Backend;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;
import sirkuit.relevance.baseline.MeanActivation;
import sirkuit.relevance.decomposition.ContextualDecomposition;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.family.Families;

@UsesEngine
class RelevanceTest {
    private static final List<Head> ALL = List.copyOf(
            HeadMask.all(TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS).selected());

    @TempDir
    Path folder = Path.of("");

    private ProxyModel model;
    private LabelledTokens texts;
    private MeanActivation mean;

    @BeforeEach
    void load() {
        model = load(name -> 1);
        Path csv = TinyCheckpoint.writeTexts(folder.resolve("texts.csv"), 30, 4);
        texts = TinyCheckpoint.tokens(model, csv);
        mean = MeanActivation.over(model, texts, () -> {});
    }

    private ProxyModel load(ToDoubleFunction<String> factor) {
        Path written = TinyCheckpoint.write(folder.resolve("model"), 3, factor);
        return Families.load(Checkpoint.open(written), List.of(), Backend.start("cpu", 2));
    }

    @AfterEach
    void close() {
        model.close();
    }

    private RelevanceScores score(ScoreMethod method, List<Head> heads) {
        return new RelevanceScoring(method, false, heads, 0).score(model, mean, texts, (s, done, of) -> {}, () -> {});
    }

    /// The fast way carries β alone, for many heads at once; the slow one carries β and γ for one head.
    @Test
    void theFastDecompositionIsTheWrittenOne() {
        TwoStreams written = new TwoStreams(model, mean);
        try (ContextualDecomposition fast = new ContextualDecomposition(model, mean, false, () -> {})) {
            LabelledTokens block = texts.select(List.of(0, 7, 11));
            ContextualDecomposition.Relevant parts = fast.decompose(block, ALL);
            for (int n = 0; n < ALL.size(); n++) {
                TwoStreams.Parts both = written.decompose(block, ALL.get(n));
                assertThat(both.gap()).isLessThan(1e-4);
                for (int b = 0; b < 3; b++) {
                    for (int c = 0; c < 3; c++) {
                        assertThat(parts.relevant()[n][b][c]).isCloseTo(both.relevant()[b * 3 + c], within(1e-4f));
                    }
                }
            }
        }
    }

    @Test
    void fillingUpASentenceChangesNothing() {
        List<Integer> all = IntStream.range(0, texts.size()).boxed().toList();
        try (ContextualDecomposition cdt = new ContextualDecomposition(model, mean, false, () -> {})) {
            ContextualDecomposition.Relevant together = cdt.decompose(texts, ALL);
            for (int i : all) {
                ContextualDecomposition.Relevant alone = cdt.decompose(texts.select(List.of(i)), ALL);
                for (int n = 0; n < ALL.size(); n++) {
                    assertThat(together.relevant()[n][i]).containsExactly(alone.relevant()[n][0], within(1e-4f));
                }
            }
        }
    }

    @Test
    void someHeadsScoreAsTheyDoAmongAll() {
        RelevanceScores all = score(ScoreMethod.CDT, ALL);
        RelevanceScores some = score(ScoreMethod.CDT, List.of(new Head(1, 2), new Head(0, 3)));
        assertThat(some.score(new Head(1, 2))).isCloseTo(all.score(new Head(1, 2)), within(1e-6));
        assertThat(some.score(new Head(0, 3))).isCloseTo(all.score(new Head(0, 3)), within(1e-6));
        assertThat(some.score(new Head(0, 0))).isNaN();
        assertThat(some.ranked()).hasSize(2);
    }

    /// To first order a head's ablation is its gradient score: on a scaled-down deviation they must agree.
    @Test
    void gradientAgreesWithAblationWhereItShould() {
        RelevanceScores gradient = score(ScoreMethod.GRADIENT, ALL);
        RelevanceScores ablation = score(ScoreMethod.ABLATION, ALL);
        double dot = 0;
        double a = 0;
        double g = 0;
        for (Head h : ALL) {
            dot += gradient.score(h) * ablation.score(h);
            a += ablation.score(h) * ablation.score(h);
            g += gradient.score(h) * gradient.score(h);
        }
        assertThat(dot / Math.sqrt(a * g)).isGreaterThan(0.8);
    }

    /// Without biases, whose shares are no linear part, and with heads so quiet that activations are straight.
    @Test
    void theHeldGradientIsTheLinearPartOfTheDecomposition() {
        model.close();
        model = load(name -> name.endsWith("bias") ? 0 : name.endsWith("attention.output.dense.weight") ? 0.001 : 1);
        mean = MeanActivation.over(model, texts, () -> {});
        double[][] cdt = new RelevanceScoring(ScoreMethod.CDT, false, ALL, 0)
                .table(model, mean, texts, (s, done, of) -> {}, () -> {})
                .values();
        assertThat(furthest(cdt, Gradient.HELD)).isLessThan(0.02);
        assertThat(furthest(cdt, Gradient.TRUE)).isGreaterThan(0.2);
    }

    /// The largest difference of a head's value on a text, as a share of the head's largest value.
    private double furthest(double[][] values, Gradient gradient) {
        double[] most = new double[1];
        gradient.values(
                model,
                mean,
                texts,
                (some, of) -> {
                    for (int i = 0; i < values.length; i++) {
                        double largest =
                                Arrays.stream(values[i]).map(Math::abs).max().orElseThrow();
                        for (int b = 0; b < some.size(); b++) {
                            most[0] = Math.max(most[0], Math.abs(of[i][b] - values[i][some.get(b)]) / largest);
                        }
                    }
                },
                () -> {});
        return most[0];
    }

    @Test
    void theStandardErrorIsTheOneOfAMean() {
        ScoreTable table = new ScoreTable(ScoreMethod.CDT, 1, 1, 4);
        table.set(new Head(0, 0), 0, 1);
        table.set(new Head(0, 0), 1, 2);
        table.set(new Head(0, 0), 3, 6);
        RelevanceScores scores = table.scores();
        assertThat(scores.score()[0][0]).isEqualTo(3);
        assertThat(scores.standardError()[0][0]).isCloseTo(Math.sqrt(14.0 / 2 / 3), within(1e-12));
        assertThat(scores.examples()).isEqualTo(3);
    }

    @Test
    void theMeanWeighsLabelsAlike() {
        // Twice the positives, each of them the same text: the mean must not move.
        List<Integer> once = List.of(0, 1, 2);
        List<Integer> doubled = List.of(0, 1, 2, 2, 2);
        MeanActivation a = MeanActivation.over(model, texts.select(once), () -> {});
        MeanActivation b = MeanActivation.over(model, texts.select(doubled), () -> {});
        for (int l = 0; l < TinyCheckpoint.LAYERS; l++) {
            assertThat(a.mean()[l]).containsExactly(b.mean()[l], within(1e-6f));
        }
        assertThatThrownBy(() -> MeanActivation.over(model, texts.select(List.of(0, 1)), () -> {}))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("\"positive\"");
    }

    @Test
    void itStopsWhenTold() {
        assertThatThrownBy(() -> new RelevanceScoring(ScoreMethod.CDT, false, ALL, 0)
                        .score(model, mean, texts, (s, done, of) -> {}, () -> {
                            throw new CancellationException();
                        }))
                .isInstanceOf(CancellationException.class);
    }
}

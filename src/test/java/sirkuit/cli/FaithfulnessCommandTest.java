package sirkuit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesEngine;
import sirkuit.UsesProcess;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskFile;

/// What `faithfulness` says of the texts that it measures on.
@UsesEngine
@UsesProcess
class FaithfulnessCommandTest {
    @TempDir
    Path folder = Path.of("");

    private CommandLineTest.Result done(Object... words) {
        CommandLineTest.Result result = CommandLineTest.run(words);
        assertThat(result.status()).as(result.err()).isZero();
        return result;
    }

    /// They may be the texts that the checkpoint was trained on.
    @Test
    void textsAreCalledNotScoredAndNeverHeldOut() {
        Path model = TinyCheckpoint.write(folder.resolve("model"), 1);
        Path texts = TinyCheckpoint.writeTexts(folder.resolve("train.csv"), 60, 2);
        Path scores = folder.resolve("scores.json");
        Path mask = folder.resolve("mask.json");
        CommandLineTest.Result scored = done(
                "score",
                "--checkpoint",
                model,
                "--data",
                texts,
                "--method",
                "gradient",
                "--examples",
                12,
                "--baseline-examples",
                12,
                "--max-length",
                3,
                "--out",
                scores);
        assertThat(scored.err())
                .containsPattern("24 of 24 texts are longer than the limit of 3 tokens and were cut\\. To keep more of"
                        + " them, raise --max-length: this checkpoint takes up to 24 tokens\\.");
        MaskFile.write(mask, HeadMask.all(TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS));
        CommandLineTest.Result with = done(
                "faithfulness",
                "--checkpoint",
                model,
                "--data",
                texts,
                "--mask",
                mask,
                "--scores",
                scores,
                "--baseline-examples",
                12);
        assertThat(with.out())
                .contains("texts not scored, from train.csv: 36", "scored texts, from train.csv: 12")
                .contains("gradient against mean ablation, texts not scored: Spearman");
        CommandLineTest.Result without =
                done("faithfulness", "--checkpoint", model, "--data", texts, "--mask", mask, "--baseline-examples", 12);
        assertThat(without.out()).contains("texts not in the mean baseline, from train.csv: 48");
        for (CommandLineTest.Result result : new CommandLineTest.Result[] {with, without}) {
            assertThat(result.out())
                    .contains(
                            "If the checkpoint was trained on these texts, its accuracy on new texts is usually lower.");
            assertThat(result.out() + result.err()).doesNotContain("held out").doesNotContain("held-out");
        }
    }
}

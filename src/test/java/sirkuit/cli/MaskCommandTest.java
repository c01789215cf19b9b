package sirkuit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskFile;

/// `sirkuit mask` of what needs no scores.
@UsesProcess
class MaskCommandTest {
    @TempDir
    Path folder = Path.of("");

    private CommandLineTest.Result made(Object... words) {
        return CommandLineTest.run(words);
    }

    @Test
    void aCheckpointGivesTheShapeWhereNoScoresAreNeeded() {
        Path model = TinyCheckpoint.write(folder.resolve("model"), 1);
        Path mask = folder.resolve("mask.json");
        CommandLineTest.Result byHand = made("mask", "--checkpoint", model, "--heads", "0.3,1.1", "--out", mask);
        assertThat(byHand.status()).as(byHand.err()).isZero();
        assertThat(MaskFile.read(mask))
                .isEqualTo(new HeadMask(
                        TinyCheckpoint.LAYERS,
                        TinyCheckpoint.HEADS,
                        List.of(new Head(0, 3), new Head(1, 1)),
                        "by hand"));
        assertThat(made("mask", "--checkpoint", model, "--random", 3, "--out", mask)
                        .status())
                .isZero();
        assertThat(MaskFile.read(mask).size()).isEqualTo(3);
        assertThat(made("mask", "--checkpoint", model, "--all", "--out", mask).status())
                .isZero();
        assertThat(MaskFile.read(mask).size()).isEqualTo(8);
        assertThat(made("mask", "--checkpoint", model, "--heads", "2.0").err()).contains("2.0");
        assertThat(made("mask", "--checkpoint", model, "--random", 9).err()).contains("between 0 and 8");
        assertThat(made("mask", "--checkpoint", model, "--top-k", 3).err())
                .contains("select heads by their scores", "sirkuit score");
        assertThat(made("mask", "--heads", "0.3").err()).contains("--checkpoint DIR");
    }

    @Test
    void masksOfDifferentShapesAreBothNamed() {
        Path one = folder.resolve("one.json");
        Path other = folder.resolve("other.json");
        MaskFile.write(one, HeadMask.none(4, 8));
        MaskFile.write(other, HeadMask.none(6, 8));
        CommandLineTest.Result refused = made("mask", "--union", one, other);
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err())
                .contains(one + " and " + other, "4 layers x 8 heads, and 6 x 8")
                .doesNotContain("the checkpoint has");
    }

    @Test
    void aMaskForAnotherShapeIsNamedWithTheCheckpointAndNoNoteComesFirst() {
        Path model = TinyCheckpoint.write(folder.resolve("model"), 1);
        Path texts = TinyCheckpoint.writeTexts(folder.resolve("texts.csv"), 12, 2);
        Path mask = folder.resolve("mask.json");
        MaskFile.write(mask, new MaskFile.Saved(HeadMask.all(4, 8), "another checkpoint"));
        CommandLineTest.Result refused = made(
                "tune",
                "--checkpoint",
                model,
                "--mask",
                mask,
                "--train",
                texts,
                "--target-eval",
                texts,
                "--out",
                folder.resolve("run"));
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err())
                .contains(mask + " is for 4 layers x 8 heads, but the checkpoint " + model + " has 2 x 4.")
                .contains("sirkuit score --checkpoint " + model + " --data FILE --out scores.json")
                .doesNotContain("note:");
        assertThat(made("faithfulness", "--checkpoint", model, "--data", texts, "--mask", mask)
                        .err())
                .contains(mask + " is for 4 layers x 8 heads", model + " has 2 x 4.");
        String target = "t=" + texts + "," + texts;
        assertThat(made(
                                "study",
                                "--checkpoint",
                                model,
                                "--target",
                                target,
                                "--strategies",
                                "mask:" + mask,
                                "--out",
                                folder.resolve("study"))
                        .err())
                .contains(mask + " is for 4 layers x 8 heads", model + " has 2 x 4.");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void aMaskThatWasWrittenByHandIsToldWhatMakesOne() throws IOException {
        Path model = TinyCheckpoint.write(folder.resolve("model"), 1);
        Path mask = Files.writeString(folder.resolve("mine.json"), "{\"layers\":2,\"heads\":4,\"selected\":[[0,3]]}");
        CommandLineTest.Result refused = made("mask", "--union", mask, mask);
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err())
                .contains("mine.json is not a mask that Sirkuit wrote")
                .contains("sirkuit mask --checkpoint DIR --heads 0.3,2.1 --out mask.json");
        // The remedy makes one that is taken.
        assertThat(made("mask", "--checkpoint", model, "--heads", "0.3,1.1", "--out", mask)
                        .status())
                .isZero();
        CommandLineTest.Result taken = made("mask", "--union", mask, mask);
        assertThat(taken.status()).as(taken.err()).isZero();
        Files.writeString(mask, Files.readString(mask).replace("\"schemaVersion\" : 1", "\"schemaVersion\" : 0"));
        assertThat(made("mask", "--union", mask, mask).err()).contains("\"schemaVersion\" is not a version number");
    }
}

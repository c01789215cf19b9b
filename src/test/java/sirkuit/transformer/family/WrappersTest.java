package sirkuit.transformer.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sirkuit.Json;
import sirkuit.OddCheckpoint;
import sirkuit.Problem;
import sirkuit.TinyCheckpoint;
import sirkuit.checkpoint.Checkpoint;

/// transformers finds none of these tensors and begins with random numbers, without a stop.
class WrappersTest {
    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void write() {
        TinyCheckpoint.write(folder, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "_orig_mod., torch.compile",
        "module., DataParallel",
        "base_model.model., PEFT",
        "model., Lightning",
        "net., a class around the model"
    })
    void aPrefixIsNamedWithHowItCameAndHowToTakeItOff(String prefix, String how) {
        OddCheckpoint.renamed(folder, name -> prefix + name);
        assertThatThrownBy(this::known)
                .isInstanceOf(Problem.class)
                .hasMessageContaining("\"" + prefix + "\"")
                .hasMessageContaining(how)
                .hasMessageContaining("(\"" + prefix + "\"")
                .hasMessageContaining("safetensors.torch");
        OddCheckpoint.renamed(folder, name -> name.substring(prefix.length()));
        assertThat(known()).isEqualTo(TinyCheckpoint.LAYERS);
    }

    /// A tool that reads the folder's name as a pattern would find no file in `[a]`, and then write an empty one.
    @Test
    void theFolderIsNeverTakenForAPatternAndTheTensorNamedIsOneOfThose() {
        folder = folder.resolve("run [1] \"new\"");
        TinyCheckpoint.write(folder, 1);
        OddCheckpoint.renamed(folder, name -> name.contains("embeddings.LayerNorm") ? name : "model." + name);
        assertThatThrownBy(this::known)
                .isInstanceOf(Problem.class)
                .hasMessageContaining("\"model.\" (\"model.")
                .extracting(e -> ((Problem) e).remedy())
                .asString()
                .contains("for f in sorted(Path(" + Json.line(folder.toString()) + ").glob(\"*.safetensors\"))")
                .contains("name = "
                        + Json.line(folder.resolve("model.safetensors").toString()));
    }

    @Test
    void aMarkWithinTheNamesIsFoundToo() {
        OddCheckpoint.renamed(folder, name -> name.replace("attention.", "_checkpoint_wrapped_module.attention."));
        assertThatThrownBy(this::known)
                .isInstanceOf(Problem.class)
                .hasMessageContaining("_checkpoint_wrapped_module.")
                .hasMessageContaining("activation checkpointing");
    }

    @ParameterizedTest
    @CsvSource({
        "attention.self.query.weight, attention.self.query.base_layer.weight",
        "classifier.weight, classifier.modules_to_save.default.weight"
    })
    void anAdapterThatIsNotMergedIsToldApart(String from, String to) {
        OddCheckpoint.renamed(folder, name -> "base_model.model." + name.replace(from, to));
        assertThatThrownBy(this::known)
                .isInstanceOf(Problem.class)
                .hasMessageContaining("has not been merged")
                .hasMessageContaining("merge_and_unload");
    }

    /// To take the prefix off would give numbers of a model that nobody trained.
    @Test
    void aClassOfOnesOwnIsNotGuessedAt() {
        OddCheckpoint.renamed(folder, name -> name.replaceFirst("^bert\\.", "backbone."));
        assertThatThrownBy(this::known)
                .isInstanceOf(Problem.class)
                .hasMessageContaining("\"backbone.\"")
                .hasMessageContaining("not one of transformers'")
                .hasMessageNotContaining("removeprefix");
    }

    private int known() {
        return Families.spec(Checkpoint.open(folder)).layers();
    }
}

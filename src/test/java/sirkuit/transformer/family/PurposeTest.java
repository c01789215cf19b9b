package sirkuit.transformer.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sirkuit.OddCheckpoint;
import sirkuit.Problem;
import sirkuit.TinyCheckpoint;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.transformer.TransformerSpec;

/// The tensors decide what a checkpoint is read as, as in transformers: `architectures` is what it was saved from.
class PurposeTest {
    private static final String CLASSIFIER = "(classifier|pre_classifier|score)\\..*";

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "bert, BertForMaskedLM",
        "roberta, RobertaForMaskedLM",
        "xlm-roberta, XLMRobertaModel",
        "distilbert, DistilBertForMaskedLM",
        "gpt2, GPT2LMHeadModel",
        "llama, LlamaForCausalLM",
        "mistral, MistralModel",
        "qwen2, Qwen2ForCausalLM",
        "qwen3, Qwen3ForCausalLM",
        "gemma2, Gemma2ForCausalLM",
        "gemma3, Gemma3ForCausalLM"
    })
    void aClassifierIsOneWhateverItsArchitectureIsCalled(String golden, String architecture) throws IOException {
        OddCheckpoint.copyOf(golden, folder);
        Families.Known plain = known(false);
        assertThat(plain.notes()).as("nothing to note of an ordinary folder").isEmpty();
        OddCheckpoint.config(folder, c -> c.putArray("architectures").add(architecture));
        Families.Known odd = known(false);
        assertThat(odd.spec()).isEqualTo(plain.spec());
        assertThat(odd.notes())
                .singleElement()
                .asString()
                .contains(architecture, "holds a classifier", "AutoModelForSequenceClassification");
        OddCheckpoint.config(folder, c -> c.remove("architectures"));
        assertThat(known(false).spec()).isEqualTo(plain.spec());
        OddCheckpoint.config(folder, c -> c.putArray("architectures"));
        assertThat(known(false).notes()).singleElement().asString().contains("names no architecture");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bert",
                "roberta",
                "xlm-roberta",
                "distilbert",
                "gpt2",
                "llama",
                "mistral",
                "qwen2",
                "qwen3",
                "gemma2",
                "gemma3"
            })
    void aBaseModelIsCalledOneAndNotDamaged(String golden) throws IOException {
        OddCheckpoint.renamed(OddCheckpoint.copyOf(golden, folder), name -> name.matches(CLASSIFIER) ? "" : name);
        assertThatThrownBy(() -> known(false))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("holds no classifier")
                .hasMessageContaining("base model, which has not been fine-tuned to classify")
                .hasMessageContaining("random numbers")
                .hasMessageNotContaining("etch");
    }

    @Test
    void aMaskedLanguageModelHasNoClassifierEither() throws IOException {
        OddCheckpoint.renamed(OddCheckpoint.copyOf("roberta", folder), name -> name.replaceFirst(
                        "^classifier\\.(dense\\..*|out_proj\\.bias)", "lm_head.$1")
                .replaceFirst("^classifier.*", ""));
        OddCheckpoint.config(folder, c -> c.putArray("architectures").add("RobertaForMaskedLM"));
        assertThatThrownBy(() -> known(false))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("classifier.out_proj.weight")
                .hasMessageContaining("base model");
    }

    /// Who gives a verbalizer asks for a language model.
    @Test
    void whatCanBeBothIsAClassifierUnlessAVerbalizerIsGiven() throws IOException {
        OddCheckpoint.copyOf("qwen2", folder);
        TransformerSpec plain = known(false).spec();
        OddCheckpoint.with(folder, Map.of("lm_head.weight", List.of((long) plain.vocabulary(), (long) plain.hidden())));
        OddCheckpoint.config(folder, c -> c.putArray("architectures").add("Qwen2ForCausalLM"));
        assertThat(known(false).spec()).isEqualTo(plain);
        assertThat(known(false).notes()).singleElement().asString().contains("--verbalizer");
        Families.Known speaking = known(true);
        assertThat(speaking.spec().readout().tokens()).isNotNull();
        assertThat(speaking.spec().names().readout().classifier()).isEqualTo("lm_head");
        assertThat(speaking.notes()).singleElement().asString().contains("score.weight", "not used");
    }

    @Test
    void aVerbalizerDoesNotMakeALanguageModelOfWhatCannotBeOne() throws IOException {
        OddCheckpoint.copyOf("llama", folder);
        OddCheckpoint.config(folder, c -> c.putArray("architectures").add("LlamaForCausalLM"));
        assertThat(known(true).spec().readout().tokens())
                .as("neither lm_head nor shared")
                .isNull();
    }

    @Test
    void aLanguageModelIsOneWithoutANote() throws IOException {
        OddCheckpoint.copyOf("qwen2-verbalizer", folder);
        assertThat(known(true).notes()).isEmpty();
        assertThat(known(false).notes()).isEmpty();
        assertThat(known(false).spec().readout().tokens()).isNotNull();
        OddCheckpoint.config(folder, c -> c.putArray("architectures").add("Qwen2Model"));
        assertThat(known(true).spec().readout().tokens()).isNotNull();
        assertThat(known(true).notes()).singleElement().asString().contains("Qwen2Model", "AutoModelForCausalLM");
        assertThatThrownBy(() -> known(false))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("base model")
                .hasMessageContaining("--verbalizer");
    }

    /// Their tensors have the names of a sequence classifier's: transformers would read them as one.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "BertForTokenClassification",
                "BertForMultipleChoice",
                "BertForMultiLabelSequenceClassification",
            })
    void headsThatMeanSomethingElseByTheSameNamesAreRefused(String architecture) throws IOException {
        TinyCheckpoint.write(folder, 1);
        OddCheckpoint.config(folder, c -> c.putArray("architectures").add(architecture));
        assertThatThrownBy(() -> known(false))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(architecture)
                .hasMessageContaining("mean something else");
    }

    @Test
    void aClassifierWithoutItsPoolerIsIncomplete() throws IOException {
        TinyCheckpoint.write(folder, 1);
        OddCheckpoint.renamed(folder, name -> name.contains("pooler") ? "" : name);
        assertThatThrownBy(() -> known(false))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("bert.pooler.dense.weight")
                .hasMessageContaining("token classification");
    }

    @ParameterizedTest
    @CsvSource({"classifier, token classification", "qa_outputs, answers questions"})
    void otherHeadsAreCalledByWhatTheyDo(String head, String what) throws IOException {
        OddCheckpoint.renamed(
                OddCheckpoint.copyOf("roberta", folder),
                name -> name.startsWith("classifier.dense") ? "" : name.replace("classifier.out_proj", head));
        assertThatThrownBy(() -> known(false))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(head + ".weight")
                .hasMessageContaining(what)
                .hasMessageNotContaining("base model");
    }

    @Test
    void aScoreWithABiasIsOfTokenClassification() throws IOException {
        OddCheckpoint.with(OddCheckpoint.copyOf("llama", folder), Map.of("score.bias", List.of(3L)));
        assertThatThrownBy(() -> known(false))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("score.bias")
                .hasMessageContaining("token classification");
    }

    /// transformers takes one prefix too much or too little.
    @Test
    void aPrefixTooMuchOrTooLittleIsRead() throws IOException {
        OddCheckpoint.copyOf("llama", folder);
        TransformerSpec plain = known(false).spec();
        OddCheckpoint.renamed(folder, name -> "model." + name);
        assertThat(known(false).spec()).isEqualTo(plain);
        OddCheckpoint.renamed(folder, name -> name.replaceFirst("^(model\\.)+", ""));
        assertThat(known(false).spec()).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource({
        "loss_fct.weight, 3",
        "criterion.weight, 3",
        "class_weights, 3",
        "weight, 3",
        "log_vars, 2",
        "loss_fn.pos_weight, 3",
        "bert.loss_fct.weight, 3",
        "center_loss.centers, 48"
    })
    void whatALossLeftInTheFileIsLeftOut(String tensor, long size) {
        TinyCheckpoint.write(folder, 1);
        TransformerSpec plain = known(false).spec();
        OddCheckpoint.with(folder, Map.of(tensor, List.of(size)));
        assertThat(known(false).spec()).isEqualTo(plain);
        assertThat(known(false).notes()).singleElement().asString().contains(tensor, "is ignored");
    }

    @ParameterizedTest
    @CsvSource({"dense.weight, 256", "bn.running_mean, 16", "bert.encoder.scale, 1", "classifier.scale, 3"})
    void whatCouldBeAPartOfAnotherModelIsNot(String tensor, long size) {
        OddCheckpoint.with(TinyCheckpoint.write(folder, 1), Map.of(tensor, List.of(size)));
        assertThatThrownBy(() -> known(false)).isInstanceOf(Problem.class).hasMessageContaining(tensor);
    }

    @Test
    void anAdapterBesideTheWeightsIsNoted() throws IOException {
        TinyCheckpoint.write(folder, 1);
        java.nio.file.Files.writeString(folder.resolve("adapter_config.json"), "{}");
        assertThat(known(false).notes()).singleElement().asString().contains("adapter_config.json", "ignores it");
    }

    private Families.Known known(boolean words) {
        return Families.known(Checkpoint.open(folder), words);
    }
}

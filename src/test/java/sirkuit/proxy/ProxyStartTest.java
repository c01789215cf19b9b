package sirkuit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Bases;
import sirkuit.Json;
import sirkuit.OddCheckpoint;
import sirkuit.Problem;
import sirkuit.TinyCheckpoint;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.ElementType;
import sirkuit.checkpoint.Elements;
import sirkuit.checkpoint.PlacedTensor;
import sirkuit.record.DataFile;
import sirkuit.record.ProxyRecord;
import sirkuit.record.RunConfig;
import sirkuit.run.ProxyFolder;
import sirkuit.transformer.family.BaseModel.Fill;
import sirkuit.transformer.family.BaseModel.Fresh;

/// The checkpoint that the run of a proxy starts from.
class ProxyStartTest {
    @TempDir
    Path folder = Path.of("");

    private Path base = Path.of("");

    @BeforeEach
    void write() throws IOException {
        base = Bases.tiny(folder.resolve("base"), 1);
        TinyCheckpoint.writeTexts(folder.resolve("train.csv"), 60, 2);
        TinyCheckpoint.writeTexts(folder.resolve("test.csv"), 30, 3);
    }

    private ProxyFolder proxy() {
        return new ProxyFolder(folder.resolve("proxy"));
    }

    private RunConfig config(@Nullable List<String> labels, DataFile train, DataFile test) {
        return new RunConfig(
                RunConfig.VERSION,
                "proxy",
                base.toString(),
                labels,
                RunConfig.Parameters.FULL,
                new RunConfig.Data(train, test, null),
                RunConfig.Settings.DEFAULT);
    }

    private DataFile file(String name) {
        return new DataFile(folder.resolve(name).toString());
    }

    private ProxyStart start(@Nullable List<String> labels) {
        return ProxyStart.write(config(labels, file("train.csv"), file("test.csv")), proxy(), () -> {});
    }

    private DataFile rows(String name, String... labels) throws IOException {
        StringBuilder csv = new StringBuilder("text,label\n");
        for (int i = 0; i < labels.length; i++) {
            csv.append("film ").append(i).append(',').append(labels[i]).append('\n');
        }
        Files.writeString(folder.resolve(name), csv);
        return file(name);
    }

    private List<String> labelsOf(DataFile train) {
        ProxyStart.write(config(null, train, train), proxy(), () -> {});
        return ProxyRecord.read(proxy().run().folder()).labels();
    }

    @Test
    void everyTensorOfTheBaseIsThereBitForBit() {
        start(null);
        Checkpoint from = Checkpoint.open(base);
        Checkpoint made = Checkpoint.open(proxy().start());
        from.weights().tensors().keySet().forEach(name -> assertThat(
                        made.weights().bytes(name))
                .as(name)
                .isEqualTo(from.weights().bytes(name)));
        assertThat(made.weights().tensors()).hasSize(from.weights().tensors().size() + 2);
    }

    @Test
    void theConfigurationIsThatOfAClassifier() {
        start(null);
        JsonNode config = Json.tree(proxy().start().resolve("config.json"));
        assertThat(config.at("/architectures/0").asText()).isEqualTo("BertForSequenceClassification");
        assertThat(config.at("/id2label/0").asText()).isEqualTo("negative");
        assertThat(config.at("/label2id/positive").asInt()).isEqualTo(2);
        assertThat(config.at("/problem_type").asText()).isEqualTo("single_label_classification");
        assertThat(config.at("/hidden_size").asInt()).isEqualTo(TinyCheckpoint.HIDDEN);
    }

    @Test
    void theRunTrainsAllOfItAndTheRecordNamesTheBase() {
        ProxyStart made = start(null);
        assertThat(made.config().what()).isEqualTo(RunConfig.Trained.FULL);
        assertThat(made.config().checkpoint()).isEqualTo(proxy().start().toString());
        ProxyRecord record = ProxyRecord.read(proxy().run().folder());
        assertThat(record.base()).isEqualTo(base.toString());
        assertThat(record.baseDigest()).isEqualTo(Checkpoint.open(base).digest());
        assertThat(record.fresh()).containsExactly("classifier.weight", "classifier.bias");
        assertThat(record.labels()).containsExactly("negative", "neutral", "positive");
    }

    /// 40 000 draws: the mean of N(0, 0.02²) lies within four standard errors, likewise the standard deviation.
    @Test
    void newWeightsAreNormallyDistributed() {
        int count = 40_000;
        float[] values = values(new FreshTensors(0.02, ElementType.F32, 7), "classifier.weight", Fill.NORMAL, count);
        double sum = 0;
        double squares = 0;
        int within = 0;
        for (float value : values) {
            sum += value;
            squares += (double) value * value;
            within += Math.abs(value) < 0.02 ? 1 : 0;
        }
        double mean = sum / count;
        assertThat(mean).isCloseTo(0, within(4 * 0.02 / Math.sqrt(count)));
        assertThat(Math.sqrt(squares / count - mean * mean)).isCloseTo(0.02, within(4 * 0.02 / Math.sqrt(2.0 * count)));
        // 68.27 % of a normal distribution lie within one standard deviation; a uniform one would have 57.7 %.
        assertThat(within / (double) count).isCloseTo(0.6827, within(0.01));
        assertThat(values(new FreshTensors(0.02, ElementType.F32, 7), "classifier.bias", Fill.ZEROS, 5))
                .containsOnly(0);
        assertThat(values(new FreshTensors(0.02, ElementType.BF16, 7), "head.norm.weight", Fill.ONES, 5))
                .containsOnly(1);
    }

    @Test
    void newWeightsDependOnSeedAndName() {
        float[] one = values(new FreshTensors(0.02, ElementType.F32, 0), "classifier.weight", Fill.NORMAL, 1000);
        assertThat(values(new FreshTensors(0.02, ElementType.F32, 0), "classifier.weight", Fill.NORMAL, 1000))
                .isEqualTo(one);
        for (FreshTensors other :
                List.of(new FreshTensors(0.02, ElementType.F32, 1), new FreshTensors(0.02, ElementType.F32, 2))) {
            assertUnrelated(one, values(other, "classifier.weight", Fill.NORMAL, 1000));
        }
        assertUnrelated(
                one, values(new FreshTensors(0.02, ElementType.F32, 0), "bert.pooler.dense.weight", Fill.NORMAL, 1000));
    }

    /// The correlation of 1 000 independent pairs has a standard error of 0.032.
    private static void assertUnrelated(float[] a, float[] b) {
        double product = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] / 0.02 * b[i] / 0.02;
        }
        assertThat(product / a.length).isCloseTo(0, within(0.13));
    }

    private static float[] values(FreshTensors fresh, String name, Fill fill, int count) {
        PlacedTensor tensor = fresh.of(new Fresh(name, List.of((long) count), fill));
        float[] values = new float[count];
        tensor.bytes().accept((ByteBuffer bytes) -> {
            for (int i = 0; i < count; i++) {
                values[i] = Elements.get(bytes, i, tensor.type());
            }
        });
        return values;
    }

    @Test
    void newTensorsHaveTheTypeOfTheBase() throws IOException {
        start(null);
        assertThat(Checkpoint.open(proxy().start())
                        .weights()
                        .info("classifier.weight")
                        .type())
                .isEqualTo(ElementType.F32);
    }

    @Test
    void labelsOfTheDataAreSortedNumbersBySize() throws IOException {
        assertThat(labelsOf(rows("a.csv", "10", "9", "1", "10", "9", "1"))).containsExactly("1", "9", "10");
    }

    @Test
    void labelsOfTheDataAreSortedByTheAlphabetWhateverTheirCase() throws IOException {
        assertThat(labelsOf(rows("a.csv", "senang", "Marah", "biasa", "marah")))
                .containsExactly("biasa", "Marah", "senang");
    }

    @Test
    void aLabelMapNamesTheClasses() throws IOException {
        DataFile train = rows("a.csv", "0", "1", "0", "1").choosing(Map.of("0", "negative", "1", "positive"));
        assertThat(labelsOf(train)).containsExactly("negative", "positive");
    }

    @Test
    void givenLabelsKeepTheirOrder() {
        start(List.of("positive", "negative", "neutral"));
        assertThat(Json.tree(proxy().start().resolve("config.json"))
                        .at("/id2label/0")
                        .asText())
                .isEqualTo("positive");
    }

    @Test
    void aDecoderLearnsWhichTokenFillsUp() throws IOException {
        base = Bases.of("gpt2", folder.resolve("gpt2"));
        OddCheckpoint.config(base, c -> c.remove("pad_token_id"));
        start(null);
        assertThat(Json.tree(proxy().start().resolve("config.json"))
                        .at("/pad_token_id")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void fewTextsOfAClassAreNoted() throws IOException {
        DataFile train = rows("few.csv", "a", "b", "a", "b", "a", "a", "a", "a", "a", "a", "a", "a");
        ProxyStart made = ProxyStart.write(config(null, train, train), proxy(), () -> {});
        assertThat(made.notes())
                .singleElement()
                .asString()
                .contains("few.csv has fewer than 10 texts of some classes (b 2)");
    }

    @Test
    void aLabelThatUsuallyMeansNoneIsNoted() throws IOException {
        DataFile train = rows("none.csv", "a", "-", "b", "a");
        ProxyStart made = ProxyStart.write(config(null, train, train), proxy(), () -> {});
        assertThat(made.notes()).anySatisfy(note -> assertThat(note.english()).contains("--skip-label -"));
    }

    private void assertRefused(RunConfig config, String... what) {
        assertThatThrownBy(() -> ProxyStart.write(config, proxy(), () -> {}))
                .isInstanceOf(Problem.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(what));
        assertThat(proxy().folder()).as("nothing is left behind").doesNotExist();
    }

    @Test
    void oneLabelIsRefused() throws IOException {
        DataFile one = rows("one.csv", "a", "a", "a");
        assertRefused(config(null, one, one), "have the same label (a)", "--label-column");
        assertRefused(config(List.of("a"), one, one), "only one class (a)", "--labels negative,positive");
    }

    @Test
    void aLabelThatIsNotNamedIsRefused() {
        assertRefused(
                config(List.of("negative", "positive"), file("train.csv"), file("test.csv")),
                "train.csv",
                "\"neutral\"",
                "negative, positive",
                "--labels");
    }

    @Test
    void aClassWithoutTrainingTextsIsRefused() {
        assertRefused(
                config(List.of("negative", "neutral", "positive", "mixed"), file("train.csv"), file("test.csv")),
                "no text of the class mixed",
                "leave it out of --labels");
    }

    @Test
    void aLabelThatOnlyTheTestTextsHaveIsRefused() throws IOException {
        assertRefused(
                config(null, file("train.csv"), rows("odd.csv", "negative", "mixed")),
                "odd.csv, line 3",
                "no training text has the label \"mixed\"",
                "--skip-label");
    }

    @Test
    void aColumnOfSomethingElseIsRefused() throws IOException {
        String[] each = new String[40];
        for (int i = 0; i < each.length; i++) {
            each[i] = "id" + i;
        }
        DataFile many = rows("many.csv", each);
        assertRefused(config(null, many, many), "40 different labels in 40 texts", "\"label\"", "--label-column");
    }

    @Test
    void aBaseWithoutATokenizerIsRefused() throws IOException {
        Files.delete(base.resolve("tokenizer.json"));
        assertRefused(
                config(null, file("train.csv"), file("test.csv")),
                "no tokenizer.json",
                "AutoTokenizer.from_pretrained");
    }

    @Test
    void aClassifierIsRefused() {
        base = TinyCheckpoint.write(folder.resolve("classifier"), 1);
        assertRefused(config(null, file("train.csv"), file("test.csv")), "already has a classifier", "sirkuit tune");
    }

    @Test
    void aFolderWithFilesIsRefusedAndStaysAsItIs() throws IOException {
        Path mine = proxy().folder().resolve("training/mine.csv");
        Files.createDirectories(Objects.requireNonNull(mine.getParent()));
        Files.writeString(mine, "x");
        assertThatThrownBy(() -> start(null)).isInstanceOf(Problem.class).hasMessageContaining("already exists");
        proxy().discardUnlessBegun();
        assertThat(mine).hasContent("x");
    }

    @Test
    void whatAKilledAttemptLeftIsReplaced() throws IOException {
        start(null);
        Files.delete(proxy().run().folder().resolve("proxy.json"));
        Files.writeString(proxy().start().resolve("config.json"), "{");
        start(null);
        assertThat(Checkpoint.open(proxy().start()).config().modelType()).isEqualTo("bert");
    }
}

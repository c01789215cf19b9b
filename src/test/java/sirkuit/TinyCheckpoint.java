package sirkuit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import sirkuit.checkpoint.ElementType;
import sirkuit.checkpoint.SafetensorsWriter;
import sirkuit.checkpoint.TensorInfo;
import sirkuit.checkpoint.tokenizer.TextTokenizer;
import sirkuit.dataset.Dataset;
import sirkuit.dataset.LabelMap;
import sirkuit.dataset.table.TextSource;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;

/// A BERT of two layers and four heads with random weights, and sentences it can read: what most tests need, made
/// here.
public final class TinyCheckpoint {
    public static final int LAYERS = 2;
    public static final int HEADS = 4;
    public static final int HIDDEN = 16;
    private static final int INTERMEDIATE = 32;
    private static final int POSITIONS = 24;
    private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
    private static final Map<String, List<String>> WORDS = new LinkedHashMap<>(Map.of());

    static {
        WORDS.put("thing", List.of("film", "buku", "hotel", "nasi", "lagu", "kursi"));
        WORDS.put("negative", List.of("buruk", "lambat", "kotor", "hambar"));
        WORDS.put("neutral", List.of("biasa", "baru", "merah", "kecil"));
        WORDS.put("positive", List.of("bagus", "enak", "bersih", "indah"));
        WORDS.put("other", List.of("itu", "ini", "sangat", "dan", "kata", "mereka"));
    }

    private TinyCheckpoint() {}

    /// Writes the checkpoint's folder.
    public static Path write(Path folder, long seed) {
        return write(folder, seed, name -> 1);
    }

    /// The same with each tensor's values times a factor.
    ///
    /// @param factor by the tensor's name
    public static Path write(Path folder, long seed, ToDoubleFunction<String> factor) {
        List<String> vocabulary = new ArrayList<>(SPECIAL);
        WORDS.values().forEach(vocabulary::addAll);
        AtomicFile.write(folder.resolve("config.json"), Json.pretty(config(vocabulary.size())));
        AtomicFile.write(folder.resolve("tokenizer.json"), Json.pretty(tokenizer(vocabulary)));
        AtomicFile.write(
                folder.resolve("tokenizer_config.json"),
                Json.pretty(Map.of("tokenizer_class", "PreTrainedTokenizerFast")));
        Map<String, float[]> values = new LinkedHashMap<>();
        List<TensorInfo> tensors = new ArrayList<>();
        Random random = new Random(seed);
        shapes(vocabulary.size()).forEach((name, shape) -> {
            long size = shape.stream().reduce(1L, (a, b) -> a * b);
            float[] v = new float[(int) size];
            for (int i = 0; i < v.length; i++) {
                boolean gain = name.endsWith("LayerNorm.weight");
                double value = random.nextGaussian() * (gain ? 0.1 : 0.3) + (gain ? 1 : 0);
                v[i] = (float) (value * factor.applyAsDouble(name));
            }
            values.put(name, v);
            long begin = tensors.isEmpty() ? 0 : tensors.getLast().end();
            tensors.add(new TensorInfo(name, ElementType.F32, shape, begin, begin + 4 * size));
        });
        SafetensorsWriter.write(
                folder.resolve("model.safetensors"),
                tensors,
                Map.of("format", "pt"),
                t -> bytes(java.util.Objects.requireNonNull(values.get(t.name()))));
        return folder;
    }

    /// Writes `count` labelled sentences, as CSV.
    public static Path writeTexts(Path file, int count, long seed) {
        Random random = new Random(seed);
        StringBuilder csv = new StringBuilder("id,text,label\n");
        List<String> labels = List.of("negative", "neutral", "positive");
        for (int i = 0; i < count; i++) {
            String label = labels.get(i % 3);
            StringBuilder text = new StringBuilder(pick("thing", random) + " " + pick("other", random));
            for (int j = random.nextInt(4); j > 0; j--) {
                text.append(' ').append(pick("other", random));
            }
            text.append(' ').append(pick(label, random));
            csv.append(i).append(',').append(text).append(',').append(label).append('\n');
        }
        AtomicFile.write(file, csv.toString());
        return file;
    }

    /// The sentences of a file as tokens, at most 16 of each.
    public static LabelledTokens tokens(ProxyModel model, Path file) {
        Dataset data =
                Dataset.open(TextSource.of(file), new LabelMap(model.spec().labels()));
        List<Dataset.Example> examples =
                data.select(IntStream.range(0, data.size()).boxed().toList());
        try (TextTokenizer tokenizer = TextTokenizer.open(model.checkpoint(), 16)) {
            return LabelledTokens.of(
                    tokenizer.encode(
                            examples.stream().map(Dataset.Example::text).toList()),
                    examples.stream().mapToInt(Dataset.Example::label).toArray(),
                    model.spec());
        }
    }

    private static String pick(String kind, Random random) {
        List<String> words = java.util.Objects.requireNonNull(WORDS.get(kind));
        return words.get(random.nextInt(words.size()));
    }

    private static Map<String, Object> config(int vocabulary) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("architectures", List.of("BertForSequenceClassification"));
        config.put("attention_probs_dropout_prob", 0.1);
        config.put("hidden_act", "gelu");
        config.put("hidden_dropout_prob", 0.1);
        config.put("hidden_size", HIDDEN);
        config.put("id2label", Map.of("0", "negative", "1", "neutral", "2", "positive"));
        config.put("intermediate_size", INTERMEDIATE);
        config.put("layer_norm_eps", 1e-12);
        config.put("max_position_embeddings", POSITIONS);
        config.put("model_type", "bert");
        config.put("num_attention_heads", HEADS);
        config.put("num_hidden_layers", LAYERS);
        config.put("pad_token_id", 0);
        config.put("type_vocab_size", 2);
        config.put("vocab_size", vocabulary);
        return config;
    }

    private static Map<String, Object> tokenizer(List<String> vocabulary) {
        Map<String, Integer> ids = new LinkedHashMap<>();
        vocabulary.forEach(word -> ids.put(word, ids.size()));
        List<Map<String, Object>> added = new ArrayList<>();
        for (String special : SPECIAL) {
            added.add(Map.of(
                    "id", java.util.Objects.requireNonNull(ids.get(special)),
                    "content", special,
                    "single_word", false,
                    "lstrip", false,
                    "rstrip", false,
                    "normalized", false,
                    "special", true));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", "1.0");
        json.put("truncation", null);
        json.put("padding", null);
        json.put("added_tokens", added);
        json.put("normalizer", Map.of("type", "Lowercase"));
        json.put("pre_tokenizer", Map.of("type", "Whitespace"));
        json.put(
                "post_processor",
                Map.of("type", "BertProcessing", "sep", List.of("[SEP]", 3), "cls", List.of("[CLS]", 2)));
        json.put("decoder", null);
        json.put("model", Map.of("type", "WordLevel", "vocab", ids, "unk_token", "[UNK]"));
        return json;
    }

    private static Map<String, List<Long>> shapes(long vocabulary) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        long d = HIDDEN;
        long mlp = INTERMEDIATE;
        shapes.put("bert.embeddings.word_embeddings.weight", List.of(vocabulary, d));
        shapes.put("bert.embeddings.position_embeddings.weight", List.of((long) POSITIONS, d));
        shapes.put("bert.embeddings.token_type_embeddings.weight", List.of(2L, d));
        norm(shapes, "bert.embeddings.LayerNorm");
        for (int i = 0; i < LAYERS; i++) {
            String layer = "bert.encoder.layer." + i + ".";
            dense(shapes, layer + "attention.self.query", d, d);
            dense(shapes, layer + "attention.self.key", d, d);
            dense(shapes, layer + "attention.self.value", d, d);
            dense(shapes, layer + "attention.output.dense", d, d);
            norm(shapes, layer + "attention.output.LayerNorm");
            dense(shapes, layer + "intermediate.dense", mlp, d);
            dense(shapes, layer + "output.dense", d, mlp);
            norm(shapes, layer + "output.LayerNorm");
        }
        dense(shapes, "bert.pooler.dense", d, d);
        dense(shapes, "classifier", 3, d);
        return shapes;
    }

    private static void norm(Map<String, List<Long>> shapes, String name) {
        shapes.put(name + ".weight", List.of((long) HIDDEN));
        shapes.put(name + ".bias", List.of((long) HIDDEN));
    }

    private static void dense(Map<String, List<Long>> shapes, String name, long out, long in) {
        shapes.put(name + ".weight", List.of(out, in));
        shapes.put(name + ".bias", List.of(out));
    }

    private static ByteBuffer bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }
}

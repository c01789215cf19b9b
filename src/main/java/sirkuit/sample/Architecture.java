package sirkuit.sample;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.ElementType;
import sirkuit.checkpoint.Elements;
import sirkuit.checkpoint.SafetensorsWriter;
import sirkuit.checkpoint.TensorInfo;

/// The shape of a sample's transformer, and checkpoints of it.
///
/// @param decoder      whether it is a Llama language model; else a BERT classifier
/// @param layers       L
/// @param heads        H
/// @param hidden       d_model
/// @param intermediate width of the MLP
/// @param positions    longest sequence in tokens
record Architecture(boolean decoder, int layers, int heads, int hidden, int intermediate, int positions) {
    private static final double SPREAD = 0.05;

    /// Writes a checkpoint with random weights, in F32.
    void write(Path folder, SampleTokenizer tokenizer, List<String> labels, long seed) {
        AtomicFile.write(
                folder.resolve("config.json"),
                Json.pretty(decoder ? llama(tokenizer.size()) : bert(tokenizer.size(), labels)));
        tokenizer.write(folder);
        Random random = new Random(seed);
        Map<String, ByteBuffer> values = new LinkedHashMap<>();
        List<TensorInfo> tensors = new ArrayList<>();
        shapes(tokenizer.size(), labels.size()).forEach((name, shape) -> {
            int size = Math.toIntExact(shape.stream().reduce(1L, (a, b) -> a * b));
            long begin = tensors.isEmpty() ? 0 : tensors.getLast().end();
            tensors.add(new TensorInfo(name, ElementType.F32, shape, begin, begin + 4L * size));
            values.put(name, drawn(name, size, random));
        });
        SafetensorsWriter.write(
                folder.resolve("model.safetensors"),
                tensors,
                Map.of("format", "pt"),
                t -> Objects.requireNonNull(values.get(t.name())));
    }

    private static ByteBuffer drawn(String name, int size, Random random) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * size).order(ByteOrder.LITTLE_ENDIAN);
        boolean gain = name.toLowerCase(java.util.Locale.ROOT).contains("norm") && name.endsWith("weight");
        for (int i = 0; i < size; i++) {
            double value = gain ? 1 : name.endsWith("bias") ? 0 : SPREAD * random.nextGaussian();
            bytes.putFloat(4 * i, (float) value);
        }
        return bytes;
    }

    /// Writes a copy of a checkpoint with its numbers rounded to F16, which is half the size.
    static void writeHalf(Checkpoint from, Path to) {
        List<TensorInfo> tensors = new ArrayList<>();
        for (TensorInfo t : from.weights().tensors().values()) {
            long begin = tensors.isEmpty() ? 0 : tensors.getLast().end();
            tensors.add(new TensorInfo(t.name(), ElementType.F16, t.shape(), begin, begin + 2 * t.size()));
        }
        SafetensorsWriter.write(
                to.resolve("model.safetensors"), tensors, Map.of("format", "pt"), t -> half(from, t.name()));
    }

    private static ByteBuffer half(Checkpoint from, String name) {
        TensorInfo info = from.weights().info(name);
        ByteBuffer bytes = from.weights().bytes(name);
        int size = Math.toIntExact(info.size());
        ByteBuffer half = ByteBuffer.allocate(2 * size).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i++) {
            Elements.put(half, i, Elements.get(bytes, i, info.type()), ElementType.F16);
        }
        return half;
    }

    private Map<String, Object> bert(int vocabulary, List<String> labels) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("architectures", List.of("BertForSequenceClassification"));
        config.put("attention_probs_dropout_prob", 0.1);
        config.put("classifier_dropout", null);
        config.put("hidden_act", "gelu");
        config.put("hidden_dropout_prob", 0.1);
        config.put("hidden_size", hidden);
        Map<String, Object> names = new LinkedHashMap<>();
        Map<String, Object> ids = new LinkedHashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            names.put(Integer.toString(i), labels.get(i));
            ids.put(labels.get(i), i);
        }
        config.put("id2label", names);
        config.put("initializer_range", SPREAD);
        config.put("intermediate_size", intermediate);
        config.put("label2id", ids);
        config.put("layer_norm_eps", 1e-12);
        config.put("max_position_embeddings", positions);
        config.put("model_type", "bert");
        config.put("num_attention_heads", heads);
        config.put("num_hidden_layers", layers);
        config.put("pad_token_id", SampleTokenizer.PAD);
        config.put("problem_type", "single_label_classification");
        config.put("type_vocab_size", 2);
        config.put("vocab_size", vocabulary);
        return config;
    }

    private Map<String, Object> llama(int vocabulary) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("architectures", List.of("LlamaForCausalLM"));
        config.put("attention_bias", false);
        config.put("attention_dropout", 0.0);
        config.put("bos_token_id", SampleTokenizer.FIRST);
        config.put("eos_token_id", SampleTokenizer.SEPARATOR);
        config.put("head_dim", hidden / heads);
        config.put("hidden_act", "silu");
        config.put("hidden_size", hidden);
        config.put("initializer_range", SPREAD);
        config.put("intermediate_size", intermediate);
        config.put("max_position_embeddings", positions);
        config.put("mlp_bias", false);
        config.put("model_type", "llama");
        config.put("num_attention_heads", heads);
        config.put("num_hidden_layers", layers);
        config.put("num_key_value_heads", heads);
        config.put("pad_token_id", SampleTokenizer.PAD);
        config.put("rms_norm_eps", 1e-6);
        config.put("rope_theta", 10_000.0);
        config.put("tie_word_embeddings", true);
        config.put("vocab_size", vocabulary);
        return config;
    }

    private Map<String, List<Long>> shapes(long vocabulary, long classes) {
        Shapes shapes = new Shapes();
        if (decoder) {
            shapes.put("model.embed_tokens.weight", vocabulary, hidden);
            for (int i = 0; i < layers; i++) {
                String layer = "model.layers." + i + ".";
                shapes.put(layer + "input_layernorm.weight", hidden);
                for (String map : List.of("q_proj", "k_proj", "v_proj", "o_proj")) {
                    shapes.put(layer + "self_attn." + map + ".weight", hidden, hidden);
                }
                shapes.put(layer + "post_attention_layernorm.weight", hidden);
                shapes.put(layer + "mlp.gate_proj.weight", intermediate, hidden);
                shapes.put(layer + "mlp.up_proj.weight", intermediate, hidden);
                shapes.put(layer + "mlp.down_proj.weight", hidden, intermediate);
            }
            shapes.put("model.norm.weight", hidden);
            return shapes.all;
        }
        String embeddings = "bert.embeddings.";
        shapes.put(embeddings + "word_embeddings.weight", vocabulary, hidden);
        shapes.put(embeddings + "position_embeddings.weight", positions, hidden);
        shapes.put(embeddings + "token_type_embeddings.weight", 2, hidden);
        shapes.norm(embeddings + "LayerNorm", hidden);
        for (int i = 0; i < layers; i++) {
            String layer = "bert.encoder.layer." + i + ".";
            for (String map : List.of("query", "key", "value")) {
                shapes.dense(layer + "attention.self." + map, hidden, hidden);
            }
            shapes.dense(layer + "attention.output.dense", hidden, hidden);
            shapes.norm(layer + "attention.output.LayerNorm", hidden);
            shapes.dense(layer + "intermediate.dense", intermediate, hidden);
            shapes.dense(layer + "output.dense", hidden, intermediate);
            shapes.norm(layer + "output.LayerNorm", hidden);
        }
        shapes.dense("bert.pooler.dense", hidden, hidden);
        shapes.dense("classifier", classes, hidden);
        return shapes.all;
    }

    private static final class Shapes {
        private final Map<String, List<Long>> all = new LinkedHashMap<>();

        void put(String name, long... shape) {
            all.put(name, java.util.Arrays.stream(shape).boxed().toList());
        }

        void norm(String name, long size) {
            put(name + ".weight", size);
            put(name + ".bias", size);
        }

        void dense(String name, long out, long in) {
            put(name + ".weight", out, in);
            put(name + ".bias", out);
        }
    }
}

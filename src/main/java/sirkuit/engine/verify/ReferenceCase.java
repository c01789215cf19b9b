package sirkuit.engine.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import sirkuit.Json;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.Elements;
import sirkuit.checkpoint.TensorInfo;
import sirkuit.checkpoint.tokenizer.TextTokenizer;
import sirkuit.device.Backend;
import sirkuit.mask.Head;
import sirkuit.mask.HeadEdges;
import sirkuit.mask.HeadMask;
import sirkuit.mask.ScoreMethod;
import sirkuit.relevance.RelevanceScoring;
import sirkuit.relevance.TwoStreams;
import sirkuit.relevance.baseline.MeanActivation;
import sirkuit.relevance.decomposition.ContextualDecomposition;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.family.Families;
import sirkuit.tuning.Evaluation;
import sirkuit.tuning.MaskedTuning;
import sirkuit.tuning.TrainableParameters;

/// One reference case: computes the quantities in `expected.json`, under the same keys and in the same shapes. A
/// quantity that is not in the file is not compared.
final class ReferenceCase {
    private static final String SUM = "relevant + irrelevant - logits";
    private static final double SMALLEST = 0.01;

    private final Path place;
    private final Checkpoint checkpoint;
    private final JsonNode expected;
    private final Backend backend;
    private final Runnable stopPoint;

    /// @param folder    holds `model` and `expected.json`
    /// @param stopPoint called often; throws to stop
    ReferenceCase(Path folder, JsonNode expected, Backend backend, Runnable stopPoint) {
        place = folder.resolve("expected.json");
        checkpoint = Checkpoint.open(folder.resolve("model"));
        this.expected = expected;
        this.backend = backend;
        this.stopPoint = stopPoint;
    }

    /// Largest allowed deviation. It is absolute, except for the parts of logits and what is computed from them:
    /// these may be far larger than the logits, so their deviation is relative to their size (see [#size]).
    static double tolerance(String quantity) {
        return switch (quantity) {
            case "input_ids", "attention_mask", "frozen entries changed", "trainable_parameters" -> 0;
            case "logits" -> 1e-4;
            case "masked_finetuning/changed" -> 5e-3; // sums over hundreds of entries; docs/decisions/0009
            default -> 1e-3;
        };
    }

    ObjectNode compute() {
        ObjectNode out = Json.MAPPER.createObjectNode();
        try (ProxyModel model = Families.load(checkpoint, labels(), words(), backend)) {
            LabelledTokens examples = tokens(model);
            putIds(out, examples, model.spec().padToken());
            put(out, "logits", logits(model, examples));
            MeanActivation mean = MeanActivation.over(model, examples, stopPoint);
            putMean(out, mean, model);
            decompose(out, model, mean, examples, false);
            decompose(out, model, mean, examples, true);
            out.put(SUM, gap(model, mean, examples));
            put(out, "gradient", score(model, mean, examples, ScoreMethod.GRADIENT, false));
            put(out, "mean_ablation", score(model, mean, examples, ScoreMethod.ABLATION, false));
            if (expected.has("masked_finetuning")) {
                out.set("masked_finetuning", tune(model, examples));
            }
        }
        return out;
    }

    /// Largest |β + γ − logits| over all heads, both streams carried.
    private double gap(ProxyModel model, MeanActivation mean, LabelledTokens examples) {
        TwoStreams both = new TwoStreams(model, mean);
        return HeadMask.all(model.spec().layers(), model.spec().heads()).selected().stream()
                .mapToDouble(h -> {
                    stopPoint.run();
                    return relativeGap(both.decompose(examples, h));
                })
                .max()
                .orElse(0);
    }

    /// If the parts are far larger than their sum, so is the rounding of the sum.
    private static double relativeGap(TwoStreams.Parts parts) {
        double largest = 1;
        for (float v : parts.relevant()) {
            largest = Math.max(largest, Math.abs(v));
        }
        return parts.gap() / largest;
    }

    private List<Integer> words() {
        List<Integer> words = new ArrayList<>();
        expected.path("label_token_ids").forEach(id -> words.add(id.intValue()));
        return words;
    }

    /// A language model's classes are those for which the case has tokens, whatever its configuration names.
    private List<String> labels() {
        return IntStream.range(0, expected.path("label_token_ids").size())
                .mapToObj(i -> "LABEL_" + i)
                .toList();
    }

    private LabelledTokens tokens(ProxyModel model) {
        ReferenceTexts texts = ReferenceTexts.of(place, expected, model.spec().classes());
        // References are made with the tokenizers library and the file itself, not with a class of transformers.
        try (TextTokenizer tokenizer =
                TextTokenizer.openFile(checkpoint, expected.path("max_length").asInt(64))) {
            return new LabelledTokens(texts.encode(tokenizer), texts.labels());
        }
    }

    private static void putIds(ObjectNode out, LabelledTokens examples, int pad) {
        int longest = examples.tokens().stream()
                .mapToInt(TextTokenizer.Tokens::length)
                .max()
                .orElse(0);
        ArrayNode ids = out.putArray("input_ids");
        ArrayNode mask = out.putArray("attention_mask");
        examples.tokens().forEach(t -> {
            ArrayNode row = ids.addArray();
            ArrayNode valid = mask.addArray();
            for (int i = 0; i < longest; i++) {
                row.add(i < t.length() ? t.ids()[i] : Math.max(0, pad));
                valid.add(i < t.length() ? 1 : 0);
            }
        });
    }

    private float[][] logits(ProxyModel model, LabelledTokens examples) {
        int classes = model.spec().classes();
        float[] flat = Evaluation.logits(model.network(), model.manager(), examples, stopPoint);
        return IntStream.range(0, examples.size())
                .mapToObj(b -> java.util.Arrays.copyOfRange(flat, b * classes, (b + 1) * classes))
                .toArray(float[][]::new);
    }

    private static void putMean(ObjectNode out, MeanActivation mean, ProxyModel model) {
        ArrayNode layers = out.putArray("mean_activation");
        int size = model.spec().headSize();
        for (float[] layer : mean.mean()) {
            ArrayNode heads = layers.addArray();
            for (int h = 0; h < model.spec().heads(); h++) {
                ArrayNode head = heads.addArray();
                for (int j = 0; j < size; j++) {
                    head.add(layer[h * size + j]);
                }
            }
        }
    }

    private void decompose(
            ObjectNode out, ProxyModel model, MeanActivation mean, LabelledTokens examples, boolean stabilised) {
        ObjectNode cdt = out.putObject(stabilised ? "cdt_stabilised" : "cdt");
        put(cdt, "directional", score(model, mean, examples, ScoreMethod.CDT, stabilised));
        put(cdt, "magnitude", score(model, mean, examples, ScoreMethod.CDT_MAGNITUDE, stabilised));
        int layers = model.spec().layers();
        int heads = model.spec().heads();
        float[][][][] relevant = new float[layers][heads][examples.size()][];
        List<Head> all = List.copyOf(HeadMask.all(layers, heads).selected());
        double[][] edges = all.stream()
                .map(h -> new double[HeadEdges.targets(layers, heads, h.layer())])
                .toArray(double[][]::new);
        try (ContextualDecomposition c = new ContextualDecomposition(model, mean, stabilised, !stabilised, stopPoint)) {
            c.decomposeAll(examples, all, 3, (block, order, parts) -> {
                for (int n = 0; n < order.size(); n++) {
                    for (int b = 0; b < block.size(); b++) {
                        Head h = order.get(n);
                        relevant[h.layer()][h.head()][block.get(b)] = parts.relevant()[n][b];
                        if (parts.edges() != null) {
                            add(edges[h.layer() * heads + h.head()], parts.edges()[n][b], examples.size());
                        }
                    }
                }
            });
        }
        put(cdt, "relevant_logits", relevant);
        if (!stabilised) {
            put(out, "edges", new HeadEdges(layers, heads, edges));
        }
    }

    /// Adds one example's share of the mean.
    private static void add(double[] sum, float[] shares, int examples) {
        for (int i = 0; i < shares.length; i++) {
            sum[i] += shares[i] / (double) examples;
        }
    }

    private double[][] score(
            ProxyModel model, MeanActivation mean, LabelledTokens examples, ScoreMethod method, boolean stabilised) {
        List<Head> all = List.copyOf(
                HeadMask.all(model.spec().layers(), model.spec().heads()).selected());
        return new RelevanceScoring(method, stabilised, all, 0)
                .score(model, mean, examples, (scores, done, of) -> {}, stopPoint)
                .score();
    }

    private ObjectNode tune(ProxyModel model, LabelledTokens examples) {
        JsonNode reference = expected.path("masked_finetuning");
        List<Head> heads = new ArrayList<>();
        reference
                .path("heads")
                .forEach(h -> heads.add(new Head(h.get(0).asInt(), h.get(1).asInt())));
        HeadMask mask = new HeadMask(model.spec().layers(), model.spec().heads(), heads, "reference");
        ObjectNode out = Json.MAPPER.createObjectNode();
        out.set("heads", reference.path("heads"));
        try (TrainableParameters parameters = TrainableParameters.masked(model, mask, true, false)) {
            double[] losses = MaskedTuning.constantSteps(
                    parameters,
                    examples,
                    reference.path("steps").asInt(3),
                    reference.path("learning_rate").asDouble(),
                    reference.path("weight_decay").asDouble(),
                    stopPoint);
            put(out, "losses", losses);
            float[] flat = Evaluation.logits(parameters.network(), model.manager(), examples, stopPoint);
            int classes = model.spec().classes();
            ArrayNode after = out.putArray("logits_after");
            for (int b = 0; b < examples.size(); b++) {
                after.add(Json.MAPPER.valueToTree(java.util.Arrays.copyOfRange(flat, b * classes, (b + 1) * classes)));
            }
            out.put("trainable_parameters", parameters.count());
            out.set("changed", changed(parameters));
        }
        return out;
    }

    /// For every tensor that changed: Σ delta, Σ |delta|, and how many entries differ in the file. The sums are
    /// taken before a 16-bit file rounds the values, like those of the reference, which is computed in float64.
    /// Three steps change a weight by less than 16 bits can represent.
    private ObjectNode changed(TrainableParameters parameters) {
        ObjectNode out = Json.MAPPER.createObjectNode();
        parameters.tensors().forEach(name -> {
            TensorInfo info = checkpoint.weights().info(name);
            int size = info.type().bytes();
            ByteBuffer now = parameters.adapted(name);
            ByteBuffer before = checkpoint.weights().bytes(name);
            long different = 0;
            for (int i = 0; i < info.size(); i++) {
                boolean same = now.slice(i * size, size).equals(before.slice(i * size, size));
                different += same ? 0 : 1;
            }
            double[] sums = new double[2];
            parameters.trained(name, (index, value) -> {
                double delta = (double) value - Elements.get(before, (int) index, info.type());
                sums[0] += delta;
                sums[1] += Math.abs(delta);
            });
            out.putObject(name)
                    .put("sum_delta", sums[0])
                    .put("sum_abs_delta", sums[1])
                    .put("different", different);
        });
        return out;
    }

    /// Largest deviation of each quantity that was computed.
    Map<String, Double> deviations(ObjectNode computed) {
        Map<String, Double> result = new LinkedHashMap<>();
        for (String key : List.of(
                "input_ids",
                "attention_mask",
                "logits",
                "mean_activation",
                "cdt/directional",
                "cdt/magnitude",
                "cdt/relevant_logits",
                "cdt_stabilised/directional",
                "cdt_stabilised/magnitude",
                "cdt_stabilised/relevant_logits",
                "gradient",
                "mean_ablation",
                "edges",
                "masked_finetuning/losses",
                "masked_finetuning/logits_after",
                "masked_finetuning/trainable_parameters")) {
            JsonNode reference = expected.at("/" + key);
            if (!reference.isMissingNode()) {
                String name = key.endsWith("trainable_parameters") ? "trainable_parameters" : key;
                JsonNode ours = computed.at("/" + key);
                result.put(
                        name,
                        key.endsWith("relevant_logits")
                                ? headByHead(ours, reference)
                                : deviation(ours, reference) / size(key, reference));
            }
        }
        result.put(SUM, computed.path(SUM).asDouble(Double.POSITIVE_INFINITY));
        compareChanges(computed, result);
        return result;
    }

    /// Checks that no frozen entry changed by a bit: there is no tensor besides the listed ones, and none has more
    /// changed entries than listed.
    private void compareChanges(ObjectNode computed, Map<String, Double> result) {
        JsonNode reference = expected.at("/masked_finetuning/changed");
        if (!reference.isObject()) {
            return;
        }
        double stray = 0;
        double sums = 0;
        for (var entry : computed.at("/masked_finetuning/changed").properties()) {
            JsonNode listed = reference.path(entry.getKey());
            double allowed =
                    listed.path("trainable").asDouble(listed.path("entries").asDouble(0));
            stray += Math.max(0, entry.getValue().path("different").asDouble() - allowed);
            sums = Math.max(sums, difference(entry.getValue(), listed, "sum_delta"));
            sums = Math.max(sums, difference(entry.getValue(), listed, "sum_abs_delta"));
        }
        for (var entry : reference.properties()) {
            if (computed.at("/masked_finetuning/changed").path(entry.getKey()).isMissingNode()) {
                stray += 1;
            }
        }
        result.put("frozen entries changed", stray);
        result.put("masked_finetuning/changed", sums);
    }

    /// The largest deviation of the relevant parts of the logits, `[layer][head][example][class]`. Each head's
    /// deviation is divided by that head's largest value (at least a hundredth, where F32 ends), so that a head
    /// with large values does not hide one with small values.
    static double headByHead(JsonNode computed, JsonNode reference) {
        if (computed.size() != reference.size()) {
            return Double.POSITIVE_INFINITY;
        }
        double worst = 0;
        for (int layer = 0; layer < reference.size(); layer++) {
            JsonNode ours = computed.path(layer);
            JsonNode theirs = reference.path(layer);
            if (ours.size() != theirs.size()) {
                return Double.POSITIVE_INFINITY;
            }
            for (int head = 0; head < theirs.size(); head++) {
                double size = Math.max(SMALLEST, largest(theirs.path(head)));
                worst = Math.max(worst, deviation(ours.path(head), theirs.path(head)) / size);
            }
        }
        return worst;
    }

    /// What a deviation is divided by: for quantities computed from the relevant parts, the largest value if it is
    /// above 1.
    private static double size(String key, JsonNode reference) {
        return switch (key) {
            case "cdt/directional", "cdt/magnitude", "cdt_stabilised/directional", "cdt_stabilised/magnitude" ->
                Math.max(1, largest(reference));
            default -> 1;
        };
    }

    private static double largest(JsonNode node) {
        double largest = node.isNumber() ? Math.abs(node.asDouble()) : 0;
        for (JsonNode part : node) {
            largest = Math.max(largest, largest(part));
        }
        return largest;
    }

    private static double difference(JsonNode a, JsonNode b, String field) {
        return Math.abs(a.path(field).asDouble() - b.path(field).asDouble(Double.NaN));
    }

    private static double deviation(JsonNode a, JsonNode b) {
        if (b.isArray()) {
            if (a.size() != b.size()) {
                return Double.POSITIVE_INFINITY;
            }
            double largest = 0;
            for (int i = 0; i < b.size(); i++) {
                largest = Math.max(largest, deviation(a.get(i), b.get(i)));
            }
            return largest;
        }
        return a.isNumber() ? Math.abs(a.asDouble() - b.asDouble()) : Double.POSITIVE_INFINITY;
    }

    private static void put(ObjectNode node, String key, Object value) {
        node.set(key, Json.MAPPER.valueToTree(value));
    }
}

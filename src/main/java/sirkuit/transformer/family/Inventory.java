package sirkuit.transformer.family;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.CheckpointConfig;
import sirkuit.checkpoint.TensorInfo;
import sirkuit.transformer.TensorNames;
import sirkuit.transformer.TensorNames.Place;
import sirkuit.transformer.Tensors;
import sirkuit.transformer.TransformerSpec;
import sirkuit.transformer.TransformerSpec.Reader;

/// Checks that the file has the tensors that `config.json` implies, and no others that would mean another model.
final class Inventory {
    /// Tensors that may be in a file and are not used: buffers that are computed again, and the heads of other tasks.
    private static final List<String> UNUSED = List.of(
            ".*embeddings\\.position_ids",
            ".*rotary_emb\\.((original_)?inv_freq|(cos|sin)_cached)",
            ".*\\.attn\\.(masked_)?bias",
            "qa_outputs\\..*");

    private static final List<String> UNUSED_BY_CLASSIFIERS = List.of(
            "lm_head\\..*",
            "cls\\..*",
            "vocab_(transform|layer_norm|projector)\\..*",
            "multiple_choice_head\\..*",
            "decoder\\.(weight|bias)");
    private static final List<String> UNUSED_BY_LANGUAGE_MODELS = List.of("score\\..*");

    /// The pooler of `RobertaModel`, which the sequence classifier does not use.
    private static final Map<String, List<String>> UNUSED_BY_FAMILY =
            Map.of("roberta", List.of("(roberta\\.)?pooler\\..*"), "xlm-roberta", List.of("(roberta\\.)?pooler\\..*"));

    private static final String ALWAYS = "";

    /// Families whose linear maps have biases if a field says so ([#ALWAYS]: in any case), and in no other place.
    private static final Map<String, Map<String, String>> BIASES = Map.of(
            "llama",
            Map.of("self_attn", "attention_bias", "mlp", "mlp_bias"),
            "mistral",
            Map.of(),
            "qwen2",
            Map.of("q_proj", ALWAYS, "k_proj", ALWAYS, "v_proj", ALWAYS),
            "qwen3",
            Map.of("self_attn", "attention_bias"),
            "gemma2",
            Map.of("self_attn", "attention_bias"),
            "gemma3_text",
            Map.of("self_attn", "attention_bias"));

    private static final Map<String, String> LAYERS = Map.of("gpt2", "n_layer", "distilbert", "n_layers");
    private static final int MOST_LAYERS = 10_000;
    private static final int MOST_ENTRIES = 1 << 24;
    private static final Pattern NUMBER = Pattern.compile("\\.(\\d+)\\.");

    private final Checkpoint checkpoint;
    private final CheckpointConfig config;
    private final TransformerSpec spec;

    private Inventory(Checkpoint checkpoint, TransformerSpec spec) {
        this.checkpoint = checkpoint;
        this.config = checkpoint.config();
        this.spec = spec;
    }

    /// Checks names and shapes only.
    ///
    /// @return tensors that training left in the file and that are not used
    /// @throws Problem that names the first extra tensor, or the first one that `config.json` requires and is
    ///         missing
    static List<String> check(Checkpoint checkpoint, TransformerSpec spec) {
        return new Inventory(checkpoint, spec).check();
    }

    /// Limits the number of layers, which costs time and memory before any tensor is read.
    ///
    /// @throws Problem when `config.json` states more layers than any model has
    static void requireLayers(CheckpointConfig config) {
        String field = LAYERS.getOrDefault(config.modelType(), "num_hidden_layers");
        if (config.integer(field, 1) > MOST_LAYERS) {
            throw Problem.of(
                    "transformer.family.impossible-layer-count", config.file(), field, config.integer(field, 1));
        }
    }

    /// Where the file has the tensors of a classifier that it may not hold completely.
    ///
    /// @return name in the file by name in transformers' classifier
    /// @throws Problem as [#check(Checkpoint, TransformerSpec)], and when a weight below the classifier is missing
    static Map<String, String> places(Checkpoint checkpoint, TransformerSpec spec) {
        Inventory inventory = new Inventory(checkpoint, spec);
        inventory.check();
        Set<String> mayBeMissing = inventory.mayBeMissing();
        Map<String, String> places = new LinkedHashMap<>();
        for (String name : inventory.names()) {
            String stored = Tensors.find(checkpoint, name);
            if (stored != null) {
                places.put(name, stored);
            } else if (name.endsWith(".weight") && !mayBeMissing.contains(name)) {
                checkpoint.weights().info(name); // which says that it is missing
            }
        }
        return places;
    }

    private List<String> check() {
        requireSizes();
        Set<String> read = read();
        Pattern unused = Pattern.compile(String.join("|", unused()));
        List<String> extras = new ArrayList<>();
        for (TensorInfo tensor : checkpoint.weights().tensors().values()) {
            if (read.contains(tensor.name()) || unused.matcher(tensor.name()).matches()) {
                continue;
            }
            if (!TrainingTensors.isOfTraining(tensor, spec.classes())) {
                throw tooMuch(tensor.name());
            }
            extras.add(tensor.name());
        }
        return extras;
    }

    /// Limits sizes before anything is done for each layer or token in `config.json`.
    private void requireSizes() {
        TensorNames n = spec.names();
        String tokens = Tensors.find(checkpoint, n.embedding().tokens() + ".weight");
        List<Long> table = List.of((long) spec.vocabulary(), (long) spec.hidden());
        if (tokens != null && !checkpoint.weights().info(tokens).shape().equals(table)) {
            throw Problem.of(
                    "transformer.family.embedding-shape",
                    checkpoint.weights().place(),
                    tokens,
                    checkpoint.weights().info(tokens).shape(),
                    table);
        }
        if ((long) spec.heads() * spec.headSize() > MOST_ENTRIES) {
            throw Problem.of("transformer.family.impossible-head-size", config.file(), spec.heads(), spec.headSize());
        }
        for (int i = 0; i < spec.layers(); i++) {
            int layer = i;
            if (places(n).stream()
                    .noneMatch(place -> Tensors.find(checkpoint, place.in(layer).name() + ".weight") != null)) {
                throw Problem.of(
                        "transformer.family.layers-missing",
                        config.file(),
                        LAYERS.getOrDefault(spec.family(), "num_hidden_layers"),
                        spec.layers(),
                        checkpoint.weights().place(),
                        i == 0
                                ? Message.of("transformer.family.no-layer-of", spec.family())
                                : Message.of("transformer.family.layers-up-to", i - 1),
                        n.attention().query().in(i).name());
            }
        }
    }

    /// Names in the file of all tensors that the model reads.
    private Set<String> read() {
        Set<String> read = new HashSet<>();
        for (String name : names()) {
            String stored = Tensors.find(checkpoint, name);
            if (stored != null) {
                read.add(stored);
            }
        }
        return read;
    }

    /// Names of the weights between the last layer and the logits, and of norms that the first layers do not have.
    private Set<String> mayBeMissing() {
        TensorNames.Readout out = spec.names().readout();
        TensorNames.Norms norms = spec.names().attention().norms();
        return Stream.concat(
                        Stream.of(out.pooler(), out.poolerNorm(), out.classifier()),
                        IntStream.range(0, norms.inputFrom()).mapToObj(i -> TensorNames.ifAny(i, norms.input())))
                .filter(Objects::nonNull)
                .map(name -> name + ".weight")
                .collect(Collectors.toSet());
    }

    /// Names of all tensors that the model reads, in the order of the model.
    private Set<String> names() {
        TensorNames n = spec.names();
        TensorNames.Embedding in = n.embedding();
        TensorNames.Readout out = n.readout();
        Set<String> read = new LinkedHashSet<>();
        Stream.of(in.tokens(), in.positions(), in.types())
                .filter(Objects::nonNull)
                .forEach(t -> read.add(t + ".weight"));
        norm(read, in.norm());
        norm(read, out.finalNorm());
        for (int i = 0; i < spec.layers(); i++) {
            layer(read, n, i);
        }
        if (out.pooler() != null) {
            read.add(out.pooler() + ".weight");
            read.add(out.pooler() + ".bias");
        }
        norm(read, out.poolerNorm());
        classifier(read, out.classifier());
        return read;
    }

    private void layer(Set<String> read, TensorNames n, int i) {
        for (Place place : places(n)) {
            String name = place.in(i).name();
            read.add(name + ".weight");
            if (mayHaveBias(name)) {
                read.add(name + ".bias");
            }
        }
        Stream.of(
                        n.attention().queryNorm(),
                        n.attention().keyNorm(),
                        n.attention().norms().input(),
                        n.attention().norms().output(),
                        n.attention().norms().sum(),
                        n.mlp().norms().input(),
                        n.mlp().norms().output(),
                        n.mlp().norms().sum())
                .forEach(norm -> norm(read, TensorNames.ifAny(i, norm)));
    }

    private static List<Place> places(TensorNames n) {
        TensorNames.Attention a = n.attention();
        TensorNames.Mlp m = n.mlp();
        List<Place> places = new ArrayList<>(List.of(a.query(), a.key(), a.value(), a.output(), m.up(), m.down()));
        if (m.gate() != null) {
            places.add(m.gate());
        }
        return places;
    }

    private void classifier(Set<String> read, String name) {
        read.add(name + ".weight");
        if (spec.readout().reader() != Reader.LAST) {
            read.add(name + ".bias");
        } else if (spec.readout().tokens() != null
                && Tensors.find(checkpoint, name + ".weight") == null
                && !tied(config)) {
            throw missing(name + ".weight", "tie_word_embeddings", "false");
        }
    }

    /// Whether the output is tied to the token embedding. If it is not written, the default is that of
    /// transformers: true for Gemma and GPT-2.
    static boolean tied(CheckpointConfig config) {
        return config.flag("tie_word_embeddings", config.modelType().matches("gpt2|gemma.*"));
    }

    /// @throws Problem when it must have one and has none
    private boolean mayHaveBias(String map) {
        if (spec.biases() || !BIASES.containsKey(spec.family())) {
            return true;
        }
        String field = biasField(map);
        if (field == null || field.equals(ALWAYS)) {
            return field != null;
        }
        boolean written = config.flag(field, false);
        if (written && Tensors.find(checkpoint, map + ".bias") == null) {
            throw missing(map + ".bias", field, "true");
        }
        return written;
    }

    /// The field that says whether a linear map has a bias; null when it never has.
    private @Nullable String biasField(String map) {
        return BIASES.getOrDefault(spec.family(), Map.of()).entrySet().stream()
                .filter(e -> Stream.of(map.split("\\.", -1)).anyMatch(e.getKey()::equals))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private void norm(Set<String> read, @Nullable String name) {
        if (name != null) {
            read.add(name + ".weight");
            if (spec.norm().biased()) {
                read.add(name + ".bias");
            }
        }
    }

    private List<String> unused() {
        boolean languageModel = spec.readout().tokens() != null;
        return Stream.of(
                        UNUSED,
                        languageModel ? UNUSED_BY_LANGUAGE_MODELS : UNUSED_BY_CLASSIFIERS,
                        UNUSED_BY_FAMILY.getOrDefault(spec.family(), List.of()))
                .flatMap(List::stream)
                .toList();
    }

    private Problem missing(String tensor, String field, String value) {
        return Problem.of(
                "transformer.family.tensor-missing",
                config.file(),
                field,
                value,
                checkpoint.weights().place(),
                tensor);
    }

    private Problem tooMuch(String tensor) {
        Object weights = checkpoint.weights().place();
        Matcher number = NUMBER.matcher(tensor);
        if (number.find() && layerNumber(number.group(1)) >= spec.layers()) {
            String field = LAYERS.getOrDefault(spec.family(), "num_hidden_layers");
            return Problem.of(
                    "transformer.family.layer-beyond-config", weights, tensor, config.file(), field, spec.layers());
        }
        String field = tensor.endsWith(".bias") ? biasField(tensor) : null;
        if (field != null && !field.equals(ALWAYS)) {
            return Problem.of("transformer.family.bias-against-config", weights, tensor, config.file(), field);
        }
        return Problem.of("transformer.family.unknown-tensor", weights, tensor, spec.family(), config.file());
    }

    private static int layerNumber(String digits) {
        return digits.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }
}

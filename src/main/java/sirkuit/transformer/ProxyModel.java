package sirkuit.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.device.Backend;
import sirkuit.device.DeviceMemory;
import sirkuit.device.Lanes;
import sirkuit.transformer.TensorNames.Place;

/// A checkpoint's weights on a device, ready for the forward pass. On the CPU, F32 arrays use the memory of the mapped
/// file, and are never written to.
public final class ProxyModel implements AutoCloseable {
    private final Checkpoint checkpoint;
    private final NDManager manager;
    private final Backend backend;
    private final Network<Dense> network;

    private ProxyModel(Checkpoint checkpoint, NDManager manager, Backend backend, Network<Dense> network) {
        this.checkpoint = checkpoint;
        this.manager = manager;
        this.backend = backend;
        this.network = network;
    }

    /// @param known  what the checkpoint is read as
    /// @param labels class names in the order of the logits; empty for the checkpoint's own
    /// @param tokens of a causal language model: the token for each class; empty for a classifier
    /// @throws Problem when a tensor is missing or has another shape than config.json says
    public static ProxyModel load(
            Checkpoint checkpoint, TransformerSpec known, List<String> labels, List<Integer> tokens, Backend backend) {
        TransformerSpec spec = speaking(checkpoint, known, labels, tokens);
        NDManager manager = backend.newManager();
        try {
            return new ProxyModel(
                    checkpoint,
                    manager,
                    backend,
                    new Loader(new Tensors(checkpoint, manager), manager, spec).network());
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private static TransformerSpec speaking(
            Checkpoint checkpoint, TransformerSpec spec, List<String> labels, List<Integer> tokens) {
        if (spec.readout().tokens() == null) {
            return relabelled(checkpoint, spec, labels);
        }
        if (tokens.isEmpty()) {
            throw Problem.of(
                    "transformer.language-model-without-words",
                    checkpoint.config().file());
        }
        for (int token : tokens) {
            if (token < 0 || token >= spec.vocabulary()) {
                throw Problem.of("transformer.verbalizer-outside-vocabulary", token);
            }
        }
        List<String> names = labels.isEmpty() ? spec.labels() : labels;
        if (names.size() != tokens.size()) {
            throw Problem.of("transformer.verbalizer-word-count", names.size(), tokens.size());
        }
        return spec.withLabels(names).withReadout(spec.readout().withTokens(tokens));
    }

    private static TransformerSpec relabelled(Checkpoint checkpoint, TransformerSpec spec, List<String> labels) {
        if (labels.isEmpty()) {
            return spec;
        }
        if (labels.size() != spec.classes()) {
            throw Problem.of("transformer.class-count", checkpoint.config().file(), spec.classes(), labels.size());
        }
        return spec.withLabels(labels);
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    public TransformerSpec spec() {
        return network.spec();
    }

    public Network<Dense> network() {
        return network;
    }

    /// See [Backend#lanes()].
    public Lanes lanes() {
        return backend.lanes();
    }

    /// See [Backend#memory()].
    public DeviceMemory memory() {
        return backend.memory();
    }

    /// The manager of the weights; make sub-managers of it for work on the same device.
    public NDManager manager() {
        return manager;
    }

    /// The name of a tensor in the file.
    ///
    /// @param name the name in transformers
    public String stored(String name) {
        return Objects.requireNonNullElse(Tensors.find(checkpoint, name), name);
    }

    /// A copy of a tensor's bytes in the checkpoint, which may be changed.
    public ByteBuffer copyOfBytes(String tensor) {
        ByteBuffer original = checkpoint.weights().bytes(tensor);
        return ByteBuffer.allocate(original.remaining())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(original)
                .flip();
    }

    /// Entries of all its tensors.
    public long parameters() {
        return checkpoint.parameters();
    }

    /// For a tensor that has been copied: lets the system release the memory of its part of the file.
    public void release(String tensor) {
        checkpoint.weights().release(tensor);
    }

    /// Shape of a tensor in the file, outermost first.
    public List<Long> shape(String tensor) {
        return checkpoint.weights().info(tensor).shape();
    }

    /// Whether a language model's output embedding is its token embedding.
    public boolean tiedClassifier() {
        return Tensors.find(checkpoint, spec().names().readout().classifier() + ".weight") == null;
    }

    /// A copy of a language model's output embedding, (V, d).
    public NDArray outputEmbedding() {
        return new Tensors(checkpoint, manager)
                .get(spec().names().readout().classifier() + ".weight", spec().vocabulary(), spec().hidden())
                .duplicate();
    }

    @Override
    public void close() {
        manager.close();
    }

    private record Loader(Tensors tensors, NDManager manager, TransformerSpec spec) {
        Network<Dense> network() {
            TensorNames.Embedding n = spec.names().embedding();
            TensorNames.Readout out = spec.names().readout();
            TransformerSpec.Embedding e = spec.embedding();
            int d = spec.hidden();
            List<Layer<Dense>> layers = new ArrayList<>();
            for (int i = 0; i < spec.layers(); i++) {
                layers.add(layer(i));
            }
            NDArray tokens = tensors.get(n.tokens() + ".weight", e.vocabulary(), d);
            return new Network<>(
                    spec,
                    tokens,
                    n.positions() == null
                            ? null
                            : tensors.get(
                                    n.positions() + ".weight", e.positions().rows(), d),
                    n.types() == null ? null : tensors.get(n.types() + ".weight", e.typeRows(), d),
                    norm(n.norm(), d),
                    layers,
                    norm(out.finalNorm(), d),
                    out.pooler() == null ? null : tensors.dense(Place.of(out.pooler()), d, d, spec.biases()),
                    norm(out.poolerNorm(), d),
                    classifier(tokens));
        }

        private Layer<Dense> layer(int i) {
            TensorNames.Attention a = spec.names().attention();
            TensorNames.Mlp m = spec.names().mlp();
            int d = spec.hidden();
            int inner = spec.mlp().width();
            long own = spec.width();
            long shared = (long) spec.keyValueHeads() * spec.headSize();
            boolean bias = spec.biases();
            return new Layer<>(
                    tensors.dense(a.query().in(i), own, d, bias),
                    tensors.dense(a.key().in(i), shared, d, bias),
                    tensors.dense(a.value().in(i), shared, d, bias),
                    tensors.dense(a.output().in(i), d, own, bias),
                    norm(TensorNames.ifAny(i, a.queryNorm()), spec.headSize()),
                    norm(TensorNames.ifAny(i, a.keyNorm()), spec.headSize()),
                    norms(a.norms().in(i)),
                    m.gate() == null ? null : tensors.dense(m.gate().in(i), inner, d, bias),
                    tensors.dense(m.up().in(i), inner, d, bias),
                    tensors.dense(m.down().in(i), d, inner, bias),
                    norms(m.norms().in(i)));
        }

        private Dense classifier(NDArray tokens) {
            String classifier = spec.names().readout().classifier();
            List<Integer> words = spec.readout().tokens();
            if (words == null) {
                return tensors.dense(
                        Place.of(classifier),
                        spec.classes(),
                        spec.hidden(),
                        spec.readout().reader() != TransformerSpec.Reader.LAST);
            }
            NDArray table = tensors.has(classifier + ".weight")
                    ? tensors.get(classifier + ".weight", spec.vocabulary(), spec.hidden())
                    : tokens;
            NDList rows = new NDList();
            words.forEach(w -> rows.add(table.get(w + ":" + (w + 1))));
            return new Dense(ai.djl.ndarray.NDArrays.concat(rows, 0), null);
        }

        private Layer.Norms norms(TensorNames.Norms n) {
            int d = spec.hidden();
            return new Layer.Norms(norm(n.input(), d), norm(n.output(), d), norm(n.sum(), d));
        }

        private @Nullable Norm norm(@Nullable String name, int size) {
            return tensors.norm(name, spec.norm(), size);
        }
    }
}

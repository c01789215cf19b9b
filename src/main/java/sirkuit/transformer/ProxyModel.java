package sirkuit.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sirkuit.Problem;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.ElementType;
import sirkuit.checkpoint.TensorInfo;
import sirkuit.transformer.TransformerSpec.Names;

/// A checkpoint's weights on a device, ready for the forward pass. On the CPU the arrays lie on the mapped file: they
/// are never written to.
public final class ProxyModel implements AutoCloseable {
    private final Checkpoint checkpoint;
    private final NDManager manager;
    private final Lanes lanes;
    private final Network<Dense> network;

    private ProxyModel(Checkpoint checkpoint, NDManager manager, Lanes lanes, Network<Dense> network) {
        this.checkpoint = checkpoint;
        this.manager = manager;
        this.lanes = lanes;
        this.network = network;
    }

    /// @param labels class names in the order of the logits; empty for the checkpoint's own
    /// @throws Problem when a tensor is missing or has not the shape that config.json says
    public static ProxyModel load(Checkpoint checkpoint, List<String> labels, Backend backend) {
        TransformerSpec spec = relabelled(checkpoint, Families.spec(checkpoint), labels);
        NDManager manager = backend.newManager();
        try {
            return new ProxyModel(
                    checkpoint, manager, backend.lanes(), new Loader(checkpoint, manager, spec).network());
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private static TransformerSpec relabelled(Checkpoint checkpoint, TransformerSpec spec, List<String> labels) {
        if (labels.isEmpty()) {
            return spec;
        }
        if (labels.size() != spec.classes()) {
            throw new Problem(
                    checkpoint.config().file() + " has " + spec.classes() + " classes, not " + labels.size() + ".",
                    "Name every class once, in the order of the logits (--labels a,b,c).");
        }
        return new TransformerSpec(
                spec.family(),
                spec.layers(),
                spec.heads(),
                spec.headSize(),
                spec.hidden(),
                spec.intermediate(),
                spec.vocabulary(),
                spec.maxPositions(),
                spec.padToken(),
                spec.activation(),
                spec.normEpsilon(),
                spec.dropout(),
                List.copyOf(labels),
                spec.names());
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
        return lanes;
    }

    /// The manager of the weights; make sub-managers of it for work on the same device.
    public NDManager manager() {
        return manager;
    }

    /// The bytes of a tensor as they are in the checkpoint, to be changed freely.
    public ByteBuffer copyOfBytes(String tensor) {
        ByteBuffer original = checkpoint.weights().bytes(tensor);
        return ByteBuffer.allocate(original.remaining()).put(original).flip();
    }

    /// Shape of a tensor, outermost first.
    public List<Long> shape(String tensor) {
        return checkpoint.weights().info(tensor).shape();
    }

    @Override
    public void close() {
        manager.close();
    }

    private record Loader(Checkpoint checkpoint, NDManager manager, TransformerSpec spec) {
        Network<Dense> network() {
            Names n = spec.names();
            int d = spec.hidden();
            List<Layer<Dense>> layers = new ArrayList<>();
            for (int i = 0; i < spec.layers(); i++) {
                layers.add(new Layer<>(
                        dense(Names.in(i, n.query()), d, d),
                        dense(Names.in(i, n.key()), d, d),
                        dense(Names.in(i, n.value()), d, d),
                        dense(Names.in(i, n.attentionOutput()), d, d),
                        norm(Names.in(i, n.attentionNorm())),
                        dense(Names.in(i, n.up()), spec.intermediate(), d),
                        dense(Names.in(i, n.down()), d, spec.intermediate()),
                        norm(Names.in(i, n.outputNorm()))));
            }
            long types =
                    checkpoint.weights().info(n.types() + ".weight").shape().getFirst();
            return new Network<>(
                    spec,
                    tensor(n.tokens() + ".weight", spec.vocabulary(), d),
                    tensor(n.positions() + ".weight", spec.maxPositions(), d),
                    tensor(n.types() + ".weight", types, d),
                    norm(n.embeddingNorm()),
                    layers,
                    dense(n.pooler(), d, d),
                    dense(n.classifier(), spec.classes(), d));
        }

        private Dense dense(String name, long out, long in) {
            return new Dense(tensor(name + ".weight", out, in), tensor(name + ".bias", out));
        }

        private Norm norm(String name) {
            return new Norm(
                    tensor(name + ".weight", spec.hidden()), tensor(name + ".bias", spec.hidden()), spec.normEpsilon());
        }

        private NDArray tensor(String name, long... shape) {
            ByteBuffer bytes = checkpoint.weights().bytes(name);
            TensorInfo info = checkpoint.weights().info(name);
            List<Long> expected = Arrays.stream(shape).boxed().toList();
            if (!info.shape().equals(expected)) {
                throw new Problem(
                        checkpoint.weights().file() + ": \"" + name + "\" has shape " + info.shape()
                                + " where config.json says " + expected + ".",
                        "Use the config.json that belongs to these weights.");
            }
            if (info.type() != ElementType.F32) {
                throw new Problem(
                        checkpoint.weights().file() + ": \"" + name + "\" is " + info.type()
                                + "; only F32 is supported yet.",
                        "Save the checkpoint as F32: model.float().save_pretrained(folder).");
            }
            return manager.create(aligned(bytes), new Shape(shape), DataType.FLOAT32);
        }

        /// Arithmetic needs floats on multiples of four bytes; the format does not promise that.
        private static ByteBuffer aligned(ByteBuffer bytes) {
            if (java.lang.foreign.MemorySegment.ofBuffer(bytes).address() % Float.BYTES == 0) {
                return bytes;
            }
            ByteBuffer copy = ByteBuffer.allocateDirect(bytes.remaining()).order(ByteOrder.nativeOrder());
            return copy.put(bytes.duplicate()).flip();
        }
    }
}

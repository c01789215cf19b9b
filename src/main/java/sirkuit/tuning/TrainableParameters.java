package sirkuit.tuning;

import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.checkpoint.ElementType;
import sirkuit.checkpoint.Elements;
import sirkuit.checkpoint.SafetensorsFile;
import sirkuit.checkpoint.TensorInfo;
import sirkuit.device.DeviceMemory;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.transformer.Dense;
import sirkuit.transformer.Layer;
import sirkuit.transformer.Network;
import sirkuit.transformer.Norm;
import sirkuit.transformer.Projection;
import sirkuit.transformer.ProxyModel;

/// The trainable parts of a checkpoint as small arrays, separate from the frozen rest, and the network that uses both.
/// Frozen values have no gradient and no optimizer state (arXiv 2601.08146, section 6 of the specification).
public final class TrainableParameters implements AutoCloseable {
    private final ProxyModel model;
    private final NetworkSplit.Choice choice;
    private final NDManager manager;
    private final List<Slice> slices;
    private final Network<Projection> network;
    private final int lowest;

    private TrainableParameters(ProxyModel model, NetworkSplit.Choice choice) {
        this.model = model;
        this.choice = choice;
        manager = model.manager().newSubManager();
        try {
            NetworkSplit split = new NetworkSplit(model, choice, manager);
            network = split.network();
            slices = split.slices();
            lowest = split.lowest();
            tensors().forEach(model::release);
        } catch (RuntimeException | OutOfMemoryError e) {
            manager.close();
            throw e;
        }
    }

    /// The mask's heads: their rows of W_Q, W_K, W_V with biases and their columns of W_O.
    ///
    /// @param norms whether every norm's weight and bias are trained too
    /// @param head  whether the classifier is trained too
    /// @throws sirkuit.Problem when the mask was made for another shape, or nothing is trained
    public static TrainableParameters masked(ProxyModel model, HeadMask mask, boolean norms, boolean head) {
        mask.requireShape(model.spec().layers(), model.spec().heads());
        if (mask.selected().isEmpty() && !norms && !head) {
            throw Problem.of("tuning.nothing-selected");
        }
        return new TrainableParameters(model, NetworkSplit.Choice.masked(mask, norms, head));
    }

    /// All parameters: full fine-tuning.
    public static TrainableParameters full(ProxyModel model) {
        HeadMask all = HeadMask.all(model.spec().layers(), model.spec().heads());
        return new TrainableParameters(model, new NetworkSplit.Choice(all, true, true, false, -1));
    }

    /// Every bias of the transformer: of attention, MLP and norms (BitFit, arXiv 2106.10199).
    ///
    /// @param head whether the classifier and the pooler are trained too, with their weights
    /// @throws sirkuit.Problem when the transformer has no bias
    public static TrainableParameters biases(ProxyModel model, boolean head) {
        requireBiases(model);
        HeadMask none = HeadMask.none(model.spec().layers(), model.spec().heads());
        return new TrainableParameters(
                model,
                new NetworkSplit.Choice(none, false, head, true, model.spec().layers()));
    }

    /// @throws sirkuit.Problem when the transformer has no bias
    public static void requireBiases(ProxyModel model) {
        Network<Dense> n = model.network();
        boolean any = biased(n.embeddingNorm())
                || biased(n.finalNorm())
                || n.layers().stream().anyMatch(TrainableParameters::biased);
        if (!any) {
            throw Problem.of("tuning.no-biases", model.checkpoint().folder());
        }
    }

    private static boolean biased(Layer<Dense> l) {
        return Stream.of(l.query(), l.key(), l.value(), l.output(), l.gate(), l.up(), l.down())
                        .anyMatch(map -> map != null && map.bias() != null)
                || Stream.of(l.attention(), l.mlp())
                        .anyMatch(norms -> biased(norms.input()) || biased(norms.output()) || biased(norms.sum()));
    }

    private static boolean biased(@Nullable Norm norm) {
        return norm != null && norm.bias() != null;
    }

    /// The last layers and what comes after them: the final norm, the pooler, the classifier. A language model's output
    /// embedding that is also its token embedding stays as it is.
    ///
    /// @param count how many layers
    /// @throws sirkuit.Problem when there are fewer
    public static TrainableParameters topLayers(ProxyModel model, int count) {
        requireLayers(model, count);
        int layers = model.spec().layers();
        int heads = model.spec().heads();
        List<Head> top = IntStream.range((layers - count) * heads, layers * heads)
                .mapToObj(i -> new Head(i / heads, i % heads))
                .toList();
        HeadMask mask = new HeadMask(layers, heads, top, "");
        return new TrainableParameters(model, new NetworkSplit.Choice(mask, false, true, false, layers - count));
    }

    /// @throws sirkuit.Problem when the model has fewer layers
    public static void requireLayers(ProxyModel model, int count) {
        int layers = model.spec().layers();
        if (count < 1 || count > layers) {
            throw Problem.of("tuning.bad-layer-count", count, layers);
        }
    }

    /// The network that contains the trainable parts.
    public Network<Projection> network() {
        return network;
    }

    /// Number of trainable entries.
    public long count() {
        return slices.stream().mapToLong(Slice::entries).sum();
    }

    /// The lowest layer that has trainable entries: no gradient is needed below its input. -1 if the embeddings
    /// have some, the number of layers if only what comes after them has.
    public int lowest() {
        return lowest;
    }

    /// Whether all parameters are trained.
    boolean everything() {
        return choice.everything();
    }

    /// Whether all that is trained in the layers are whole layers.
    boolean wholeLayers() {
        return choice.after();
    }

    /// Whether some maps are stored in two parts, one trained and one frozen.
    boolean splits() {
        return !choice.after() && !choice.mask().selected().isEmpty();
    }

    /// Entries of the tensors with trained parts that are stored with 16 bits or F64. These are in memory twice,
    /// because they were converted.
    long widened() {
        return tensors().stream()
                .map(name -> model.checkpoint().weights().info(name))
                .filter(info -> info.type() != ElementType.F32)
                .mapToLong(TensorInfo::size)
                .sum();
    }

    DeviceMemory memory() {
        return model.memory();
    }

    List<Slice> slices() {
        return slices;
    }

    NDManager manager() {
        return manager;
    }

    /// Names of the tensors that have trainable entries.
    public Set<String> tensors() {
        Set<String> names = new LinkedHashSet<>();
        slices.forEach(s -> names.add(s.tensor()));
        return names;
    }

    /// One of [#tensors()] with the trained values; every other byte is as in the checkpoint.
    public ByteBuffer adapted(String tensor) {
        TensorInfo info = model.checkpoint().weights().info(tensor);
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(info.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        adaptedInPieces(tensor, SafetensorsFile.PIECE, all::put);
        return all.flip();
    }

    /// The same piece by piece, because a tensor may be larger than a buffer.
    public void adaptedInPieces(String tensor, Consumer<ByteBuffer> to) {
        adaptedInPieces(tensor, SafetensorsFile.PIECE, to);
    }

    /// The trained values of one of [#tensors()], before they are rounded to the file's type.
    ///
    /// @param to takes an entry's index in the tensor and its value
    public void trained(String tensor, Entries to) {
        List<Long> shape = model.checkpoint().weights().info(tensor).shape();
        slices.stream().filter(s -> s.tensor().equals(tensor)).forEach(s -> s.writeInto(shape, to));
    }

    /// Takes entries of a tensor.
    @FunctionalInterface
    public interface Entries {
        void take(long index, float value);
    }

    /// @param most bytes of a piece
    void adaptedInPieces(String tensor, int most, Consumer<ByteBuffer> to) {
        TensorInfo info = model.checkpoint().weights().info(tensor);
        ElementType type = info.type();
        List<Slice> own = slices.stream().filter(s -> s.tensor().equals(tensor)).toList();
        ByteBuffer copy =
                ByteBuffer.allocate((int) Math.min(most, info.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        long[] done = new long[1];
        model.checkpoint().weights().pieces(tensor, most, original -> {
            copy.clear().put(original).flip();
            long from = done[0];
            done[0] += copy.remaining() / type.bytes();
            own.forEach(s -> s.writeInto(
                    info.shape(),
                    from,
                    done[0],
                    (index, value) -> Elements.put(copy, (int) (index - from), value, type)));
            to.accept(copy);
        });
    }

    /// A copy of all trainable values, to restore later.
    Snapshot snapshot() {
        return new Snapshot(manager, slices);
    }

    /// How a slice's numbers are stored in the checkpoint.
    ElementType storedAs(Slice slice) {
        return model.checkpoint().weights().info(slice.tensor()).type();
    }

    @Override
    public void close() {
        manager.close();
    }
}

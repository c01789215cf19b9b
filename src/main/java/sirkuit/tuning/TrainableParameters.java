package sirkuit.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.checkpoint.ElementType;
import sirkuit.checkpoint.Elements;
import sirkuit.checkpoint.SafetensorsFile;
import sirkuit.checkpoint.TensorInfo;
import sirkuit.device.DeviceMemory;
import sirkuit.mask.HeadMask;
import sirkuit.transformer.Dense;
import sirkuit.transformer.Layer;
import sirkuit.transformer.Network;
import sirkuit.transformer.Norm;
import sirkuit.transformer.Projection;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TensorNames;
import sirkuit.transformer.TensorNames.Place;
import sirkuit.transformer.TiedRows;
import sirkuit.transformer.TransformerSpec;

/// The trainable parts of a checkpoint as small arrays, separate from the frozen rest, and the network that uses both.
/// Frozen values have no gradient and no optimizer state (arXiv 2601.08146, section 6 of the specification).
public final class TrainableParameters implements AutoCloseable {
    private final ProxyModel model;
    private final Choice choice;
    private final NDManager manager;
    private final List<Slice> slices = new ArrayList<>();
    private final Network<Projection> network;
    private int lowest;

    private TrainableParameters(ProxyModel model, Choice choice) {
        this.model = model;
        this.choice = choice;
        manager = model.manager().newSubManager();
        try {
            network = build(choice);
            tensors().forEach(model::release);
        } catch (RuntimeException | OutOfMemoryError e) {
            manager.close();
            throw e;
        }
    }

    private record Choice(HeadMask mask, boolean norms, boolean head, boolean everything) {}

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
        return new TrainableParameters(model, new Choice(mask, norms, head, false));
    }

    /// All parameters: full fine-tuning.
    public static TrainableParameters full(ProxyModel model) {
        HeadMask all = HeadMask.all(model.spec().layers(), model.spec().heads());
        return new TrainableParameters(model, new Choice(all, true, true, true));
    }

    private Network<Projection> build(Choice choice) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Network<Dense> n = model.network();
            TensorNames.Embedding in = model.spec().names().embedding();
            TensorNames.Readout out = model.spec().names().readout();
            boolean all = choice.everything;
            List<Layer<Projection>> layers = new ArrayList<>();
            Norm embeddingNorm = norm(in.norm(), n.embeddingNorm(), choice.norms);
            NDArray tokens = table(in.tokens(), n.tokens(), all);
            NDArray positions = n.positions() == null ? null : table(in.positions(), n.positions(), all);
            NDArray types = n.types() == null ? null : table(in.types(), n.types(), all);
            lowest = slices.isEmpty() ? model.spec().layers() : -1;
            for (int i = 0; i < model.spec().layers(); i++) {
                layers.add(layer(i, n.layers().get(i), choice));
                lowest = slices.isEmpty() ? lowest : Math.min(lowest, i);
            }
            return new Network<>(
                    model.spec(),
                    tokens,
                    positions,
                    types,
                    embeddingNorm,
                    layers,
                    norm(out.finalNorm(), n.finalNorm(), choice.norms),
                    n.pooler() == null || out.pooler() == null
                            ? null
                            : dense(Place.of(out.pooler()), n.pooler(), choice.head),
                    norm(out.poolerNorm(), n.poolerNorm(), choice.norms),
                    classifier(n, tokens, choice));
        }
    }

    private Projection classifier(Network<Dense> n, NDArray tokens, Choice choice) {
        String name = model.spec().names().readout().classifier();
        List<Integer> words = model.spec().readout().tokens();
        if (words == null) {
            return dense(Place.of(name), n.denseClassifier(), choice.head);
        }
        if (!choice.everything) {
            if (choice.head) {
                throw Problem.of("tuning.no-classifier");
            }
            return n.classifier();
        }
        NDArray table = tokens;
        if (!model.tiedClassifier()) {
            table = trainable(
                    model.stored(name + ".weight"),
                    Slice.Layout.WHOLE,
                    new Slice.Region.Whole(),
                    model.outputEmbedding(),
                    true);
        }
        long[] ids = words.stream().mapToLong(Integer::longValue).toArray();
        return new TiedRows(table, kept(manager.create(ids)));
    }

    private Layer<Projection> layer(int i, Layer<Dense> p, Choice choice) {
        TransformerSpec spec = model.spec();
        TensorNames.Attention a = spec.names().attention();
        TensorNames.Mlp m = spec.names().mlp();
        List<Integer> trained = IntStream.range(0, spec.heads())
                .filter(h -> choice.mask.contains(i, h))
                .boxed()
                .toList();
        List<Integer> groups = trained.stream().map(spec::group).distinct().toList();
        boolean all = choice.everything;
        return new Layer<>(
                into(a.query().in(i), p.query(), trained, spec.heads(), false),
                into(a.key().in(i), p.key(), groups, spec.keyValueHeads(), keysShiftFreely()),
                into(a.value().in(i), p.value(), groups, spec.keyValueHeads(), false),
                outOf(a.output().in(i), p.output(), trained, all),
                norm(TensorNames.ifAny(i, a.queryNorm()), p.queryNorm(), choice.norms),
                norm(TensorNames.ifAny(i, a.keyNorm()), p.keyNorm(), choice.norms),
                norms(a.norms().in(i), p.attention(), choice.norms),
                p.gate() == null || m.gate() == null ? null : dense(m.gate().in(i), p.gate(), all),
                dense(m.up().in(i), p.up(), all),
                dense(m.down().in(i), p.down(), all),
                norms(m.norms().in(i), p.mlp(), choice.norms));
    }

    private Layer.Norms norms(TensorNames.Norms n, Layer.Norms p, boolean trained) {
        return new Layer.Norms(
                norm(n.input(), p.input(), trained),
                norm(n.output(), p.output(), trained),
                norm(n.sum(), p.sum(), trained));
    }

    /// Whether heads must stay in order, because they share keys and values.
    private boolean ordered() {
        return model.spec().keyValueHeads() != model.spec().heads();
    }

    /// @param idleBias see [Slice#idle]
    private Projection into(Place place, Dense p, List<Integer> heads, int count, boolean idleBias) {
        if (heads.isEmpty()) {
            return p;
        }
        int size = model.spec().headSize();
        Slice.Region rows = new Slice.Region.Rows(heads, size);
        Dense trained = part(
                place,
                rows,
                new Dense(piece(p.weight(), heads, size, 0), p.bias() == null ? null : piece(p.bias(), heads, size, 0)),
                count * size,
                idleBias);
        List<Integer> rest = rest(heads, count);
        if (rest.isEmpty()) {
            return trained;
        }
        Dense frozen = new Dense(
                kept(piece(p.weight(), rest, size, 0)), p.bias() == null ? null : kept(piece(p.bias(), rest, size, 0)));
        List<Integer> places = new ArrayList<>(heads);
        places.addAll(rest);
        List<Integer> order =
                IntStream.range(0, count).map(places::indexOf).boxed().toList();
        return new SplitRows(trained, frozen, ordered() ? order : List.of(), size);
    }

    private Dense part(Place place, Slice.Region rows, Dense copy, int outputs, boolean idleBias) {
        Slice.Layout layout = new Slice.Layout(place.transposed(), place.part() * outputs);
        NDArray bias = copy.bias();
        if (bias != null) {
            String name = model.stored(place.name() + ".bias");
            bias = idleBias ? idle(name, layout, rows, bias) : trainable(name, layout, rows, bias, false);
        }
        return new Dense(trainable(model.stored(place.name() + ".weight"), layout, rows, copy.weight(), true), bias);
    }

    private Projection outOf(Place place, Dense p, List<Integer> heads, boolean bias) {
        if (heads.isEmpty()) {
            return p;
        }
        int size = model.spec().headSize();
        Slice.Region columns = new Slice.Region.Columns(heads, size);
        Slice.Layout layout = new Slice.Layout(place.transposed(), 0);
        Dense trained = new Dense(
                trainable(
                        model.stored(place.name() + ".weight"),
                        layout,
                        columns,
                        piece(p.weight(), heads, size, 1),
                        true),
                p.bias() == null ? null : whole(place.name() + ".bias", p.bias(), false, bias));
        List<Integer> rest = rest(heads, model.spec().heads());
        if (rest.isEmpty()) {
            return trained;
        }
        return new SplitColumns(
                trained,
                kept(piece(p.weight(), rest, size, 1)),
                ordered() ? heads : List.of(),
                ordered() ? rest : List.of(),
                size);
    }

    private static List<Integer> rest(List<Integer> heads, int count) {
        return IntStream.range(0, count).filter(h -> !heads.contains(h)).boxed().toList();
    }

    /// A copy of the entries of some heads along an axis, in the given order.
    private static NDArray piece(NDArray whole, List<Integer> heads, int size, int axis) {
        NDList pieces = new NDList();
        for (int h : heads) {
            String range = h * size + ":" + (h + 1) * size;
            pieces.add(whole.get(axis == 0 ? range : ":, " + range));
        }
        return NDArrays.concat(pieces, axis);
    }

    private @Nullable Norm norm(@Nullable String name, @Nullable Norm p, boolean trained) {
        return name == null || p == null
                ? null
                : new Norm(
                        whole(name + ".weight", p.weight(), false, trained),
                        p.bias() == null ? null : whole(name + ".bias", p.bias(), false, trained),
                        p.kind());
    }

    private Dense dense(Place place, Dense p, boolean trained) {
        if (!trained) {
            return p;
        }
        int outputs = Math.toIntExact(p.weight().getShape().get(0));
        return part(place, new Slice.Region.Whole(), p, outputs, false);
    }

    private NDArray table(@Nullable String name, NDArray value, boolean trained) {
        return name == null ? value : whole(name + ".weight", value, true, trained);
    }

    private NDArray whole(String tensor, NDArray value, boolean matrix, boolean trained) {
        return trained
                ? trainable(model.stored(tensor), Slice.Layout.WHOLE, new Slice.Region.Whole(), value, matrix)
                : value;
    }

    /// A contiguous copy, whatever the original's strides are.
    private static NDArray copy(NDArray value) {
        return value.flatten().duplicate().reshape(value.getShape());
    }

    /// @param some the values, which are not changed; a part of a transposed map may be stored column by column,
    ///             where the optimizer would change a copy
    private NDArray trainable(String tensor, Slice.Layout layout, Slice.Region region, NDArray some, boolean matrix) {
        NDArray copy = copy(some);
        kept(copy).setRequiresGradient(true);
        slices.add(new Slice(tensor, layout, region, copy, matrix, false));
        return copy;
    }

    /// Whether the bias of the keys has no effect. It moves all scores of a query by the same amount, which softmax
    /// does not see. Its gradient is zero, and F32 arithmetic would give noise that AdamW turns into steps. It does
    /// have an effect if keys are rotated or normed after the bias, or if scores are capped.
    private boolean keysShiftFreely() {
        TransformerSpec spec = model.spec();
        return spec.attention().rotary().isEmpty()
                && spec.attention().softcap() == 0
                && spec.names().attention().keyNorm() == null;
    }

    private NDArray idle(String tensor, Slice.Layout layout, Slice.Region region, NDArray copy) {
        slices.add(new Slice(tensor, layout, region, kept(copy), false, true));
        return copy;
    }

    private NDArray kept(NDArray array) {
        array.attach(manager);
        NDScope.unregister(array);
        return array;
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
        return choice.everything;
    }

    /// Whether some maps are stored in two parts, one trained and one frozen.
    boolean splits() {
        return !choice.everything && !choice.mask.selected().isEmpty();
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

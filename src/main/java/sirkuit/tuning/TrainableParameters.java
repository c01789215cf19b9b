package sirkuit.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import sirkuit.mask.HeadMask;
import sirkuit.transformer.Dense;
import sirkuit.transformer.Layer;
import sirkuit.transformer.Network;
import sirkuit.transformer.Norm;
import sirkuit.transformer.Projection;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TransformerSpec;
import sirkuit.transformer.TransformerSpec.Names;

/// The trainable parts of a checkpoint as small arrays of their own, beside the frozen rest, and the network that uses
/// both: no gradient and no optimizer state is ever made for what is frozen (arXiv 2601.08146, section 6 of the
/// specification).
public final class TrainableParameters implements AutoCloseable {
    private final ProxyModel model;
    private final NDManager manager;
    private final List<Slice> slices = new ArrayList<>();
    private final Network<Projection> network;

    private TrainableParameters(ProxyModel model, Choice choice) {
        this.model = model;
        manager = model.manager().newSubManager();
        try {
            network = build(choice);
        } catch (RuntimeException | OutOfMemoryError e) {
            manager.close();
            throw e;
        }
    }

    private record Choice(HeadMask mask, boolean norms, boolean head, boolean everything) {}

    /// The mask's heads: their rows of W_Q, W_K, W_V with biases and their columns of W_O.
    ///
    /// @param norms whether every norm's weight and bias are trained too
    /// @param head  whether the classification head is trained too
    /// @throws sirkuit.Problem when the mask was made for another shape, or nothing is left to train
    public static TrainableParameters masked(ProxyModel model, HeadMask mask, boolean norms, boolean head) {
        mask.requireShape(model.spec().layers(), model.spec().heads());
        if (mask.selected().isEmpty() && !norms && !head) {
            throw new sirkuit.Problem("Nothing is chosen to be trained.", "Choose some heads, or train the norms.");
        }
        return new TrainableParameters(model, new Choice(mask, norms, head, false));
    }

    /// Every parameter: ordinary fine-tuning.
    public static TrainableParameters full(ProxyModel model) {
        HeadMask all = HeadMask.all(model.spec().layers(), model.spec().heads());
        return new TrainableParameters(model, new Choice(all, true, true, true));
    }

    private Network<Projection> build(Choice choice) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Network<Dense> n = model.network();
            Names names = model.spec().names();
            boolean all = choice.everything;
            List<Layer<Projection>> layers = new ArrayList<>();
            Norm embeddingNorm = norm(names.embeddingNorm(), n.embeddingNorm(), choice.norms);
            NDArray tokens = whole(names.tokens() + ".weight", n.tokens(), true, all);
            NDArray positions = whole(names.positions() + ".weight", n.positions(), true, all);
            NDArray types = whole(names.types() + ".weight", n.types(), true, all);
            for (int i = 0; i < model.spec().layers(); i++) {
                layers.add(layer(i, n.layers().get(i), choice));
            }
            return new Network<>(
                    model.spec(),
                    tokens,
                    positions,
                    types,
                    embeddingNorm,
                    layers,
                    dense(names.pooler(), n.pooler(), choice.head),
                    dense(names.classifier(), n.classifier(), choice.head));
        }
    }

    private Layer<Projection> layer(int i, Layer<Dense> p, Choice choice) {
        TransformerSpec spec = model.spec();
        Names n = spec.names();
        List<Integer> trained = IntStream.range(0, spec.heads())
                .filter(h -> choice.mask.contains(i, h))
                .boxed()
                .toList();
        return new Layer<>(
                into(Names.in(i, n.query()), p.query(), trained),
                into(Names.in(i, n.key()), p.key(), trained),
                into(Names.in(i, n.value()), p.value(), trained),
                outOf(Names.in(i, n.attentionOutput()), p.output(), trained, choice.everything),
                norm(Names.in(i, n.attentionNorm()), p.attentionNorm(), choice.norms),
                dense(Names.in(i, n.up()), p.up(), choice.everything),
                dense(Names.in(i, n.down()), p.down(), choice.everything),
                norm(Names.in(i, n.outputNorm()), p.outputNorm(), choice.norms));
    }

    private Projection into(String name, Dense p, List<Integer> heads) {
        if (heads.isEmpty()) {
            return p;
        }
        int size = model.spec().headSize();
        Slice.Region rows = new Slice.Region.Rows(heads, size);
        Dense trained = new Dense(
                trainable(name + ".weight", rows, part(p.weight(), heads, size, 0), true),
                trainable(name + ".bias", rows, part(p.bias(), heads, size, 0), false));
        List<Integer> rest = rest(heads);
        if (rest.isEmpty()) {
            return trained;
        }
        return new SplitRows(
                trained, new Dense(kept(part(p.weight(), rest, size, 0)), kept(part(p.bias(), rest, size, 0))));
    }

    private Projection outOf(String name, Dense p, List<Integer> heads, boolean bias) {
        if (heads.isEmpty()) {
            return p;
        }
        int size = model.spec().headSize();
        Slice.Region columns = new Slice.Region.Columns(heads, size);
        Dense trained = new Dense(
                trainable(name + ".weight", columns, part(p.weight(), heads, size, 1), true),
                whole(name + ".bias", p.bias(), false, bias));
        List<Integer> rest = rest(heads);
        return rest.isEmpty() ? trained : new SplitColumns(trained, kept(part(p.weight(), rest, size, 1)));
    }

    private List<Integer> rest(List<Integer> heads) {
        return IntStream.range(0, model.spec().heads())
                .filter(h -> !heads.contains(h))
                .boxed()
                .toList();
    }

    /// A copy of the entries of some heads along an axis, heads in the order given.
    private static NDArray part(NDArray whole, List<Integer> heads, int size, int axis) {
        NDList pieces = new NDList();
        for (int h : heads) {
            String range = h * size + ":" + (h + 1) * size;
            pieces.add(whole.get(axis == 0 ? range : ":, " + range));
        }
        return NDArrays.concat(pieces, axis);
    }

    private Norm norm(String name, Norm p, boolean trained) {
        return new Norm(
                whole(name + ".weight", p.weight(), false, trained),
                whole(name + ".bias", p.bias(), false, trained),
                p.epsilon());
    }

    private Dense dense(String name, Dense p, boolean trained) {
        return new Dense(
                whole(name + ".weight", p.weight(), true, trained), whole(name + ".bias", p.bias(), false, trained));
    }

    private NDArray whole(String tensor, NDArray value, boolean matrix, boolean trained) {
        return trained ? trainable(tensor, new Slice.Region.Whole(), value.duplicate(), matrix) : value;
    }

    private NDArray trainable(String tensor, Slice.Region region, NDArray copy, boolean matrix) {
        kept(copy).setRequiresGradient(true);
        slices.add(new Slice(tensor, region, copy, matrix));
        return copy;
    }

    private NDArray kept(NDArray array) {
        array.attach(manager);
        NDScope.unregister(array);
        return array;
    }

    /// The network with the trainable parts in it.
    public Network<Projection> network() {
        return network;
    }

    /// Number of trainable entries.
    public long count() {
        return slices.stream().mapToLong(Slice::entries).sum();
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

    /// One of [#tensors()] with the trained values in place and every other byte as in the checkpoint.
    public ByteBuffer adapted(String tensor) {
        ByteBuffer bytes = model.copyOfBytes(tensor);
        slices.stream().filter(s -> s.tensor().equals(tensor)).forEach(s -> s.writeInto(bytes, model.shape(tensor)));
        return bytes;
    }

    /// A copy of all trainable values, to go back to.
    List<float[]> snapshot() {
        return slices.stream().map(s -> s.value().toFloatArray()).toList();
    }

    void restore(List<float[]> snapshot) {
        for (int i = 0; i < snapshot.size(); i++) {
            NDArray value = slices.get(i).value();
            try (NDArray old = manager.create(snapshot.get(i), value.getShape())) {
                value.set(new NDIndex("..."), old);
            }
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}

package sirkuit.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
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

/// Splits the network of a checkpoint into slices that are trained and the frozen rest.
final class NetworkSplit {
    private final ProxyModel model;
    private final Choice choice;
    private final NDManager manager;
    private final List<Slice> slices = new ArrayList<>();
    private final Network<Projection> network;
    private int lowest;

    /// What is trained.
    ///
    /// @param mask   its heads
    /// @param norms  whether every norm is trained
    /// @param head   whether the classifier is trained
    /// @param biases whether every bias is trained
    /// @param whole  the first layer that is trained as a whole, with all that comes after it; -1 if the embeddings
    ///               are trained too, the number of layers for none
    record Choice(HeadMask mask, boolean norms, boolean head, boolean biases, int whole) {
        /// Heads, norms and classifier.
        static Choice masked(HeadMask mask, boolean norms, boolean head) {
            return new Choice(mask, norms, head, false, mask.layers());
        }

        /// Whether all parameters are trained.
        boolean everything() {
            return whole < 0;
        }

        /// Whether everything in a layer is trained.
        boolean layer(int i) {
            return i >= whole;
        }

        boolean norms(int i) {
            return norms || layer(i);
        }

        /// Whether what comes after the layers is trained.
        boolean after() {
            return whole < mask.layers();
        }
    }

    /// @param manager owns the slices
    NetworkSplit(ProxyModel model, Choice choice, NDManager manager) {
        this.model = model;
        this.choice = choice;
        this.manager = manager;
        network = build();
    }

    /// The network with the slices in it.
    Network<Projection> network() {
        return network;
    }

    List<Slice> slices() {
        return slices;
    }

    /// See [TrainableParameters#lowest()].
    int lowest() {
        return lowest;
    }

    private Network<Projection> build() {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Network<Dense> n = model.network();
            TensorNames.Embedding in = model.spec().names().embedding();
            TensorNames.Readout out = model.spec().names().readout();
            boolean all = choice.everything();
            List<Layer<Projection>> layers = new ArrayList<>();
            Norm embeddingNorm = norm(in.norm(), n.embeddingNorm(), choice.norms);
            NDArray tokens = table(in.tokens(), n.tokens(), all);
            NDArray positions = n.positions() == null ? null : table(in.positions(), n.positions(), all);
            NDArray types = n.types() == null ? null : table(in.types(), n.types(), all);
            lowest = slices.isEmpty() ? model.spec().layers() : -1;
            for (int i = 0; i < model.spec().layers(); i++) {
                layers.add(layer(i, n.layers().get(i)));
                lowest = slices.isEmpty() ? lowest : Math.min(lowest, i);
            }
            return new Network<>(
                    model.spec(),
                    tokens,
                    positions,
                    types,
                    embeddingNorm,
                    layers,
                    norm(out.finalNorm(), n.finalNorm(), choice.norms || choice.after()),
                    n.pooler() == null || out.pooler() == null
                            ? null
                            : dense(Place.of(out.pooler()), n.pooler(), choice.head),
                    norm(out.poolerNorm(), n.poolerNorm(), choice.norms || choice.after()),
                    classifier(n, tokens));
        }
    }

    private Projection classifier(Network<Dense> n, NDArray tokens) {
        String name = model.spec().names().readout().classifier();
        List<Integer> words = model.spec().readout().tokens();
        if (words == null) {
            return dense(Place.of(name), n.denseClassifier(), choice.head);
        }
        if (choice.head && !choice.after()) {
            throw Problem.of("tuning.no-classifier");
        }
        // A tied one is the table of the embeddings, which come before the layers.
        if (!choice.everything() && (!choice.after() || model.tiedClassifier())) {
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

    private Layer<Projection> layer(int i, Layer<Dense> p) {
        TransformerSpec spec = model.spec();
        TensorNames.Attention a = spec.names().attention();
        TensorNames.Mlp m = spec.names().mlp();
        List<Integer> trained = IntStream.range(0, spec.heads())
                .filter(h -> choice.mask.contains(i, h))
                .boxed()
                .toList();
        List<Integer> groups = trained.stream().map(spec::group).distinct().toList();
        boolean all = choice.layer(i);
        boolean norms = choice.norms(i);
        return new Layer<>(
                into(a.query().in(i), p.query(), trained, spec.heads(), false),
                into(a.key().in(i), p.key(), groups, spec.keyValueHeads(), keysShiftFreely()),
                into(a.value().in(i), p.value(), groups, spec.keyValueHeads(), false),
                outOf(a.output().in(i), p.output(), trained, all),
                norm(TensorNames.ifAny(i, a.queryNorm()), p.queryNorm(), norms),
                norm(TensorNames.ifAny(i, a.keyNorm()), p.keyNorm(), norms),
                norms(a.norms().in(i), p.attention(), norms),
                p.gate() == null || m.gate() == null ? null : inLayer(m.gate().in(i), p.gate(), all),
                inLayer(m.up().in(i), p.up(), all),
                inLayer(m.down().in(i), p.down(), all),
                norms(m.norms().in(i), p.mlp(), norms));
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
            return biasOf(place, p, idleBias);
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
        NDArray bias = copy.bias() == null ? null : bias(place, layout, rows, copy.bias(), idleBias);
        return new Dense(trainable(model.stored(place.name() + ".weight"), layout, rows, copy.weight(), true), bias);
    }

    private NDArray bias(Place place, Slice.Layout layout, Slice.Region rows, NDArray copy, boolean idle) {
        String name = model.stored(place.name() + ".bias");
        return idle ? idle(name, layout, rows, copy) : trainable(name, layout, rows, copy, false);
    }

    /// A map of which nothing but the bias is trained, if the biases are.
    private Dense biasOf(Place place, Dense p, boolean idle) {
        if (!choice.biases || p.bias() == null) {
            return p;
        }
        int outputs = Math.toIntExact(p.bias().size());
        Slice.Layout layout = new Slice.Layout(place.transposed(), place.part() * outputs);
        return new Dense(p.weight(), bias(place, layout, new Slice.Region.Whole(), copy(p.bias()), idle));
    }

    private Projection outOf(Place place, Dense p, List<Integer> heads, boolean bias) {
        if (heads.isEmpty()) {
            return biasOf(place, p, false);
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
                        p.bias() == null ? null : whole(name + ".bias", p.bias(), false, trained || choice.biases),
                        p.kind());
    }

    private Dense inLayer(Place place, Dense p, boolean trained) {
        return trained ? dense(place, p, true) : biasOf(place, p, false);
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

    /// @param some the values, which are not changed; a part of a transposed map may be stored column by column, where
    ///             the optimizer would change a copy
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
}

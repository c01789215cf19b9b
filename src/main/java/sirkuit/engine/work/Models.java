package sirkuit.engine.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.Version;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.ConfigLabels;
import sirkuit.checkpoint.tokenizer.TextTokenizer;
import sirkuit.dataset.BalancedSample;
import sirkuit.dataset.ClassBinding;
import sirkuit.dataset.Dataset;
import sirkuit.dataset.GivenNames;
import sirkuit.dataset.LabelMap;
import sirkuit.device.Backend;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.Defaults;
import sirkuit.record.LabelBinding;
import sirkuit.record.Provenance;
import sirkuit.relevance.baseline.MeanActivation;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TransformerSpec;
import sirkuit.transformer.family.Families;

/// Opens checkpoints for one thread of the engine. The last used one stays in memory for the next request. Threads that
/// use the same checkpoint at the same time share it.
public final class Models implements AutoCloseable {
    /// The number of texts that are read and tokenized together.
    public static final int TOGETHER = 1024;

    /// Vocabularies are rounded up. A vocabulary much larger than its tokenizer belongs to another one.
    private static final double MOST_OF_A_VOCABULARY = 0.5;

    private final Backend backend;
    private final OpenModels shared;
    private final boolean keeps;
    private Consumer<Message> onLoad = note -> {};
    private @Nullable Loaded last;

    public Models(Backend backend) {
        this(backend, new OpenModels(), false);
    }

    private Models(Backend backend, OpenModels shared, boolean keeps) {
        this.backend = backend;
        this.shared = shared;
        this.keeps = keeps;
    }

    /// The same checkpoints, for a thread that answers questions. It keeps two of them if they are small, so that both
    /// can be asked in turn.
    public Models beside() {
        return new Models(backend, shared, true);
    }

    /// Sets the listener for the notes of a checkpoint. It receives them once, when the checkpoint is loaded.
    public void onLoad(Consumer<Message> listener) {
        onLoad = listener;
    }

    /// A checkpoint with its tokenizer.
    public static final class Loaded implements AutoCloseable {
        private final Request.Model request;
        private final String stamp;
        private final ProxyModel model;
        private final TextTokenizer tokenizer;
        private final TextPreparation reading;
        private final List<Message> notes;
        private final Map<DataFile, MeanActivation> means = new ConcurrentHashMap<>();
        private final LabelMap.Named named;
        private final List<String> own;
        private @Nullable String digest;

        private Loaded(
                Request.Model request,
                String stamp,
                ProxyModel model,
                TextTokenizer tokenizer,
                LabelMap.Named named,
                List<String> own,
                List<Message> notes) {
            this.request = request;
            this.stamp = stamp;
            this.named = named;
            this.own = own;
            this.model = model;
            this.tokenizer = tokenizer;
            reading = new TextPreparation(tokenizer, request.prompt());
            this.notes = List.copyOf(notes);
        }

        /// What to know before trusting the checkpoint's numbers: how its files were read.
        public List<Message> notes() {
            return notes;
        }

        public ProxyModel model() {
            return model;
        }

        public TextTokenizer tokenizer() {
            return tokenizer;
        }

        /// Class names that the checkpoint's own config.json does not have; null if it has them.
        public @Nullable List<String> newNames() {
            List<String> names = model.spec().labels();
            return named != LabelMap.Named.LABELS || names.equals(own) ? null : names;
        }

        /// A data file, read with this checkpoint's labels.
        ///
        /// @throws sirkuit.Problem naming file and line
        public Dataset data(DataFile file) {
            return data(file, binding -> {});
        }

        /// @param told receives the classes of its labels, even if some match none and the file is refused for
        ///             that
        public Dataset data(DataFile file, Consumer<ClassBinding> told) {
            LabelMap labels = new LabelMap(model.spec().labels(), named, Map.of());
            return Dataset.open(file.source(), labels.choosing(file.labelMap()), told);
        }

        /// All examples of a file as tokens. Only some of the texts are in memory at a time.
        public LabelledTokens tokens(Dataset data) {
            List<TextTokenizer.Tokens> all = new ArrayList<>(data.size());
            data.forEach(TOGETHER, some -> all.addAll(reading.tokens(some)));
            return LabelledTokens.of(
                    all, IntStream.range(0, data.size()).map(data::label).toArray(), model.spec());
        }

        /// The same checkpoint for texts of another length, with the same weights in memory.
        ///
        /// @return null if the requests differ in more than that
        @Nullable
        Loaded otherwise(Request.Model wanted, String nowStamp) {
            Request.Model same =
                    new Request.Model(request.checkpoint(), request.labels(), wanted.maxLength(), request.prompt());
            if (!wanted.equals(same) || !stamp.equals(nowStamp)) {
                return null;
            }
            TextTokenizer other = TextTokenizer.open(
                    model.checkpoint(),
                    Math.min(wanted.maxLength(), model.spec().maxPositions()));
            return new Loaded(wanted, stamp, model, other, named, own, notes);
        }

        boolean is(Request.Model wanted, String nowStamp) {
            return request.equals(wanted) && stamp.equals(nowStamp);
        }

        /// The mean baseline over a label-balanced sample of some data, kept for the next request.
        public MeanActivation mean(DataFile file, Runnable stopPoint) {
            MeanActivation known = means.get(file);
            if (known == null) {
                Dataset data = data(file);
                known = MeanActivation.over(
                        model,
                        tokens(data.select(BalancedSample.draw(data, Defaults.BASELINE_EXAMPLES, Defaults.SEED))),
                        stopPoint);
                means.put(file, known);
            }
            return known;
        }

        public TextPreparation reading() {
            return reading;
        }

        public LabelledTokens tokens(List<Dataset.Example> examples) {
            return LabelledTokens.of(
                    reading.tokens(examples),
                    examples.stream().mapToInt(Dataset.Example::label).toArray(),
                    model.spec());
        }

        public String digest() {
            if (digest == null) {
                digest = model.checkpoint().digest();
            }
            return digest;
        }

        /// The provenance of a result from this checkpoint and one data file.
        ///
        /// @param file as it was requested
        public Provenance provenance(String file, Dataset data, Provenance.Machine machine) {
            Map<String, Provenance.Used> files = new LinkedHashMap<>();
            files.put(Provenance.CHECKPOINT, new Provenance.Used(request.checkpoint(), digest(), null));
            files.put(Provenance.TOKENIZER, new Provenance.Used(request.checkpoint(), tokenizer.digest(), null));
            LabelBinding binding = LabelBinding.of(data.binding(), false);
            files.put(Provenance.DATA, new Provenance.Used(file, data.digest(), binding));
            return new Provenance(
                    Version.current(), files, machine, Instant.now().toString());
        }

        /// Closes all but the weights, which others may share.
        @Override
        public void close() {
            tokenizer.close();
        }
    }

    /// Opens a checkpoint, which can be used until this thread opens another one or calls [#rest].
    ///
    /// @throws sirkuit.Problem when it cannot be opened
    public Loaded open(Request.Model request) {
        Path folder = Path.of(request.checkpoint());
        String stamp = stamp(folder);
        if (last != null && last.is(request, stamp)) {
            return last;
        }
        rest();
        Loaded now = shared.take(request, stamp, keeps, () -> load(Checkpoint.open(folder), request, stamp), onLoad);
        last = now;
        return now;
    }

    /// Says that this thread no longer uses its checkpoint. It stays in memory until another one is loaded.
    public void rest() {
        if (last != null) {
            shared.giveBack(last);
            last = null;
        }
    }

    private Loaded load(Checkpoint checkpoint, Request.Model request, String stamp) {
        boolean words = request.prompt() != null && request.prompt().verbalizer() != null;
        Families.Known known = Families.known(checkpoint, words);
        TransformerSpec spec = known.spec();
        TextTokenizer tokenizer = TextTokenizer.open(checkpoint, Math.min(request.maxLength(), spec.maxPositions()));
        try {
            Map<String, String> verbalizer =
                    request.prompt() == null ? null : request.prompt().verbalizer();
            Names names = Names.of(request, checkpoint, spec, verbalizer);
            List<String> labels = names.given;
            List<Integer> tokens = List.of();
            if (verbalizer != null) {
                if (spec.readout().tokens() == null) {
                    throw Problem.of(
                            "engine.worker.verbalizer-not-needed",
                            checkpoint.config().file(),
                            String.join(", ", spec.labels()));
                }
                tokens = TextPreparation.words(tokenizer, verbalizer, labels);
            }
            List<Message> notes = new ArrayList<>(notes(known.notes(), tokenizer, spec));
            notes.addAll(names.notes);
            return new Loaded(
                    request,
                    stamp,
                    ProxyModel.load(checkpoint, spec, labels, tokens, backend),
                    tokenizer,
                    names.named,
                    spec.labels(),
                    notes);
        } catch (RuntimeException | OutOfMemoryError e) {
            tokenizer.close();
            throw e;
        }
    }

    /// The names of the classes.
    ///
    /// @param given empty for the checkpoint's own
    /// @param named who named them
    /// @param notes what to know about that
    private record Names(List<String> given, LabelMap.Named named, List<Message> notes) {
        /// @throws Problem when the user's names are the checkpoint's names in another order
        static Names of(
                Request.Model request,
                Checkpoint checkpoint,
                TransformerSpec spec,
                @Nullable Map<String, String> verbalizer) {
            if (verbalizer != null) {
                List<String> order = request.labels() == null ? List.copyOf(verbalizer.keySet()) : request.labels();
                return new Names(new LabelMap(order).names(), LabelMap.Named.VERBALIZER, List.of());
            }
            List<Message> notes = new ArrayList<>();
            Message doubt = ConfigLabels.doubt(checkpoint.config());
            if (doubt != null) {
                notes.add(doubt);
            }
            if (request.labels() == null || spec.readout().tokens() != null) {
                List<String> given = request.labels() == null ? List.of() : new LabelMap(request.labels()).names();
                return new Names(given, LabelMap.Named.CONFIG, List.copyOf(notes));
            }
            List<String> own = spec.labels();
            List<String> names = GivenNames.named(checkpoint.config().file(), own, request.labels());
            Message renamed = GivenNames.renamed(own, names);
            if (renamed != null) {
                notes.add(renamed);
            }
            return new Names(
                    names, names.equals(own) ? LabelMap.Named.CONFIG : LabelMap.Named.LABELS, List.copyOf(notes));
        }
    }

    /// The notes of the checkpoint and of its tokenizer.
    public static List<Message> notes(List<Message> known, TextTokenizer tokenizer, TransformerSpec spec) {
        List<Message> notes = new ArrayList<>(known);
        notes.addAll(tokenizer.notes().warnings());
        if (tokenizer.size() < MOST_OF_A_VOCABULARY * spec.vocabulary()) {
            notes.add(Message.of("engine.work.small-tokenizer", tokenizer.size(), spec.vocabulary()));
        }
        return List.copyOf(notes);
    }

    /// Sizes and times of the files. When they change, the checkpoint is read again.
    private static String stamp(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            StringBuilder stamp = new StringBuilder();
            for (Path file : files.sorted().toList()) {
                stamp.append(file.getFileName())
                        .append(' ')
                        .append(Files.getLastModifiedTime(file))
                        .append(' ')
                        .append(Files.size(file))
                        .append(' ');
            }
            return stamp.toString();
        } catch (IOException e) {
            return "unreadable";
        }
    }

    /// Closes all checkpoints, of all threads.
    @Override
    public void close() {
        last = null;
        shared.close();
    }
}

package sirkuit.engine.worker;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import sirkuit.Problem;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.TextTokenizer;
import sirkuit.dataset.Columns;
import sirkuit.dataset.Dataset;
import sirkuit.dataset.LabelMap;
import sirkuit.engine.Event;
import sirkuit.engine.Quality;
import sirkuit.engine.Request;
import sirkuit.project.DataFile;
import sirkuit.transformer.Backend;
import sirkuit.transformer.Families;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TransformerSpec;
import sirkuit.tuning.Evaluation;

/// Gives each kind of request to what does it.
final class Desk {
    private static final int PREVIEW = 50;

    private final Backend backend;
    private final Models models;

    Desk(Backend backend, Models models) {
        this.backend = backend;
        this.models = models;
    }

    /// @throws Problem when it cannot be done
    void handle(Work work) {
        switch (work.request()) {
            case Request.Inspect inspect -> work.tell(inspect(inspect));
            case Request.Describe describe -> work.tell(describe(describe));
            case Request.Evaluate evaluate -> evaluate(evaluate, work);
            case Request.Score score -> new ScoreTask(backend, models).run(score, work);
            case Request.Tune tune -> new TuneTask(backend, models).run(tune, work);
            case Request.Verify verify -> new VerifyTask(backend).run(verify, work);
            case Request.Bench bench -> new BenchTask(models).run(bench, work);
            case Request.Cancel cancel -> throw new IllegalStateException("never queued: " + cancel);
            case Request.Quit quit -> throw new IllegalStateException("never handled: " + quit);
        }
    }

    /// Opened as for work, so that whatever is wrong with it is told now.
    private Event inspect(Request.Inspect request) {
        Checkpoint checkpoint = Checkpoint.open(Path.of(request.checkpoint()));
        Event.Inspected found = inspected(checkpoint);
        try (ProxyModel model = ProxyModel.load(checkpoint, List.of(), backend);
                TextTokenizer tokenizer =
                        TextTokenizer.open(checkpoint, model.spec().maxPositions())) {
            LabelledTokens.of(tokenizer.encode(List.of(checkpoint.config().modelType())), new int[1], model.spec());
        }
        return found;
    }

    /// What a checkpoint is, from its headers alone.
    ///
    /// @throws Problem when it is not supported
    static Event.Inspected inspected(Checkpoint checkpoint) {
        TransformerSpec spec = Families.spec(checkpoint);
        Set<String> types = new HashSet<>();
        checkpoint.weights().tensors().values().forEach(t -> types.add(t.type().name()));
        return new Event.Inspected(
                checkpoint.folder().toString(),
                spec.family(),
                checkpoint.config().architecture().orElse(spec.family()),
                spec.layers(),
                spec.heads(),
                spec.hidden(),
                spec.headSize(),
                checkpoint.parameters(),
                spec.parametersOfHead(),
                spec.parametersOfNorms(),
                spec.labels(),
                spec.maxPositions(),
                spec.vocabulary(),
                String.join(", ", types.stream().sorted().toList()));
    }

    private Event describe(Request.Describe request) {
        Models.Loaded loaded = models.open(request.model());
        Dataset data = data(request.data(), loaded.model().spec());
        LabelledTokens tokens = loaded.tokens(data);
        double mean =
                tokens.tokens().stream().mapToInt(t -> t.length()).average().orElse(0);
        int duplicates = data.size() - new HashSet<>(data.texts()).size();
        List<Event.Described.Row> preview = data.examples().stream()
                .limit(PREVIEW)
                .map(e ->
                        new Event.Described.Row(e.text(), data.labels().names().get(e.label())))
                .toList();
        return new Event.Described(
                request.data().file(),
                data.size(),
                data.labels().names(),
                data.classCounts(),
                mean,
                tokens.truncated(),
                duplicates,
                preview);
    }

    private void evaluate(Request.Evaluate request, Work work) {
        Models.Loaded loaded = models.open(request.model());
        LabelledTokens tokens =
                loaded.tokens(data(request.data(), loaded.model().spec()));
        long start = System.nanoTime();
        Evaluation e = Evaluation.of(loaded.model().network(), loaded.model().manager(), tokens, work::stopPoint);
        work.tell(new Event.Measured(quality(e), loaded.model().spec().labels(), (System.nanoTime() - start) / 1e9));
    }

    /// @throws Problem naming file and line
    static Dataset data(DataFile file, TransformerSpec spec) {
        return Dataset.read(
                Path.of(file.file()), new Columns(file.textColumn(), file.labelColumn()), new LabelMap(spec.labels()));
    }

    static Quality quality(Evaluation e) {
        return new Quality(e.examples(), e.accuracy(), e.macroF1(), e.loss(), e.confusion());
    }
}

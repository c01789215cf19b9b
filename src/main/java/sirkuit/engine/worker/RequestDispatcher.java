package sirkuit.engine.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.ConfigLabels;
import sirkuit.checkpoint.tokenizer.TextTokenizer;
import sirkuit.dataset.ClassBinding;
import sirkuit.dataset.Dataset;
import sirkuit.device.Backend;
import sirkuit.engine.tune.ProxyTask;
import sirkuit.engine.tune.TuneTask;
import sirkuit.engine.verify.VerifyTask;
import sirkuit.engine.work.Measuring;
import sirkuit.engine.work.Models;
import sirkuit.engine.work.UnknownWords;
import sirkuit.engine.work.Work;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.protocol.Stage;
import sirkuit.record.DataFile;
import sirkuit.record.LabelBinding;
import sirkuit.run.RunFolder;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.NotFinite;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TransformerSpec;
import sirkuit.transformer.family.Families;
import sirkuit.tuning.Evaluation;

/// Passes each kind of request to its handler.
final class RequestDispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(RequestDispatcher.class);
    private static final int PREVIEW = 50;

    private final Backend backend;
    private final Models models;

    RequestDispatcher(Backend backend, Models models) {
        this.backend = backend;
        this.models = models;
    }

    /// @throws Problem when the request fails
    void handle(Work work) {
        // A run writes them into its own events.
        boolean run = work.request() instanceof Request.Tune
                || work.request() instanceof Request.Resume
                || work.request() instanceof Request.Proxy;
        models.onLoad(run ? note -> {} : note -> work.tell(Event.Noted.of(note)));
        switch (work.request()) {
            case Request.Inspect inspect -> work.tell(inspect(inspect, work));
            case Request.Describe describe -> work.tell(describe(describe, work));
            case Request.Evaluate evaluate -> evaluate(evaluate, work);
            case Request.Predict predict -> new PredictTask(models).run(predict, work);
            case Request.Score score -> new ScoreTask(backend, models).run(score, work);
            case Request.Faithfulness asked -> new FaithfulnessTask(backend, models).run(asked, work);
            case Request.Explain explain -> new ExplainTask(models).explain(explain, work);
            case Request.WhatIf whatIf -> new ExplainTask(models).whatIf(whatIf, work);
            case Request.Attribute attribute -> new AttributeTask(models).run(attribute, work);
            case Request.Examples examples -> new ExamplesTask(models).run(examples, work);
            case Request.Reach reach -> new ReachTask(models).run(reach, work);
            case Request.Tune tune ->
                inTurn(work, tune.runFolder(), () -> new TuneTask(backend, models).run(tune, work));
            case Request.Resume resume ->
                inTurn(work, resume.runFolder(), () -> new ProxyTask(new TuneTask(backend, models))
                        .resume(resume, work));
            case Request.Proxy proxy ->
                inTurn(work, ProxyTask.runFolder(proxy), () -> new ProxyTask(new TuneTask(backend, models))
                        .run(proxy, work));
            case Request.Verify verify -> new VerifyTask(backend).run(verify, work);
            case Request.Bench bench -> new BenchTask(models).run(bench, work);
            case Request.Export export -> throw new IllegalStateException("never queued: " + export);
            case Request.Cancel cancel -> throw new IllegalStateException("never queued: " + cancel);
            case Request.Order order -> throw new IllegalStateException("never queued: " + order);
            case Request.Detach detach -> throw new IllegalStateException("never queued: " + detach);
            case Request.Quit quit -> throw new IllegalStateException("never handled: " + quit);
        }
    }

    /// Runs work in turn on the device. From then on, a stop file in the run's folder also stops it.
    private static void inTurn(Work work, String folder, Runnable run) {
        RunFolder place = new RunFolder(Path.of(folder));
        place.takeStopRequest(); // left over from an earlier attempt
        work.stopsWhen(place::takeStopRequest);
        try (DeviceTurn turn = DeviceTurn.take(work)) {
            LOG.debug("{}", turn);
            run.run();
        }
    }

    /// Inspects a checkpoint by opening it as for work, so that all its problems are reported now.
    private Event inspect(Request.Inspect request, Work work) {
        Checkpoint checkpoint = Checkpoint.open(Path.of(request.checkpoint()));
        Message doubt = ConfigLabels.doubt(checkpoint.config());
        if (doubt != null) {
            work.tell(Event.Noted.of(doubt));
        }
        Event.Inspected found = inspected(checkpoint);
        TransformerSpec spec =
                Families.known(checkpoint, found.labels().isEmpty()).spec();
        // Any words are enough to see whether a language model can be loaded.
        List<Integer> words = found.labels().isEmpty() ? List.of(0, 1) : List.of();
        try (ProxyModel model = ProxyModel.load(
                        checkpoint, spec, words.isEmpty() ? List.of() : List.of("a", "b"), words, backend);
                TextTokenizer tokenizer =
                        TextTokenizer.open(checkpoint, model.spec().maxPositions())) {
            LabelledTokens.of(tokenizer.encode(List.of(checkpoint.config().modelType())), new int[1], model.spec());
            List<Message> notes = new ArrayList<>(Models.notes(found.messages(), tokenizer, spec));
            tokenizer.notes().applied().forEach(a -> notes.add(Message.of("engine.worker.tokenizer-set", a)));
            return found.withNotes(notes);
        }
    }

    /// The description of a checkpoint, from its headers alone.
    ///
    /// @throws Problem when it is not supported
    static Event.Inspected inspected(Checkpoint checkpoint) {
        Families.Known known = Families.known(checkpoint, false);
        TransformerSpec spec = known.spec();
        Set<String> types = new HashSet<>();
        checkpoint.weights().tensors().values().forEach(t -> types.add(t.type().name()));
        Event.Inspected found = new Event.Inspected(
                checkpoint.folder().toString(),
                spec.family(),
                checkpoint.config().architecture().orElse(spec.family()),
                new Event.Inspected.Shape(spec.layers(), spec.heads(), spec.hidden(), spec.headSize()),
                new Event.Inspected.Counts(checkpoint.parameters(), spec.parametersOfHead(), spec.parametersOfNorms()),
                spec.readout().tokens() == null ? spec.labels() : List.of(),
                spec.maxPositions(),
                spec.vocabulary(),
                String.join(", ", types.stream().sorted().toList()));
        return found.withNotes(
                Stream.concat(known.notes().stream(), narrow(types).stream()).toList());
    }

    /// Notes the type of the weights, because Sirkuit computes in another type than transformers.
    private static List<Message> narrow(Set<String> types) {
        List<String> narrow = Stream.of("BF16", "F16").filter(types::contains).toList();
        List<Message> plain = narrow.stream().map(Message::plain).toList();
        return narrow.isEmpty()
                ? List.of()
                : List.of(Message.of(
                        types.size() == narrow.size()
                                ? "engine.worker.narrow-weights"
                                : "engine.worker.some-narrow-weights",
                        Message.joined("ground.and", plain),
                        Message.joined("ground.or", plain)));
    }

    private Event describe(Request.Describe request, Work work) {
        Models.Loaded loaded = models.open(request.model());
        Dataset data = loaded.data(
                request.data(),
                binding -> work.tell(
                        new Event.Bound(Event.Bound.DATA, request.data().file(), LabelBinding.of(binding, true))));
        data.notes().forEach(note -> work.tell(Event.Noted.of(note)));
        ClassBinding.notes(List.of(data.binding())).forEach(note -> work.tell(Event.Noted.of(note)));
        List<Event.Described.Row> preview = new ArrayList<>();
        int[] truncated = new int[1];
        long[] length = new long[1];
        UnknownWords unknown = new UnknownWords(loaded.tokenizer());
        data.forEach(Models.TOGETHER, some -> {
            LabelledTokens read = loaded.tokens(some);
            truncated[0] += read.truncated();
            unknown.add(read);
            read.tokens().forEach(t -> length[0] += t.length());
            some.stream()
                    .limit(PREVIEW - preview.size())
                    .forEach(e -> preview.add(new Event.Described.Row(
                            e.text(), e.pair(), data.labels().names().get(e.label()))));
        });
        unknown.note(data.file().toString()).ifPresent(note -> work.tell(Event.Noted.of(note)));
        Map<String, Integer> overlaps = new LinkedHashMap<>();
        for (DataFile other : request.others() == null ? List.<DataFile>of() : request.others()) {
            try {
                overlaps.put(other.file(), data.overlap(loaded.data(other)));
            } catch (Problem e) {
                LOG.info("not compared with {}: {}", other.file(), e.what()); // reported with that file
            }
        }
        return new Event.Described(
                request.data().file(),
                data.size(),
                data.labels().names(),
                data.classCounts(),
                length[0] / (double) data.size(),
                truncated[0],
                data.duplicates(),
                overlaps,
                preview);
    }

    private void evaluate(Request.Evaluate request, Work work) {
        Models.Loaded loaded = models.open(request.model());
        ProxyModel model = loaded.model();
        Dataset data = Measuring.data(loaded, request.data(), work);
        long start = System.nanoTime();
        Evaluation[] sum = new Evaluation[1];
        int[] truncated = new int[1];
        UnknownWords unknown = new UnknownWords(loaded.tokenizer());
        data.forEach(Models.TOGETHER, some -> {
            LabelledTokens tokens = loaded.tokens(some);
            truncated[0] += tokens.truncated();
            unknown.add(tokens);
            Evaluation e = Evaluation.of(model.network(), model.manager(), model.memory(), tokens, work::stopPoint);
            if (!Double.isFinite(e.loss())) {
                throw NotFinite.problem(model, tokens);
            }
            sum[0] = sum[0] == null ? e : sum[0].plus(e);
            work.tell(new Event.Progress(Stage.EVALUATING, sum[0].examples(), data.size()));
        });
        if (truncated[0] > 0) {
            work.tell(Event.Noted.of(Measuring.cut(loaded, truncated[0], data.size())));
        }
        unknown.note(data.file().toString()).ifPresent(note -> work.tell(Event.Noted.of(note)));
        Measuring.noteDoubt(data, sum[0], work);
        work.tell(new Event.Measured(
                Measuring.quality(sum[0]), model.spec().labels(), (System.nanoTime() - start) / 1e9));
    }
}

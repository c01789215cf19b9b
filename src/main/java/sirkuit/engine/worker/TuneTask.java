package sirkuit.engine.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.dataset.BalancedSample;
import sirkuit.dataset.Dataset;
import sirkuit.engine.Event;
import sirkuit.engine.Quality;
import sirkuit.engine.Request;
import sirkuit.engine.Wire;
import sirkuit.mask.HeadMask;
import sirkuit.project.EventLog;
import sirkuit.project.RunConfig;
import sirkuit.project.RunFolder;
import sirkuit.transformer.Backend;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.NotFinite;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TransformerSpec;
import sirkuit.tuning.Evaluation;
import sirkuit.tuning.MaskedTuning;
import sirkuit.tuning.TrainableParameters;
import sirkuit.tuning.TuningSettings;

/// Runs a fine-tuning and writes its folder: config, events, the adapted checkpoint.
record TuneTask(Backend backend, Models models) {
    void run(Request.Tune request, Work work) {
        long start = System.nanoTime();
        RunFolder folder = new RunFolder(Path.of(request.runFolder()));
        if (Files.exists(folder.adapted())) {
            throw new Problem(
                    folder.folder() + " holds a run already.",
                    "Choose an empty folder for the run; nothing was changed.");
        }
        RunConfig config = request.config();
        Prepared prepared = prepare(config);
        try (EventLog log = EventLog.create(folder.eventsFile())) {
            Recorder recorder = new Recorder(work, log);
            try {
                folder.writeConfig(config);
                prepared.notes.forEach(note -> recorder.tell(new Event.Noted(note)));
                tune(config, prepared, folder, recorder, work);
                recorder.log(new Event.Finished((System.nanoTime() - start) / 1e9));
            } catch (CancellationException e) {
                recorder.conclude(new Event.Cancelled(), e);
                throw e;
            } catch (Problem e) {
                recorder.conclude(Worker.failed(e), e);
                throw e;
            } catch (RuntimeException | OutOfMemoryError e) {
                recorder.conclude(Worker.unexpected(e), e);
                throw e;
            }
        }
    }

    /// @param notes what whoever trusts the run should know
    private record Prepared(Models.Loaded loaded, MaskedTuning.Data data, List<String> notes) {}

    private static List<String> notes(Dataset train, Dataset target, LabelledTokens texts) {
        List<String> notes = new ArrayList<>();
        int both = target.overlap(train);
        if (both > 0) {
            notes.add(both + " of the " + target.size() + " texts in " + target.file() + " also stand in "
                    + train.file() + ": accuracy on them is not held out.");
        }
        if (texts.truncated() > 0) {
            notes.add(texts.truncated() + " of the " + texts.size() + " training texts are longer than the limit and"
                    + " were cut.");
        }
        return List.copyOf(notes);
    }

    /// Reads everything before the folder is touched: bad input leaves no half-made run.
    private Prepared prepare(RunConfig config) {
        RunConfig.Settings s = config.settings();
        Models.Loaded loaded =
                models.open(new Request.Model(config.checkpoint(), config.labels(), s.maxLength(), config.prompt()));
        TransformerSpec spec = loaded.model().spec();
        if (config.what() == RunConfig.Trained.MASK) {
            mask(config, spec).requireShape(spec.layers(), spec.heads());
        }
        Dataset train = loaded.data(config.train());
        LabelledTokens texts = s.examples() > 0
                ? loaded.tokens(train.select(BalancedSample.draw(train, s.examples(), s.seed())))
                : loaded.tokens(train);
        Dataset target = loaded.data(config.targetEval());
        LabelledTokens source = config.sourceEval() == null ? null : loaded.tokens(loaded.data(config.sourceEval()));
        return new Prepared(
                loaded, new MaskedTuning.Data(texts, loaded.tokens(target), source), notes(train, target, texts));
    }

    private static HeadMask mask(RunConfig config, TransformerSpec spec) {
        return config.mask() == null ? HeadMask.none(spec.layers(), spec.heads()) : config.mask();
    }

    private static void tune(RunConfig config, Prepared prepared, RunFolder folder, Recorder recorder, Work work) {
        ProxyModel model = prepared.loaded.model();
        try (TrainableParameters parameters = config.what() == RunConfig.Trained.FULL
                ? TrainableParameters.full(model)
                : TrainableParameters.masked(model, mask(config, model.spec()), config.norms(), config.trainHead())) {
            RunListener listener = new RunListener(config, prepared, parameters.count(), recorder, work);
            MaskedTuning.Kept kept = new MaskedTuning(
                            model, parameters, settings(config.settings()), prepared.data, listener, work::stopPoint)
                    .run();
            model.checkpoint().writeAdapted(folder.adapted(), parameters.tensors(), parameters::adapted);
            recorder.tell(
                    new Event.Written("adapted", kept.step(), Desk.quality(kept.target()), quality(kept.source())));
        }
    }

    private static TuningSettings settings(RunConfig.Settings s) {
        Double p = s.dropout();
        return new TuningSettings(
                s.epochs(),
                s.batchSize(),
                s.accumulate(),
                s.learningRate(),
                s.weightDecay(),
                s.warmup(),
                s.clip(),
                p == null ? null : TransformerSpec.Dropout.of(p, p, p),
                s.evaluateEvery(),
                s.patience(),
                s.seed());
    }

    /// Tells events to whoever asked and writes them to the run's log.
    private record Recorder(Work work, EventLog log) {
        void tell(Event event) {
            log(event);
            work.tell(event);
        }

        /// The last event; when it cannot be written either, the first reason is the one to tell.
        void conclude(Event event, Throwable reason) {
            try {
                log(event);
            } catch (Problem e) {
                reason.addSuppressed(e);
            }
        }

        void log(Event event) {
            log.append(Wire.line(work.id(), event, Instant.now()));
        }
    }

    private static final class RunListener implements MaskedTuning.Listener {
        private final RunConfig config;
        private final Prepared prepared;
        private final long trainable;
        private final Recorder recorder;
        private final Work work;
        private int steps;

        RunListener(RunConfig config, Prepared prepared, long trainable, Recorder recorder, Work work) {
            this.config = config;
            this.prepared = prepared;
            this.trainable = trainable;
            this.recorder = recorder;
            this.work = work;
        }

        @Override
        public void started(int planned) {
            steps = planned;
            work.tell(new Event.Progress("Tuning", 0, planned));
            ProxyModel model = prepared.loaded.model();
            recorder.tell(new Event.Started(
                    config.name(),
                    planned,
                    config.settings().epochs(),
                    trainable,
                    model.checkpoint().parameters(),
                    prepared.data.train().size()));
        }

        @Override
        public void stepped(
                int now, double epoch, double loss, double learningRate, double norm, double tokensPerSecond) {
            recorder.tell(new Event.Stepped(now, epoch, loss, learningRate, norm, tokensPerSecond));
            work.tell(new Event.Progress("Tuning", now, steps));
        }

        @Override
        public void evaluated(int at, double epoch, Evaluation target, @Nullable Evaluation source) {
            if (at == 0 && !Double.isFinite(target.loss())) {
                throw NotFinite.problem(prepared.loaded.model(), prepared.data.target());
            }
            recorder.tell(new Event.Evaluated(at, epoch, Desk.quality(target), quality(source)));
        }
    }

    private static @Nullable Quality quality(@Nullable Evaluation evaluation) {
        return evaluation == null ? null : Desk.quality(evaluation);
    }
}

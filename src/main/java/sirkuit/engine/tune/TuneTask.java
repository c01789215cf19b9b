package sirkuit.engine.tune;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import sirkuit.AtomicFile;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.Version;
import sirkuit.device.Backend;
import sirkuit.engine.work.Failures;
import sirkuit.engine.work.Models;
import sirkuit.engine.work.ThisMachine;
import sirkuit.engine.work.Work;
import sirkuit.project.OutsideSearch;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.GuessedNames;
import sirkuit.record.OutsideFiles;
import sirkuit.record.RunConfig;
import sirkuit.run.EventLog;
import sirkuit.run.RunFolder;
import sirkuit.transformer.ProxyModel;
import sirkuit.tuning.Divergence;
import sirkuit.tuning.MaskedTuning;
import sirkuit.tuning.Measured;
import sirkuit.tuning.MemoryEstimate;
import sirkuit.tuning.Schedule;
import sirkuit.tuning.TrainableParameters;
import sirkuit.tuning.TuningSettings;

/// Runs a fine-tuning and writes its folder: config, events, resume points, the adapted checkpoint.
public record TuneTask(Backend backend, Models models) {
    public void run(Request.Tune request, Work work) {
        run(request, List.of(), work);
    }

    /// @param notes what else to know before trusting the run
    void run(Request.Tune request, List<Message> notes, Work work) {
        long start = System.nanoTime();
        RunFolder folder = new RunFolder(Path.of(request.runFolder()));
        if (Files.exists(folder.adapted()) || Files.exists(folder.eventsFile())) {
            throw Problem.of("engine.worker.run-exists", folder.folder());
        }
        folder.requireOwn();
        // The target gets its name at the start and keeps it, whatever the project chooses later.
        TuneInputs inputs = TuneInputs.read(request.config().named(GuessedNames.reading()), models)
                .noting(notes);
        requireLearning(inputs);
        folder.writeConfig(inputs.config());
        try (EventLog log = EventLog.create(folder.eventsFile())) {
            attend(new Attempt(inputs, folder, null, work, start), log);
        }
    }

    /// Refuses a run that would learn nothing. Leaving out the warm-up without a message would be another formula
    /// than the documented one, which is compared with transformers, where a run of one step with a warm-up learns
    /// nothing either. A successful run that learned nothing would look like a result.
    private static void requireLearning(TuneInputs inputs) {
        Schedule schedule = schedule(inputs);
        if (schedule.idleSteps() == schedule.steps()) {
            throw Problem.of(
                    "engine.worker.no-training-steps",
                    steps(schedule.steps()),
                    inputs.data().train().size());
        }
    }

    /// Notes steps with a learning rate of 0. With few steps, the first step of the warm-up is a large part of
    /// them.
    static void noteIdleSteps(TuneInputs inputs, RunRecorder recorder) {
        Schedule schedule = schedule(inputs);
        if (2 * schedule.idleSteps() >= schedule.steps()) {
            recorder.tell(Event.Noted.of(
                    Message.of("engine.tune.idle-steps", schedule.idleSteps(), steps(schedule.steps()))));
        }
    }

    private static Schedule schedule(TuneInputs inputs) {
        return Schedule.of(settings(inputs), inputs.data());
    }

    private static Message steps(int count) {
        return Message.of(count == 1 ? "ground.step" : "ground.steps", count);
    }

    public void resume(Request.Resume request, Work work) {
        long start = System.nanoTime();
        RunFolder folder = new RunFolder(Path.of(request.runFolder()));
        if (!Files.exists(folder.configFile())) {
            throw Problem.of("cli.no-run", folder.folder());
        }
        folder.requireOwn();
        if (folder.finished()) {
            boolean kept = Files.isDirectory(folder.adapted()); // a study may have deleted it
            throw Problem.of("engine.worker.run-finished", folder.folder(), kept ? folder.adapted() : folder.folder());
        }
        ResumePoint.Saved saved = ResumePoint.read(folder);
        RunConfig config = folder.config();
        RunConfig found = saved == null ? config : saved.point().found(config);
        OutsideFiles outside = OutsideSearch.ofRun(folder, found);
        if (request.allowOutside()) {
            OutsideSearch.agree(outside);
        } else {
            outside.require();
        }
        TuneInputs inputs = TuneInputs.read(found, models);
        if (saved != null) {
            saved.point().requireSame(folder, inputs);
        }
        folder.requireOwnEvents(
                config.name(), saved == null ? null : inputs.digests().get(TuneInputs.CHECKPOINT));
        try (EventLog log = EventLog.from(
                folder.eventsFile(), saved == null ? 0 : saved.point().eventBytes())) {
            if (!inputs.config().equals(config)) {
                folder.writeConfig(inputs.config()); // the current places
            }
            folder.removeAdapted();
            AtomicFile.sweep(folder.folder());
            AtomicFile.sweep(folder.resume());
            attend(new Attempt(inputs, folder, saved, work, start), log);
        }
    }

    /// @param saved the resume point; null for a new run
    /// @param start time of the request
    private record Attempt(
            TuneInputs inputs, RunFolder folder, ResumePoint.@Nullable Saved saved, Work work, long start) {}

    /// Runs an attempt. In every case, the events say how it ended and whether it can be resumed.
    private void attend(Attempt attempt, EventLog log) {
        ResumePoint.Machine machine =
                new ResumePoint.Machine(Version.current(), backend.version(), backend.deviceName(), backend.threads());
        ResumePoint.Saved saved = attempt.saved;
        RunRecorder recorder = new RunRecorder(
                attempt.work,
                log,
                attempt.folder,
                attempt.inputs,
                machine,
                saved == null ? -1 : saved.point().standing().step());
        try {
            if (saved != null && !saved.point().machine().equals(machine)) {
                recorder.tell(Event.Noted.of(
                        Message.of("engine.tune.other-machine", saved.point().machine(), machine)));
                recorder.tell(madeFrom(attempt));
            }
            tune(attempt, recorder);
            recorder.finish(new Event.Finished((System.nanoTime() - attempt.start) / 1e9));
            recorder.forget();
        } catch (CancellationException e) {
            if (recorder.savedStep() >= 0) {
                recorder.pause(
                        Event.Paused.of(
                                recorder.savedStep(), Message.of("engine.tune.stopped", goOn(attempt.folder)), true),
                        e);
            }
            recorder.conclude(new Event.Cancelled(), e);
            throw e;
        } catch (Problem e) {
            Problem told = withWayOn(e, recorder, attempt.folder);
            recorder.conclude(Failures.failed(told), told);
            throw told;
        } catch (RuntimeException | OutOfMemoryError e) {
            recorder.conclude(Failures.unexpected(e), e);
            throw e;
        }
    }

    private Event madeFrom(Attempt attempt) {
        return new Event.MadeFrom(attempt.inputs.provenance(attempt.folder.folder(), ThisMachine.of(backend)));
    }

    private static String goOn(RunFolder folder) {
        return folder.resumeCommand();
    }

    private static Problem withWayOn(Problem e, RunRecorder recorder, RunFolder folder) {
        if (e.kind() != Problem.Kind.WORK || e instanceof Divergence || recorder.savedStep() < 0) {
            return e;
        }
        return e.withRemedy(
                Message.of("engine.tune.kept-so-far.remedy", e.advice(), recorder.savedStep(), goOn(folder)));
    }

    private void tune(Attempt attempt, RunRecorder recorder) {
        TuneInputs inputs = attempt.inputs;
        ProxyModel model = inputs.loaded().model();
        ResumePoint.Saved saved = attempt.saved;
        try (TrainableParameters parameters = inputs.parameters()) {
            TuneListener listener = new TuneListener(
                    inputs,
                    madeFrom(attempt),
                    parameters.count(),
                    MemoryEstimate.of(model, parameters, inputs.data().learnt(), settings(inputs)),
                    recorder,
                    attempt.work,
                    saved == null ? null : (Integer) saved.point().standing().step());
            MaskedTuning tuning = new MaskedTuning(
                    model, parameters, settings(inputs), inputs.data(), listener, recorder, attempt.work::stopPoint);
            if (saved != null) {
                tuning.goBack(saved.point().standing(), saved::part);
            }
            try {
                write(tuning.run(), parameters, attempt, recorder);
            } catch (Divergence e) {
                throw keepLastGood(e, tuning, parameters, attempt, recorder);
            }
        }
    }

    private static void write(Measured kept, TrainableParameters parameters, Attempt attempt, RunRecorder recorder) {
        ProxyModel model = attempt.inputs.loaded().model();
        recorder.room().insist(() -> model.checkpoint()
                .writeAdaptedInPieces(
                        attempt.folder.adapted(),
                        parameters.tensors(),
                        parameters::adaptedInPieces,
                        attempt.inputs.renamed()));
        recorder.tell(TuneListener.written(kept));
    }

    /// Handles a run that diverged: the values of its last resume point are kept.
    private static Problem keepLastGood(
            Divergence e, MaskedTuning tuning, TrainableParameters parameters, Attempt attempt, RunRecorder recorder) {
        ResumePoint.Saved last = ResumePoint.read(attempt.folder);
        if (last == null) {
            return e;
        }
        tuning.goBack(last.point().standing(), last::part);
        Measured good = tuning.conclude();
        if (good.step() == 0 || !Double.isFinite(good.reported().loss())) {
            return e;
        }
        write(good, parameters, attempt, recorder);
        return Problem.work(
                e, "engine.worker.values-kept", e.message(), good.step(), attempt.folder.adapted(), e.advice());
    }

    private static TuningSettings settings(TuneInputs inputs) {
        RunConfig.Settings s = inputs.config().settings();
        RunConfig.Course c = inputs.config().course();
        Double p = s.dropout();
        RunConfig.Optimizer o = s.optimizer();
        Schedule.Kind schedule = Schedule.Kind.valueOf(c.schedule().name());
        return new TuningSettings(
                new TuningSettings.Batches(s.epochs(), s.batchSize(), s.accumulate(), c.bucketed()),
                new TuningSettings.Optimizer(
                        o.learningRate(),
                        o.weightDecay(),
                        o.warmup(),
                        o.clip(),
                        schedule,
                        o.l2sp() == null ? 0 : o.l2sp()),
                new TuningSettings.Stopping(
                        s.evaluateEvery(),
                        s.patience(),
                        c.maxForgetting(),
                        s.patience() > 0 || inputs.config().hasValid()),
                p == null ? null : inputs.loaded().model().spec().dropout().all(p),
                s.seed(),
                c.activationCheckpointing());
    }
}

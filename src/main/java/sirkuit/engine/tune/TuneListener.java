package sirkuit.engine.tune;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;
import sirkuit.dataset.ClassBinding;
import sirkuit.engine.work.Measuring;
import sirkuit.engine.work.Work;
import sirkuit.protocol.Event;
import sirkuit.protocol.Quality;
import sirkuit.protocol.Stage;
import sirkuit.record.RunConfig;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.NotFinite;
import sirkuit.transformer.ProxyModel;
import sirkuit.tuning.Evaluation;
import sirkuit.tuning.MaskedTuning;
import sirkuit.tuning.Measured;
import sirkuit.tuning.MemoryEstimate;

/// Reports the progress of a training as events.
final class TuneListener implements MaskedTuning.Listener {
    private final TuneInputs inputs;
    private final Event madeFrom;
    private final long trainable;
    private final MemoryEstimate memory;
    private final RunRecorder recorder;
    private final Work work;
    private final @Nullable Integer from;
    private int steps;

    /// @param madeFrom  the provenance of the run
    /// @param trainable entries that are trained
    /// @param memory    the expected memory
    /// @param from      the step that it resumes from; null for a new run
    TuneListener(
            TuneInputs inputs,
            Event madeFrom,
            long trainable,
            MemoryEstimate memory,
            RunRecorder recorder,
            Work work,
            @Nullable Integer from) {
        this.inputs = inputs;
        this.madeFrom = madeFrom;
        this.trainable = trainable;
        this.memory = memory;
        this.recorder = recorder;
        this.work = work;
        this.from = from;
    }

    @Override
    public void started(int planned) {
        steps = planned;
        work.tell(new Event.Progress(Stage.TUNING, from == null ? 0 : from, planned));
        ProxyModel model = inputs.loaded().model();
        Event started = new Event.Started(
                inputs.config().name(),
                planned,
                inputs.config().settings().epochs(),
                trainable,
                model.checkpoint().parameters(),
                inputs.data().train().size(),
                inputs.digests().get(TuneInputs.CHECKPOINT),
                inputs.config().target(),
                inputs.config().source(),
                inputs.dataDigests(),
                tokens(inputs.data().train()));
        if (from == null) {
            recorder.tell(started); // first, because all that follows is about this target
            recorder.tell(madeFrom);
            inputs.bound().forEach(recorder::tell);
            inputs.loaded().notes().forEach(note -> recorder.tell(Event.Noted.of(note)));
            inputs.notes().forEach(note -> recorder.tell(Event.Noted.of(note)));
            TuneTask.noteIdleSteps(inputs, recorder);
            recorder.tell(estimated());
        } else {
            work.tell(started); // they are in the file already
            work.tell(estimated());
            recorder.room().at(from);
            recorder.tell(new Event.Resumed(from));
        }
    }

    private static long tokens(LabelledTokens texts) {
        return texts.tokens().stream().mapToLong(t -> t.length()).sum();
    }

    private Event estimated() {
        long free = inputs.loaded().model().memory().usage().free();
        // What is loaded already is no longer free.
        if (free >= 0 && memory.total() - memory.weights() - memory.program() > free) {
            work.tell(Event.Noted.of(
                    Message.of("engine.tune.little-memory", gigabytes(memory.total()), gigabytes(free))));
        }
        return new Event.Estimated(
                memory.weights(),
                memory.gradients(),
                memory.moments(),
                memory.activations(),
                memory.program(),
                memory.total());
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / 1e9);
    }

    @Override
    public void stepped(int now, double epoch, double loss, double learningRate, double norm, double tokensPerSecond) {
        recorder.room().at(now);
        recorder.tell(new Event.Stepped(now, epoch, loss, learningRate, norm, tokensPerSecond));
        work.tell(new Event.Progress(Stage.TUNING, now, steps));
    }

    @Override
    public void evaluated(double epoch, Measured measured, @Nullable Double forgetting) {
        if (measured.step() == 0 && !Double.isFinite(measured.reported().loss())) {
            throw NotFinite.problem(inputs.loaded().model(), inputs.data().target());
        }
        if (measured.step() == 0) {
            doubt("targetEval", measured.reported());
            doubt(RunConfig.VALID, measured.valid());
            doubt("sourceEval", measured.source());
            measured.watched().forEach((name, quality) -> doubt("watched " + name, quality));
        }
        recorder.tell(new Event.Evaluated(
                measured.step(),
                epoch,
                quality(measured.target()),
                quality(measured.source()),
                qualities(measured.watched()),
                forgetting,
                quality(measured.valid())));
    }

    /// Notes it if the answers suggest that the labels mean other classes.
    private void doubt(String role, @Nullable Evaluation evaluation) {
        ClassBinding binding = inputs.bindings().get(role);
        Message doubt = evaluation == null || binding == null ? null : binding.doubt(evaluation.confusion());
        if (doubt != null) {
            recorder.tell(Event.Noted.of(doubt));
        }
    }

    @Override
    public void noted(Message what) {
        recorder.tell(Event.Noted.of(what));
    }

    static Event.Written written(Measured kept) {
        return new Event.Written(
                "adapted",
                kept.step(),
                Measuring.quality(kept.reported()),
                quality(kept.source()),
                qualities(kept.watched()),
                quality(kept.valid()));
    }

    private static @Nullable Quality quality(@Nullable Evaluation evaluation) {
        return evaluation == null ? null : Measuring.quality(evaluation);
    }

    private static Map<String, Quality> qualities(Map<String, Evaluation> evaluations) {
        Map<String, Quality> qualities = new LinkedHashMap<>();
        evaluations.forEach((name, evaluation) -> qualities.put(name, Measuring.quality(evaluation)));
        return qualities;
    }
}

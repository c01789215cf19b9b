package sirkuit.app.present;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;
import sirkuit.app.present.answer.BackgroundWork;
import sirkuit.app.present.answer.SentencePredictions;
import sirkuit.app.runs.RunModel;
import sirkuit.presentation.ForgettingComparison;
import sirkuit.record.DataFile;
import sirkuit.record.RunConfig;
import sirkuit.run.ChosenOn;

/// What training only some heads kept, and what full fine-tuning lost.
public final class ForgettingModel {
    private final PresentedProject subject;
    private final BackgroundWork backstage;
    private final Rehearsal rehearsal;
    private final Supplier<@Nullable RunModel> learned;
    private final ReadOnlyObjectWrapper<@Nullable Outcome> masked = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Outcome> full = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable ForgettingComparison> kept = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper quiet = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper differs = new ReadOnlyStringWrapper("");
    private final SentencePredictions before;
    private @Nullable RunModel maskedRun;
    private @Nullable RunModel fullRun;
    private @Nullable SentencePredictions afterMasked;
    private @Nullable SentencePredictions afterFull;
    private boolean begun;

    /// The accuracies of a run, 0 to 1.
    ///
    /// @param parts      how many heads were trained; 0 for all
    /// @param targetName what the run learned
    /// @param sourceName what it knew before
    /// @param picked     whether the kept step was picked on the same texts that these accuracies are measured on
    public record Outcome(
            double targetBefore,
            double target,
            double sourceBefore,
            double source,
            int parts,
            String targetName,
            String sourceName,
            boolean picked) {
        static @Nullable Outcome of(PresentedProject subject, @Nullable RunModel run) {
            if (run == null
                    || run.targetBefore() == null
                    || run.targetNow() == null
                    || run.sourceBefore() == null
                    || run.sourceNow() == null) {
                return null;
            }
            var mask = run.config().mask();
            return new Outcome(
                    run.targetBefore(),
                    run.targetNow(),
                    run.sourceBefore(),
                    run.sourceNow(),
                    mask == null ? 0 : mask.size(),
                    subject.names().language(subject.targetName(run)),
                    subject.names().language(subject.sourceName(run)),
                    run.chosen() != ChosenOn.NEITHER);
        }
    }

    /// @param learned the live run, once it has finished
    ForgettingModel(
            PresentedProject subject,
            BackgroundWork backstage,
            Rehearsal rehearsal,
            Supplier<@Nullable RunModel> learned) {
        this.subject = subject;
        this.backstage = backstage;
        this.rehearsal = rehearsal;
        this.learned = learned;
        before = reading(subject.file().checkpoint());
    }

    /// The run that trained only some heads; null when there is none.
    public ReadOnlyObjectProperty<@Nullable Outcome> masked() {
        return masked.getReadOnlyProperty();
    }

    /// The run that trained everything; null when there is none.
    public ReadOnlyObjectProperty<@Nullable Outcome> full() {
        return full.getReadOnlyProperty();
    }

    /// The run that trained only some heads and is shown; null when there is none.
    @Nullable
    RunModel shown() {
        return maskedRun;
    }

    /// Which sentence fits: `.none` unless both runs are there, `.alike` if they differ only in what was trained.
    String variant() {
        return maskedRun == null || fullRun == null ? ".none" : differs.get().isEmpty() ? ".alike" : "";
    }

    /// The settings in which the full run differs from the other, as a sentence; empty if they are alike.
    public ReadOnlyStringProperty differs() {
        return differs.getReadOnlyProperty();
    }

    /// What both runs did to single sentences; null while that is not known.
    public ReadOnlyObjectProperty<@Nullable ForgettingComparison> kept() {
        return kept.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty quiet() {
        return quiet.getReadOnlyProperty();
    }

    /// Takes the current runs, and asks for their answers to the source sentences.
    void refresh() {
        RunModel live = learned.get();
        RunModel nowMasked = live == null ? subject.maskedRun(null) : live;
        RunModel nowFull = subject.fullRun(nowMasked);
        if (begun && nowMasked == maskedRun && nowFull == fullRun) {
            return;
        }
        boolean otherMasked = nowMasked != maskedRun;
        boolean otherFull = nowFull != fullRun;
        maskedRun = nowMasked;
        fullRun = nowFull;
        List<String> apart = nowMasked == null || nowFull == null
                ? List.of()
                : OtherSettings.of(nowFull.config(), nowMasked.config());
        differs.set(apart.isEmpty() ? "" : Words.of("present.forgetting.differs", String.join(", ", apart)));
        masked.set(Outcome.of(subject, nowMasked));
        full.set(Outcome.of(subject, nowFull));
        if (nowMasked == null || nowFull == null) {
            kept.set(null);
            quiet.set(
                    nowMasked == null
                            ? subject.missing(
                                    RunConfig.Trained.MASK,
                                    Words.of(nowFull == null ? "present.quiet.no-run" : "present.quiet.no-masked"))
                            : subject.missing(RunConfig.Trained.FULL, Words.of("present.quiet.no-full")));
            return;
        }
        quiet.set("");
        if (!begun) {
            begun = true;
            backstage.add(before);
        }
        if (otherFull || afterFull == null) {
            afterFull = read(nowFull);
        }
        if (otherMasked || afterMasked == null) {
            afterMasked = read(nowMasked);
        }
        look();
    }

    private SentencePredictions read(RunModel run) {
        SentencePredictions reading = reading(subject.adapted(run).toString());
        backstage.add(reading);
        return reading;
    }

    private SentencePredictions reading(String checkpoint) {
        DataFile sentences = subject.file().source().test();
        return new SentencePredictions(subject.model(checkpoint), sentences, this::look);
    }

    /// Shows what is known: the engine's answers so far, or else those of the rehearsal.
    private void look() {
        SentencePredictions byMasked = afterMasked;
        SentencePredictions byFull = afterFull;
        if (maskedRun == null || fullRun == null || byMasked == null || byFull == null) {
            return;
        }
        if (before.whole() && byMasked.whole() && byFull.whole()) {
            ForgettingComparison now = ForgettingComparison.of(
                    fullRun.id(), maskedRun.id(), before.rows(), byFull.rows(), byMasked.rows());
            kept.set(now);
            quiet.set("");
            // A live run is probably discarded, and then the answers about the finished one are needed.
            if (maskedRun != learned.get() && !now.equals(rehearsal.kept())) {
                rehearsal.learn(now);
            }
            return;
        }
        ForgettingComparison earlier = rehearsal.kept();
        boolean same = earlier != null
                && Objects.equals(earlier.full(), fullRun.id())
                && Objects.equals(earlier.masked(), maskedRun.id());
        kept.set(same ? earlier : null);
        quiet.set(same ? "" : Words.of("present.quiet.no-sentences"));
    }
}

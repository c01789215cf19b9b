package sirkuit.app.present;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.JsonKind;
import sirkuit.Problem;
import sirkuit.app.present.answer.Answer;
import sirkuit.app.work.Threads;
import sirkuit.mask.HeadMask;
import sirkuit.presentation.ForgettingComparison;
import sirkuit.presentation.Rehearsed;

/// The engine's answers in earlier presentations of the project, kept in `present-answers.json` in case it does not
/// answer. The file may be deleted at any time. If it cannot be read or written, nothing else fails.
public final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final int MOST = 100;

    private final Path file;
    private final boolean readOnly;
    private final Threads threads;
    private final AtomicReference<@Nullable Rehearsed> unsaved = new AtomicReference<>();
    private Rehearsed content;

    private Rehearsal(Path file, Rehearsed content, boolean readOnly, Threads threads) {
        this.file = file;
        this.content = content;
        this.readOnly = readOnly;
        this.threads = threads;
    }

    /// What is saved for the project's current checkpoint.
    ///
    /// @param checkpoint as the project file names it
    static Rehearsal read(Path project, String checkpoint, boolean readOnly, Threads threads) {
        Path file = project.resolve(Rehearsed.NAME);
        Rehearsed content = new Rehearsed(Rehearsed.VERSION, checkpoint, List.of(), Map.of(), null, null);
        try {
            if (Files.exists(file)) {
                Rehearsed kept = Json.read(file, Rehearsed.class, Rehearsed.VERSION, JsonKind.REHEARSAL);
                content = checkpoint.equals(kept.checkpoint()) ? kept : content;
            }
        } catch (Problem problem) {
            LOG.warn("the rehearsal is left out", problem);
        }
        return new Rehearsal(file, content, readOnly, threads);
    }

    /// The saved answer to a sentence; null when there is none.
    ///
    /// @param off heads that were off; null for none
    @Nullable
    Answer answer(String sentence, @Nullable HeadMask off) {
        double[] probabilities =
                content.answers().getOrDefault(Rehearsed.key(off), Map.of()).get(sentence);
        return probabilities == null || probabilities.length != content.labels().size()
                ? null
                : new Answer(sentence, content.labels(), probabilities);
    }

    void learn(Answer answer, @Nullable HeadMask off) {
        Map<String, Map<String, double[]>> answers =
                answer.labels().equals(content.labels()) ? content.answers() : new LinkedHashMap<>();
        Map<String, double[]> these = new LinkedHashMap<>(answers.getOrDefault(Rehearsed.key(off), Map.of()));
        if (java.util.Arrays.equals(these.get(answer.text()), answer.probabilities()) || these.size() >= MOST) {
            return;
        }
        these.put(answer.text(), answer.probabilities());
        Map<String, Map<String, double[]>> all = new LinkedHashMap<>(answers);
        all.put(Rehearsed.key(off), these);
        save(new Rehearsed(
                Rehearsed.VERSION, content.checkpoint(), answer.labels(), all, content.kept(), content.lesson()));
    }

    /// What runs kept and lost; null when that is not saved.
    @Nullable
    ForgettingComparison kept() {
        return content.kept();
    }

    void learn(ForgettingComparison kept) {
        save(new Rehearsed(
                Rehearsed.VERSION, content.checkpoint(), content.labels(), content.answers(), kept, content.lesson()));
    }

    /// How long the last live run took; null when there was none.
    Rehearsed.@Nullable Lesson lesson() {
        return content.lesson();
    }

    void learn(Rehearsed.Lesson lesson) {
        save(new Rehearsed(
                Rehearsed.VERSION, content.checkpoint(), content.labels(), content.answers(), content.kept(), lesson));
    }

    private void save(Rehearsed now) {
        content = now;
        // Only the latest of many quick changes is written.
        if (!readOnly && unsaved.getAndSet(now) == null) {
            threads.write(
                    () -> {
                        Rehearsed latest = unsaved.getAndSet(null);
                        if (latest != null) {
                            AtomicFile.write(file, Json.pretty(latest));
                        }
                    },
                    problem -> LOG.warn("the rehearsal is not kept", problem));
        }
    }
}

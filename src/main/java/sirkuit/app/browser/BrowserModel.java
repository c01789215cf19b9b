package sirkuit.app.browser;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.BitSet;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import sirkuit.AtomicFile;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.ProblemWords;
import sirkuit.app.look.Words;
import sirkuit.app.work.Job;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.app.work.WindowEngine;
import sirkuit.engine.PredictionsCsv;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.run.TuneCommandLine;

/// The data browser: the user chooses texts and a checkpoint, and the engine predicts the class of each text. The rows
/// can be searched, filtered and compared with the predictions of the project's checkpoint.
public final class BrowserModel {
    private final WindowEngine engine;
    private final Notices notices;
    private final Threads threads;
    private final Choices choices;
    private final ObjectProperty<Choices.@Nullable Texts> texts = new SimpleObjectProperty<>();
    private final ObjectProperty<Choices.@Nullable Checkpoint> checkpoint = new SimpleObjectProperty<>();
    private final BooleanProperty compare = new SimpleBooleanProperty();
    private final ObjectProperty<Choices.@Nullable Checkpoint> against = new SimpleObjectProperty<>();
    private final ObjectProperty<Filter> filter = new SimpleObjectProperty<>(Filter.ALL);
    private final ObjectProperty<Order> order = new SimpleObjectProperty<>(Order.FILE);
    private final ObjectProperty<@Nullable Integer> selected = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<@Nullable Question> asked = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Predictions> rows = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Filtered> shown = new ReadOnlyObjectWrapper<>(Filtered.NOTHING);
    private final ReadOnlyStringWrapper notes = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper going = new ReadOnlyBooleanWrapper();
    private @Nullable Job job;

    /// How rows are sorted.
    enum Order {
        FILE,
        LEAST_SURE,
        MOST_SURE
    }

    /// What the rows are predictions of.
    ///
    /// @param against what they are compared with, when they are; null for the project's own checkpoint
    record Question(Choices.Texts texts, Choices.Checkpoint checkpoint, Choices.@Nullable Checkpoint against) {}

    public BrowserModel(WindowEngine engine, Notices notices, Threads threads, Choices choices) {
        this.engine = engine;
        this.notices = notices;
        this.threads = threads;
        this.choices = choices;
        keepChosen(choices.texts(), texts);
        keepChosen(choices.checkpoints(), checkpoint);
        checkpoint.subscribe(c -> {
            if (c == null || c.run() == null) {
                compare.set(false);
            }
            against.set(null);
        });
        choices.checkpoints().addListener((ListChangeListener<Choices.Checkpoint>) c -> {
            if (!choices.checkpoints().contains(against.get())) {
                against.set(null);
            }
        });
        filter.subscribe(f -> refilter());
        order.subscribe(o -> refilter());
    }

    private static <T> void keepChosen(ObservableList<T> all, ObjectProperty<@Nullable T> chosen) {
        Runnable keep = () -> {
            T now = chosen.get();
            if (now == null || !all.contains(now)) {
                chosen.set(all.isEmpty() ? null : all.getFirst());
            }
        };
        all.addListener((ListChangeListener<T>) c -> keep.run());
        keep.run();
    }

    Choices choices() {
        return choices;
    }

    ObjectProperty<Choices.@Nullable Texts> texts() {
        return texts;
    }

    ObjectProperty<Choices.@Nullable Checkpoint> checkpoint() {
        return checkpoint;
    }

    /// Whether to predict with the project's checkpoint too; only together with a run's checkpoint.
    BooleanProperty compare() {
        return compare;
    }

    /// What the predictions are compared with; null for the project's own checkpoint.
    ObjectProperty<Choices.@Nullable Checkpoint> against() {
        return against;
    }

    /// Predicts the target's test texts with two runs, to see where they differ.
    ///
    /// @param run   id of a run
    /// @param other id of the run that it is compared with
    /// @param file  of the texts
    /// @return whether both have an adapted checkpoint
    public boolean compare(String run, String other, String file) {
        Choices.Checkpoint first = of(run);
        Choices.Checkpoint second = of(other);
        if (first == null || second == null) {
            return false;
        }
        stop();
        choices.texts().stream()
                .filter(t -> t.data().file().equals(file))
                .findFirst()
                .ifPresent(texts::set);
        checkpoint.set(first);
        against.set(second);
        compare.set(true);
        predict();
        return true;
    }

    private Choices.@Nullable Checkpoint of(String run) {
        return choices.checkpoints().stream()
                .filter(c -> run.equals(c.run()))
                .findFirst()
                .orElse(null);
    }

    ObjectProperty<Filter> filter() {
        return filter;
    }

    ObjectProperty<Order> order() {
        return order;
    }

    /// The row whose whole text is shown.
    ObjectProperty<@Nullable Integer> selected() {
        return selected;
    }

    /// What the rows are predictions of; null before the first request.
    ReadOnlyObjectProperty<@Nullable Question> asked() {
        return asked.getReadOnlyProperty();
    }

    /// All rows so far; null while there are none.
    ReadOnlyObjectProperty<@Nullable Predictions> rows() {
        return rows.getReadOnlyProperty();
    }

    /// The rows that pass the filter.
    ReadOnlyObjectProperty<Filtered> shown() {
        return shown.getReadOnlyProperty();
    }

    /// What to know before trusting the answers: how the labels were read, what was cut.
    ReadOnlyStringProperty notes() {
        return notes.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty going() {
        return going.getReadOnlyProperty();
    }

    /// Starts the prediction. An interrupted one is resumed where it stopped. If only the comparison is missing,
    /// only that is computed.
    void predict() {
        Choices.Texts file = texts.get();
        Choices.Checkpoint model = checkpoint.get();
        if (going.get() || file == null || model == null) {
            return;
        }
        Question question = new Question(file, model, against.get());
        if (!question.equals(asked.get()) || rows.get() == null || missing(rows.get()) == null) {
            asked.set(question);
            selected.set(null);
            rows.set(null);
            notes.set("");
            filter.set(Filter.ALL);
            refilter();
        }
        next(question);
    }

    void stop() {
        if (job != null) {
            job.cancel();
        }
    }

    /// The checkpoint whose predictions are incomplete; null when nothing is missing.
    private Choices.@Nullable Checkpoint missing(@Nullable Predictions now) {
        Question question = asked.get();
        if (question == null) {
            return null;
        }
        if (now == null || now.size() < now.of()) {
            return question.checkpoint();
        }
        boolean wanted = compare.get() && question.checkpoint().run() != null;
        Answers before = now.before();
        return wanted && (before == null || before.size() < now.of())
                ? question.against() == null ? choices.checkpoints().getFirst() : question.against()
                : null;
    }

    private void next(Question question) {
        Predictions now = rows.get();
        Choices.Checkpoint of = missing(now);
        going.set(of != null);
        if (of == null) {
            return;
        }
        boolean first = of.equals(question.checkpoint());
        Answers before = now == null ? null : now.before();
        int from = first ? (now == null ? 0 : now.size()) : before == null ? 0 : before.size();
        job = engine.submit(
                Words.of("data.job", question.texts().name(), of.name()),
                new Request.Predict(of.model(), question.texts().data(), from),
                event -> heard(question, first, event));
    }

    private void heard(Question question, boolean first, Event event) {
        switch (event) {
            case Event.Noted noted -> {
                // A resumed prediction sends them again.
                String file = question.texts().data().file();
                String brief = ProblemWords.note(noted).replace(file, TuneCommandLine.named(file));
                if (first && !notes.get().lines().toList().contains(brief)) {
                    notes.set((notes.get() + "\n" + brief).strip());
                }
            }
            case Event.Predicted part -> {
                if (first) {
                    take(part);
                } else {
                    takeBefore(part);
                }
            }
            case Event.Finished done -> next(question);
            case Event.Failed failed -> {
                going.set(false);
                notices.tell(failed);
            }
            case Event.Cancelled cancelled -> going.set(false);
            default -> {}
        }
    }

    private void take(Event.Predicted part) {
        Predictions now = rows.get();
        Predictions into = now == null ? new Predictions(part.labels(), part.of()) : now;
        into.add(part);
        rows.set(into);
        refilter();
    }

    private void takeBefore(Event.Predicted part) {
        Predictions now = rows.get();
        if (now == null) {
            return;
        }
        if (now.addBefore(part)) {
            refilter();
        } else {
            compare.set(false); // or it would be requested again at once
            stop();
            notices.warn(Words.of("data.changed"), Words.of("data.changed.remedy"));
        }
    }

    private void refilter() {
        Predictions all = rows.get();
        if (all == null) {
            shown.set(Filtered.NOTHING);
            return;
        }
        String words = filter.get().words();
        BitSet found = words.isEmpty() ? null : all.find(words);
        shown.set(Filtered.of(all, filter.get(), sorted(all), found));
    }

    private int @Nullable [] sorted(Predictions all) {
        if (order.get() == Order.FILE) {
            return null;
        }
        int[] rising = all.byConfidence();
        if (order.get() == Order.MOST_SURE) {
            for (int i = 0, j = rising.length - 1; i < j; i++, j--) {
                int kept = rising[i];
                rising[i] = rising[j];
                rising[j] = kept;
            }
        }
        return rising;
    }

    /// `312 of 400 texts shown, 250 answered right (80.1 %)`.
    String caption() {
        Predictions all = rows.get();
        if (all == null) {
            return "";
        }
        Filtered now = shown.get();
        int count = now.rows().length;
        return Words.of(
                count > 0 && now.right() == 0 ? "data.count.wrong" : "data.count",
                Numbers.count(count),
                Numbers.count(all.of()),
                Numbers.count(now.right()),
                count == 0 ? "–" : Numbers.percent(now.right() / (double) count));
    }

    /// A row as people paste it: the columns of a table, with tabs between them.
    String line(int row) {
        Predictions all = rows.get();
        if (all == null) {
            return "";
        }
        String pair = all.pair(row);
        return row + "\t" + all.text(row) + (pair == null ? "" : "\t" + pair) + "\t"
                + all.labels().get(all.label(row)) + "\t"
                + all.labels().get(all.answers().predicted(row)) + "\t"
                + all.answers().confidence(row);
    }

    /// Writes the rows that are shown, in their order.
    void export(Path file) {
        Predictions all = rows.get();
        int[] chosen = shown.get().rows();
        if (all == null || going.get()) {
            return;
        }
        threads.fetch(
                () -> {
                    AtomicFile.write(file, out -> {
                        PredictionsCsv csv = new PredictionsCsv(out, all.labels());
                        try {
                            for (int row : chosen) {
                                csv.write(row, all.row(row), all.rowBefore(row));
                            }
                        } catch (UncheckedIOException e) {
                            throw e.getCause();
                        }
                        csv.flush();
                    });
                    return file;
                },
                written -> notices.inform(
                        Words.of("data.exported", Numbers.count(chosen.length), String.valueOf(written.getFileName())),
                        Words.of("data.exported.where", written.toString())),
                notices::tell);
    }
}

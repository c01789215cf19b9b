package sirkuit.app.head;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.MapChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import sirkuit.app.heatmap.HeadCursor;
import sirkuit.app.heatmap.pane.ScoreShelf;
import sirkuit.app.work.WindowEngine;
import sirkuit.mask.Head;
import sirkuit.mask.ScoreMethod;
import sirkuit.project.HeadNotes;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.ScoreRecord;

/// What is known about the last selected head.
public final class HeadModel {
    private static final int EXAMPLES = 3;
    private static final int REACH_EXAMPLES = 24;

    private final WindowEngine engine;
    private final ObservableValue<Request.@Nullable Model> model;
    private final ScoreShelf shelf;
    private final Consumer<HeadNotes> save;
    private final ReadOnlyObjectWrapper<@Nullable Head> head = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Event.@Nullable Examples> examples = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper askingExamples = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Event.@Nullable Reached> reach = new ReadOnlyObjectWrapper<>();
    private final ObservableList<Fact> facts = FXCollections.observableArrayList();
    private final ObservableList<Fact> view = FXCollections.unmodifiableObservableList(facts);
    private final BooleanProperty open = new SimpleBooleanProperty();
    private final StringProperty note = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<HeadNotes> notes = new ReadOnlyObjectWrapper<>(new HeadNotes(1, null));
    private @Nullable DataFile texts;
    private boolean showing;
    private int asked;

    /// What one score method says about the head.
    ///
    /// @param error standard error; NaN when it is not known
    /// @param rank  from 1
    /// @param of    how many heads have a rank
    /// @param sure  how certain it is that the head is among the `topK` highest, 0 to 1; null if that was not
    ///              computed
    public record Fact(
            ScoreMethod method,
            double score,
            double error,
            int rank,
            int of,
            @Nullable Double sure,
            int topK) {}

    /// @param save stores the notes
    public HeadModel(
            WindowEngine engine,
            ObservableValue<Request.@Nullable Model> model,
            ScoreShelf shelf,
            HeadCursor pointing,
            Consumer<HeadNotes> save) {
        this.engine = engine;
        this.model = model;
        this.shelf = shelf;
        this.save = save;
        pointing.focus().subscribe(this::chosen);
        open.subscribe((was, now) -> ask());
        model.subscribe((was, now) -> ask());
        note.subscribe((was, now) -> written(now));
        shelf.latest().addListener((MapChangeListener<ScoreMethod, ScoreShelf.StoredScores>) c -> {
            tell();
            ask();
        });
    }

    /// Sets the texts that were scored, and the notes from before.
    public void on(DataFile scored, HeadNotes before) {
        texts = scored;
        notes.set(before);
        chosen(head.get());
    }

    public BooleanProperty open() {
        return open;
    }

    /// Null until a head is selected.
    public ReadOnlyObjectProperty<@Nullable Head> head() {
        return head.getReadOnlyProperty();
    }

    /// One for each method that has been computed.
    public ObservableList<Fact> facts() {
        return view;
    }

    /// Null while there is no answer, or if the scores have no values for single texts.
    public ReadOnlyObjectProperty<Event.@Nullable Examples> examples() {
        return examples.getReadOnlyProperty();
    }

    /// Whether the engine is looking for them.
    public ReadOnlyBooleanProperty askingExamples() {
        return askingExamples.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Event.@Nullable Reached> reach() {
        return reach.getReadOnlyProperty();
    }

    /// The note about this head, saved while it is typed.
    public StringProperty note() {
        return note;
    }

    /// What is written about all heads.
    public ReadOnlyObjectProperty<HeadNotes> notes() {
        return notes.getReadOnlyProperty();
    }

    private void chosen(@Nullable Head now) {
        showing = true;
        head.set(now);
        note.set(now == null ? "" : notes.get().of(now));
        showing = false;
        tell();
        ask();
    }

    private void written(String text) {
        Head now = head.get();
        if (!showing && now != null) {
            notes.set(notes.get().with(now, text));
            save.accept(notes.get());
        }
    }

    private void tell() {
        Head now = head.get();
        List<Fact> all = new ArrayList<>();
        if (now != null) {
            for (ScoreShelf.StoredScores kept : shelf.latest().values()) {
                ScoreRecord record = kept.record();
                boolean fits = now.layer() < record.layers() && now.head() < record.heads();
                if (fits && !Double.isNaN(record.score()[now.layer()][now.head()])) {
                    all.add(fact(record, now));
                }
            }
        }
        facts.setAll(all);
    }

    private static Fact fact(ScoreRecord record, Head head) {
        var scores = record.scores();
        List<Head> ranked = scores.ranked();
        ScoreRecord.Confidence confidence = record.confidence();
        double sure = confidence == null ? Double.NaN : confidence.inTopK()[head.layer()][head.head()];
        return new Fact(
                record.method(),
                scores.score(head),
                scores.standardError()[head.layer()][head.head()],
                ranked.indexOf(head) + 1,
                ranked.size(),
                Double.isNaN(sure) ? null : (Double) sure,
                confidence == null ? 0 : confidence.topK());
    }

    private void ask() {
        int number = ++asked;
        examples.set(null);
        askingExamples.set(false);
        reach.set(null);
        Head now = head.get();
        Request.Model of = model.getValue();
        DataFile data = texts;
        if (now == null || of == null || data == null || !open.get()) {
            return;
        }
        engine.ask(new Request.Reach(of, data, now, REACH_EXAMPLES, "reach of a head"), event -> {
            if (number == asked && event instanceof Event.Reached reached) {
                reach.set(reached);
            }
        });
        ScoreShelf.StoredScores kept = withValues();
        if (kept != null) {
            askingExamples.set(true);
            engine.ask(new Request.Examples(of, data, kept.file().toString(), now, EXAMPLES), event -> {
                if (number != asked) {
                    return;
                }
                if (event instanceof Event.Examples found) {
                    examples.set(found);
                }
                if (event.isLast()) {
                    askingExamples.set(false);
                }
            });
        }
    }

    /// The scores by CD-T, or by another method that has values for single texts.
    private ScoreShelf.@Nullable StoredScores withValues() {
        return shelf.latest().values().stream()
                .filter(k -> k.record().perExample() != null)
                .findFirst()
                .orElse(null);
    }
}

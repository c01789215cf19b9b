package sirkuit.app.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.ProblemWords;
import sirkuit.app.look.Words;
import sirkuit.app.work.Job;
import sirkuit.app.work.Notice;
import sirkuit.app.work.WindowEngine;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.LabelBinding;
import sirkuit.run.TuneCommandLine;

/// One file of labelled texts, and what the engine reports about it.
public final class TextsModel {
    private final WindowEngine engine;
    private final ObservableValue<Request.@Nullable Model> model;
    private final StringProperty file = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Event.@Nullable Described> described = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable LabelBinding> binding = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Notice> problem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Notice> complaint = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper();
    /// Beginning of the codes of notes on what labels mean.
    private static final String MEANING = "dataset.label-meaning.";

    private final ObservableList<String> notes = FXCollections.observableArrayList();
    private final ObservableList<String> notesView = FXCollections.unmodifiableObservableList(notes);
    private DataFile columns = new DataFile("");
    private @Nullable TextsModel other;
    private @Nullable TextsModel follower;
    private @Nullable String chosenFor;
    private @Nullable Job job;
    private boolean bound;
    private int turn;

    /// @param model the checkpoint whose labels the texts must have; null until it is known
    public TextsModel(WindowEngine engine, ObservableValue<Request.@Nullable Model> model) {
        this.engine = engine;
        this.model = model;
        file.subscribe(this::describe);
        model.subscribe(this::describe);
    }

    /// Also counts how many of these texts are in another file. Those are not held out.
    public void compareWith(TextsModel model) {
        other = model;
        model.follower = this;
        model.file().subscribe(this::describe);
    }

    /// Path of the file. Setting it makes the engine read the file.
    public StringProperty file() {
        return file;
    }

    /// Null until the engine has answered, and when the file cannot be used.
    public ReadOnlyObjectProperty<Event.@Nullable Described> described() {
        return described.getReadOnlyProperty();
    }

    /// The class of every label in the file, even if the file cannot be used because some labels match none; null
    /// until the engine has answered.
    public ReadOnlyObjectProperty<@Nullable LabelBinding> binding() {
        return binding.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<@Nullable Notice> problem() {
        return problem.getReadOnlyProperty();
    }

    /// The same for a place above a table of the labels. If only some labels match no class, the notice leads to
    /// the table.
    public ReadOnlyObjectProperty<@Nullable Notice> complaint() {
        return complaint.getReadOnlyProperty();
    }

    /// What to know before using the texts: rows that were left out, how a label was read.
    public ObservableList<String> notes() {
        return notesView;
    }

    public ReadOnlyBooleanProperty reading() {
        return reading.getReadOnlyProperty();
    }

    /// Whether a run is in progress. The engine finishes it before it reads anything.
    public ObservableValue<Boolean> waiting() {
        return engine.current().map(job -> job != null && job.run()).orElse(false);
    }

    /// Asks the engine again if it has not answered, because it died or was cancelled.
    public void retry() {
        if (described.get() == null && !reading.get()) {
            describe();
        }
    }

    public boolean chosen() {
        return !file.get().isBlank();
    }

    public void show(DataFile data) {
        columns = data;
        file.set(data.file());
    }

    public DataFile data() {
        return columns.at(file.get());
    }

    /// Sets the classes of the labels in the file, and asks the engine again.
    void choose(Map<String, String> classes) {
        columns = columns.choosing(classes);
        Request.Model asked = model.getValue();
        chosenFor = asked == null ? null : asked.checkpoint();
        describe();
    }

    /// `500 texts, 21 tokens long on average`.
    public static String summary(Event.Described d) {
        String cut = d.truncated() == 0 ? "" : Words.of("form.texts.cut", Numbers.count(d.truncated()));
        String again = d.duplicates() == 0 ? "" : Words.of("form.texts.repeated", Numbers.count(d.duplicates()));
        int both = d.overlaps().values().stream().mapToInt(n -> n).sum();
        String shared = both == 0 ? "" : Words.of("form.texts.shared", Numbers.count(both));
        String texts =
                Words.of("form.texts.length", Numbers.count(d.examples()), String.valueOf(Math.round(d.meanTokens())));
        return texts + cut + again + shared;
    }

    private void describe() {
        turn++;
        if (job != null) {
            job.cancel();
        }
        described.set(null);
        wrong(null);
        notes.clear();
        bound = false;
        reading.set(false);
        if (!columns.file().equals(file.get())) {
            // Choices for other texts need not apply to these; test texts have the format of the training texts.
            columns = columns.choosing(other == null ? null : other.columns.labelMap())
                    .at(file.get());
            binding.set(null);
            if (follower != null) {
                follower.columns = follower.columns.choosing(columns.labelMap());
            }
        }
        Request.Model asked = model.getValue();
        if (chosenFor != null && asked != null && !chosenFor.equals(asked.checkpoint())) {
            // The classes of another checkpoint: choices made by hand meant those.
            chosenFor = null;
            columns = columns.choosing(null);
            binding.set(null);
        }
        if (!chosen()) {
            return;
        }
        String path = file.get();
        Path place = TypedPath.of(path);
        if (place == null) {
            wrong(TypedPath.notOne(path));
            return;
        }
        if (!Files.isRegularFile(place)) {
            wrong(new Notice(
                    Notice.Kind.ERROR,
                    Words.of("form.texts.no-file", path),
                    Words.of("form.texts.no-file.remedy"),
                    null));
            return;
        }
        if (asked != null) {
            reading.set(true);
            String title = Words.of("form.texts.job", place.getFileName());
            List<DataFile> others = other != null && other.chosen() ? List.of(other.data()) : null;
            int mine = turn;
            job = engine.submit(title, new Request.Describe(asked, data(), others), event -> heard(mine, event));
        }
    }

    /// @param asked number of the question: answers to an earlier one may be about other labels
    private void heard(int asked, Event event) {
        if (asked != turn) {
            return;
        }
        if (event.isLast()) {
            reading.set(false);
        }
        switch (event) {
            case Event.Bound b -> {
                bound = true;
                binding.set(b.binding());
            }
            case Event.Noted n -> noted(n);
            case Event.Described d -> described.set(d);
            case Event.Failed f -> wrong(Notice.of(f));
            default -> {}
        }
    }

    private void wrong(@Nullable Notice what) {
        problem.set(what);
        LabelBinding labels = bound ? binding.get() : null;
        boolean unknown = labels != null && labels.values().stream().anyMatch(v -> v.how() == LabelBinding.How.UNKNOWN);
        complaint.set(
                what != null && unknown
                        ? new Notice(Notice.Kind.ERROR, Words.of("form.labels.refused"), "", null)
                        : what);
    }

    private void noted(Event.Noted note) {
        if (note.said().code().startsWith(MEANING)) {
            return; // the labels are shown and chosen here
        }
        String brief = ProblemWords.note(note)
                .replace(file.get(), TuneCommandLine.named(file.get())); // its field has the whole path
        if (!notes.contains(brief)) {
            notes.add(brief);
        }
    }
}

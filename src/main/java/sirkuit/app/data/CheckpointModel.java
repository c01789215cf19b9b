package sirkuit.app.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;
import sirkuit.app.work.Job;
import sirkuit.app.work.Notice;
import sirkuit.app.work.WindowEngine;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;

/// The chosen checkpoint, and what the engine reports about it.
public final class CheckpointModel {
    private final WindowEngine engine;
    private final StringProperty folder = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Event.@Nullable Inspected> inspected = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Notice> problem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper();
    private @Nullable Job job;

    public CheckpointModel(WindowEngine engine) {
        this.engine = engine;
        folder.subscribe(this::inspect);
    }

    /// Path of the folder. Setting it makes the engine inspect the folder.
    public StringProperty folder() {
        return folder;
    }

    /// Null until the engine has answered, and when the checkpoint cannot be used.
    public ReadOnlyObjectProperty<Event.@Nullable Inspected> inspected() {
        return inspected.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<@Nullable Notice> problem() {
        return problem.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty reading() {
        return reading.getReadOnlyProperty();
    }

    /// Asks the engine again if it has not answered, because it died or was cancelled.
    public void retry() {
        if (inspected.get() == null && !reading.get()) {
            inspect(folder.get());
        }
    }

    /// What is known about the checkpoint, in one line.
    public ObservableValue<String> line() {
        return Bindings.createStringBinding(this::said, inspected, problem, reading);
    }

    private String said() {
        Event.Inspected known = inspected.get();
        if (known != null) {
            return brief(known);
        }
        return Words.of(reading.get() ? "form.checkpoint.reading" : "form.checkpoint.unread");
    }

    /// `BERT, 6 layers × 8 heads, 2.2 M parameters, labels negative / neutral / positive`.
    public static String summary(Event.Inspected c) {
        return Words.of("form.checkpoint.summary", brief(c), String.join(" / ", c.labels()));
    }

    /// `BERT, 6 layers × 8 heads, 2.2 M`.
    public static String brief(Event.Inspected c) {
        return Words.of(
                "form.checkpoint.brief",
                c.family().toUpperCase(Locale.ROOT),
                c.layers(),
                c.heads(),
                Numbers.rough(c.parameters()));
    }

    private void inspect(String path) {
        if (job != null) {
            job.cancel();
        }
        inspected.set(null);
        problem.set(null);
        reading.set(false);
        if (path.isBlank()) {
            return;
        }
        Path place = TypedPath.of(path);
        if (place == null) {
            problem.set(TypedPath.notOne(path));
            return;
        }
        if (!Files.isDirectory(place)) {
            problem.set(new Notice(
                    Notice.Kind.ERROR,
                    Words.of("form.checkpoint.no-folder", path),
                    Words.of("form.checkpoint.no-folder.remedy"),
                    null));
            return;
        }
        reading.set(true);
        job = engine.submit(Words.of("form.checkpoint.job"), new Request.Inspect(path), event -> heard(path, event));
    }

    private void heard(String path, Event event) {
        if (!path.equals(folder.get())) {
            return;
        }
        if (event.isLast()) {
            reading.set(false);
        }
        switch (event) {
            case Event.Inspected i -> inspected.set(i);
            case Event.Failed f -> problem.set(Notice.of(f));
            default -> {}
        }
    }
}

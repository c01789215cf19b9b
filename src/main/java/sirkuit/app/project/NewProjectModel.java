package sirkuit.app.project;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;
import sirkuit.app.data.CheckpointModel;
import sirkuit.app.data.LanguageModel;
import sirkuit.app.data.TypedPath;
import sirkuit.app.look.Words;
import sirkuit.app.work.WindowEngine;
import sirkuit.project.Project;
import sirkuit.protocol.Request;
import sirkuit.record.LabelChoices;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;

/// The form for a new project.
public final class NewProjectModel {
    private static final int MAX_LENGTH = RunConfig.Settings.DEFAULT.maxLength();

    private final CheckpointModel checkpoint;
    private final LanguageModel source;
    private final LanguageModel target;
    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty location = new SimpleStringProperty("");
    private final StringBinding missing;
    private String suggestedName = "";
    private String suggestedLocation = "";

    public NewProjectModel(WindowEngine engine) {
        checkpoint = new CheckpointModel(engine);
        ObservableValue<Request.@Nullable Model> model =
                checkpoint.inspected().map(i -> new Request.Model(i.checkpoint(), null, MAX_LENGTH));
        source = new LanguageModel(engine, model);
        target = new LanguageModel(engine, model);
        target.labels().like(source.labels());
        source.name().subscribe(n -> suggest());
        target.name().subscribe(n -> suggest());
        name.subscribe(n -> suggestLocation());
        missing = Bindings.createStringBinding(
                this::whatIsMissing,
                checkpoint.inspected(),
                checkpoint.folder(),
                checkpoint.problem(),
                source.name(),
                target.name(),
                source.train().file(),
                source.test().file(),
                target.train().file(),
                target.test().file(),
                source.train().problem(),
                source.test().problem(),
                target.train().problem(),
                target.test().problem(),
                name,
                location);
    }

    public CheckpointModel checkpoint() {
        return checkpoint;
    }

    public LanguageModel source() {
        return source;
    }

    public LanguageModel target() {
        return target;
    }

    public StringProperty name() {
        return name;
    }

    /// Folder of the project, which will be created.
    public StringProperty location() {
        return location;
    }

    /// What must be filled in or corrected next, in a sentence; empty when the project can be created.
    public StringBinding missing() {
        return missing;
    }

    /// Whether anything has been filled in.
    public ObservableValue<Boolean> begun() {
        return Bindings.createBooleanBinding(
                () -> !checkpoint.folder().get().isEmpty()
                        || source.train().chosen()
                        || source.test().chosen()
                        || target.train().chosen()
                        || target.test().chosen()
                        || !source.name().get().isEmpty()
                        || !target.name().get().isEmpty()
                        || !name.get().isEmpty()
                        || !location.get().isEmpty(),
                checkpoint.folder(),
                source.train().file(),
                source.test().file(),
                target.train().file(),
                target.test().file(),
                source.name(),
                target.name(),
                name,
                location);
    }

    /// Puts what was dropped onto the window where it belongs: texts into the source first, then into the target.
    public void take(Dropped what) {
        switch (what) {
            case Dropped.Checkpoint(Path folder) ->
                checkpoint.folder().set(folder.toAbsolutePath().toString());
            case Dropped.Texts(Path place) -> (source.train().chosen() ? target : source).chooseTrain(place);
            case Dropped.ProjectFolder p -> {}
            case Dropped.Unusable u -> {}
        }
    }

    /// Asks the engine again about what it has not answered.
    public void retry() {
        checkpoint.retry();
        source.retry();
        target.retry();
    }

    /// Creates the project from the form as it is now, on whichever thread it is called. Throws a [sirkuit.Problem]
    /// if there is a project already or the folder cannot be written.
    public Supplier<Project> creation() {
        ProjectFile.Language learnt = target.empty() ? null : target.language();
        ProjectFile content = new ProjectFile(
                ProjectFile.VERSION,
                name.get().strip(),
                checkpoint.folder().get(),
                LabelChoices.names(
                        source.labels().classes(), source.train().data().labelMap()),
                source.language(),
                learnt,
                MAX_LENGTH);
        Path place = Path.of(TypedPath.absolute(location.get()));
        return () -> Project.create(place, content);
    }

    private String whatIsMissing() {
        if (checkpoint.folder().get().isBlank()) {
            return Words.of("new.missing.checkpoint");
        }
        if (checkpoint.problem().get() != null) {
            return Words.of("new.missing.usable");
        }
        if (checkpoint.inspected().get() == null) {
            return Words.of("form.checkpoint.reading");
        }
        String sourceMissing = source.missing();
        if (sourceMissing != null) {
            return Words.of("new.missing.source", sourceMissing);
        }
        String targetMissing = target.empty() ? null : target.missing();
        if (targetMissing != null) {
            return Words.of("new.missing.target", targetMissing);
        }
        if (name.get().isBlank()) {
            return Words.of("new.missing.name");
        }
        if (location.get().isBlank()) {
            return Words.of("new.missing.folder");
        }
        return TypedPath.of(location.get()) == null ? Words.of("new.missing.path") : "";
    }

    private void suggest() {
        if (!name.get().equals(suggestedName)) {
            return;
        }
        String from = source.name().get().strip();
        String to = target.name().get().strip();
        suggestedName = from.isEmpty() || to.isEmpty() ? from + to : Words.of("new.from-to", from, to);
        name.set(suggestedName);
    }

    private void suggestLocation() {
        if (!location.get().equals(suggestedLocation)) {
            return;
        }
        String folder = name.get().strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-");
        suggestedLocation = folder.isEmpty()
                ? ""
                : Path.of(System.getProperty("user.home"), "Sirkuit", folder).toString();
        location.set(suggestedLocation);
    }
}

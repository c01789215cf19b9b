package sirkuit.app.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;
import sirkuit.app.runs.RunModel;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;
import sirkuit.run.state.RunState;

/// The texts and the checkpoints to choose from: those of the project and those of its runs.
public final class Choices {
    private final ObservableValue<ProjectFile> project;
    private final ObservableList<RunModel> runs;
    private final Function<String, String> adapted;
    private final ObservableList<Texts> texts = FXCollections.observableArrayList();
    private final ObservableList<Checkpoint> checkpoints = FXCollections.observableArrayList();

    /// A data file, with the name that the window shows.
    record Texts(String name, DataFile data) {}

    /// A checkpoint, with the name that the window shows.
    ///
    /// @param run whose adapted checkpoint it is, by its id; null for the project's own
    public record Checkpoint(
            String name, Request.Model model, @Nullable String run) {}

    /// @param adapted folder of a run's adapted checkpoint, by the run's id
    public Choices(
            ObservableValue<ProjectFile> project, ObservableList<RunModel> runs, Function<String, String> adapted) {
        this.project = project;
        this.runs = runs;
        this.adapted = adapted;
        project.subscribe(p -> fill());
        runs.forEach(this::follow);
        runs.addListener((ListChangeListener<RunModel>) change -> {
            while (change.next()) {
                change.getAddedSubList().forEach(this::follow);
            }
            fill();
        });
    }

    /// The source language's first.
    ObservableList<Texts> texts() {
        return texts;
    }

    /// The project's own first, then those of finished runs, oldest first.
    public ObservableList<Checkpoint> checkpoints() {
        return checkpoints;
    }

    private void follow(RunModel run) {
        run.status().subscribe((was, now) -> fill());
    }

    private void fill() {
        ProjectFile file = project.getValue();
        List<Texts> files = new ArrayList<>();
        add(files, file.source());
        file.allTargets().forEach(target -> add(files, target));
        List<Checkpoint> models = new ArrayList<>();
        models.add(new Checkpoint(
                Words.of("data.checkpoint.project"),
                new Request.Model(file.checkpoint(), file.labels(), file.maxLength(), file.prompt()),
                null));
        for (RunModel run : runs) {
            RunConfig config = run.config();
            for (Map.Entry<String, DataFile> watched : config.watched().entrySet()) {
                add(files, Words.of("data.texts.watched", watched.getKey()), watched.getValue());
            }
            if (run.status().get() == RunState.Status.FINISHED) {
                models.add(new Checkpoint(
                        Words.of("data.checkpoint.run", run.name()),
                        new Request.Model(
                                adapted.apply(run.id()),
                                config.labels(),
                                config.settings().maxLength(),
                                config.prompt()),
                        run.id()));
            }
        }
        // Setting an equal value would make the boxes that show it lose their selection for a moment.
        if (!texts.equals(files)) {
            texts.setAll(files);
        }
        if (!checkpoints.equals(models)) {
            checkpoints.setAll(models);
        }
    }

    private static void add(List<Texts> files, ProjectFile.Language language) {
        add(files, Words.of("data.texts.test", language.name()), language.test());
        add(files, Words.of("data.texts.train", language.name()), language.train());
    }

    private static void add(List<Texts> files, String name, DataFile data) {
        if (files.stream().noneMatch(f -> f.data().equals(data))) {
            files.add(new Texts(name, data));
        }
    }
}

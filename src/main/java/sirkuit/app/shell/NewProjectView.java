package sirkuit.app.shell;

import static sirkuit.app.look.Boxes.field;
import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.heading;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;

import javafx.beans.binding.BooleanBinding;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import sirkuit.app.data.CheckpointModel;
import sirkuit.app.data.Choosing;
import sirkuit.app.data.LanguageFields;
import sirkuit.app.data.LanguageModel;
import sirkuit.app.data.PathField;
import sirkuit.app.work.EngineState;

/// The form for a new project.
final class NewProjectView extends VBox {
    // Kept: it listens weakly to the scene, and everything behind it would fall silent if nobody held it.
    private final BooleanBinding inWindow = sceneProperty().isNotNull();
    private final NewProjectModel model;

    NewProjectView(ShellModel shell, Choosing choosing) {
        model = new NewProjectModel(shell.engine());
        getStyleClass().addAll("panel", "new-project");
        shell.engine().state().when(inWindow).subscribe((was, now) -> {
            if (now instanceof EngineState.Ready) {
                model.retry();
            }
        });
        PathField checkpoint = new PathField(
                        "Checkpoint",
                        "checkpoint-field",
                        "folder with config.json and model.safetensors",
                        model.checkpoint().folder(),
                        () -> choosing.folder(
                                "Choose a checkpoint",
                                p -> model.checkpoint().folder().set(p.toString())))
                .telling(model.checkpoint().inspected().map(c -> c == null ? null : CheckpointModel.summary(c)))
                .complaining(model.checkpoint().problem());
        GridPane languages = styled(halves(), "languages");
        languages.add(
                language("Source", "The language the checkpoint knows the task in.", model.source(), choosing), 0, 0);
        languages.add(
                language("Target", "The language to learn. May be left for later.", model.target(), choosing), 1, 0);
        TextField name = named(new TextField(), "project-name-field");
        name.setPromptText("what you will call it");
        name.textProperty().bindBidirectional(model.name());
        PathField location = new PathField(
                "Folder",
                "project-folder-field",
                "a new folder",
                model.location(),
                () -> choosing.folder(
                        "Where to keep the project", p -> model.location().set(p.toString())));
        GridPane place = halves();
        place.add(field("Project name", name), 0, 0);
        place.add(location, 1, 0);
        getChildren()
                .addAll(styled(new Label("New project"), "title"), checkpoint, languages, place, finish(shell, model));
    }

    void take(Dropped what) {
        model.take(what);
    }

    private static javafx.scene.layout.HBox finish(ShellModel shell, NewProjectModel model) {
        Label missing = named(note(""), "missing");
        missing.textProperty().bind(model.missing());
        Button create = named(styled(new Button("Create project"), "accent"), "create-button");
        create.disableProperty()
                .bind(model.missing().isNotEmpty().or(shell.opening().isNotEmpty()));
        create.setOnAction(e -> shell.create(model));
        return row(missing, gap(), create);
    }

    private static VBox language(String role, String explanation, LanguageModel language, Choosing choosing) {
        return styled(
                new VBox(heading(role + " language"), note(explanation), new LanguageFields(role, language, choosing)),
                "column");
    }

    private static GridPane halves() {
        GridPane grid = styled(new GridPane(), "pairs");
        ColumnConstraints half = new ColumnConstraints();
        half.setPercentWidth(50);
        grid.getColumnConstraints().addAll(half, half);
        return grid;
    }
}

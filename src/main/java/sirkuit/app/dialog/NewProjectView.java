package sirkuit.app.dialog;

import static sirkuit.app.look.Boxes.field;
import static sirkuit.app.look.Boxes.heading;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;
import static sirkuit.app.look.Boxes.wrapping;

import javafx.beans.binding.BooleanBinding;
import javafx.geometry.VPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import sirkuit.app.data.CheckpointModel;
import sirkuit.app.data.LanguageFields;
import sirkuit.app.data.PathChooser;
import sirkuit.app.data.PathField;
import sirkuit.app.look.Words;
import sirkuit.app.look.WrappingRow;
import sirkuit.app.project.Dropped;
import sirkuit.app.project.NewProjectModel;
import sirkuit.app.session.ShellModel;
import sirkuit.app.work.EngineState;

/// The form for a new project.
public final class NewProjectView extends VBox {
    // Kept: it listens weakly to the scene, and would stop without a reference to it.
    private final BooleanBinding inWindow = sceneProperty().isNotNull();
    private final NewProjectModel model;

    /// @param model what is filled in
    public NewProjectView(ShellModel shell, NewProjectModel model) {
        this.model = model;
        PathChooser choosing = new PathChooser(this);
        getStyleClass().addAll("panel", "new-project");
        shell.engine().state().when(inWindow).subscribe((was, now) -> {
            if (now instanceof EngineState.Ready) {
                model.retry();
            }
        });
        PathField checkpoint = new PathField(
                        Words.of("data.checkpoint"),
                        "checkpoint-field",
                        Words.of("new.checkpoint.prompt"),
                        model.checkpoint().folder(),
                        () -> choosing.folder(
                                Words.of("new.checkpoint.choose"),
                                p -> model.checkpoint().folder().set(p.toString())))
                .telling(model.checkpoint().inspected().map(c -> c == null ? null : CheckpointModel.summary(c)))
                .complaining(model.checkpoint().problem());
        GridPane languages = styled(halves(), "languages");
        languages.add(about("source"), 0, 0);
        languages.add(about("target"), 1, 0);
        // In rows of their own, the fields stay side by side, whatever is said below one of them.
        rows(languages, 0, new LanguageFields("source", model.source(), choosing));
        rows(languages, 1, new LanguageFields("target", model.target(), choosing));
        TextField name = named(new TextField(), "project-name-field");
        name.setPromptText(Words.of("new.name.prompt"));
        name.textProperty().bindBidirectional(model.name());
        PathField location = new PathField(
                Words.of("copy.folder"),
                "project-folder-field",
                Words.of("copy.folder.prompt"),
                model.location(),
                () -> choosing.folder(
                        Words.of("new.folder.choose"), p -> model.location().set(p.toString())));
        GridPane place = halves();
        place.add(field(Words.of("new.name"), name), 0, 0);
        place.add(location, 1, 0);
        getChildren()
                .addAll(
                        styled(new Label(Words.of("new.title")), "title"),
                        checkpoint,
                        languages,
                        place,
                        finish(shell, model));
    }

    /// Focuses the first field, and asks the engine again about what it has not answered.
    void begin() {
        lookup("#checkpoint-field").requestFocus();
        model.retry();
    }

    NewProjectModel model() {
        return model;
    }

    void take(Dropped what) {
        model.take(what);
    }

    private static WrappingRow finish(ShellModel shell, NewProjectModel model) {
        Label missing = named(note(""), "missing");
        missing.textProperty().bind(model.missing());
        Button create = named(styled(new Button(Words.of("new.create")), "accent"), "create-button");
        create.disableProperty()
                .bind(model.missing().isNotEmpty().or(shell.opening().isNotEmpty()));
        create.setOnAction(e -> shell.create(model));
        Button clear = named(styled(new Button(Words.of("new.clear")), "flat"), "clear-form-button");
        clear.visibleProperty().bind(model.begun());
        clear.setOnAction(e -> shell.clear(model));
        HBox.setHgrow(missing, Priority.ALWAYS);
        missing.setMaxWidth(Double.MAX_VALUE);
        return wrapping(missing, whole(clear), whole(create));
    }

    private static void rows(GridPane grid, int column, LanguageFields fields) {
        for (int row = 0; row < fields.rows().size(); row++) {
            Region field = fields.rows().get(row);
            GridPane.setValignment(field, VPos.TOP);
            GridPane.setFillHeight(field, false);
            grid.add(field, column, row + 1);
        }
    }

    private static VBox about(String role) {
        return styled(
                new VBox(heading(Words.of("new.language." + role)), note(Words.of("new.language.more." + role))),
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

package sirkuit.app.data;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.styled;

import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Words;
import sirkuit.app.work.Notice;

/// A field for a path, to type or to browse for. While nobody types, a long path is shortened in the middle, because
/// beginning and end say most. Below it is what was found there, or what is wrong with it.
public final class PathField extends VBox {
    private final TextField text = new TextField();
    private final Label found = collapsing(styled(note(""), "found"));
    private final Label wrong = collapsing(styled(note(""), "wrong"));

    /// @param name   what the field is for
    /// @param id     of the text field
    /// @param path   the path; set when the user is done typing
    /// @param browse lets the user choose in a dialog
    public PathField(String name, String id, String prompt, StringProperty path, Runnable browse) {
        getStyleClass().add("field");
        Label label = styled(new Label(name), "field-name");
        label.setLabelFor(text);
        text.setId(id);
        text.setPromptText(prompt);
        StackPane typed = new StackPane(text, shortened());
        HBox.setHgrow(typed, Priority.ALWAYS);
        Button button = Icons.only(
                new Button(), Feather.FOLDER, Words.of("form.browse", name.toLowerCase(java.util.Locale.ROOT)));
        button.getStyleClass().remove("flat");
        button.setOnAction(e -> browse.run());
        getChildren().addAll(label, styled(new HBox(typed, button), "path-row"), found, wrong);
        found.setVisible(false);
        wrong.setVisible(false);
        path.subscribe(this::show);
        text.setOnAction(e -> take(path));
        text.focusedProperty().subscribe(focused -> {
            if (!focused) {
                take(path);
            }
        });
        text.setTooltip(new Tooltip());
        text.getTooltip().textProperty().bind(text.textProperty());
    }

    /// What is read above the field while it does not have the keyboard.
    private Label shortened() {
        Label label = styled(new Label(), "path-shortened");
        label.setMouseTransparent(true);
        label.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        label.setMaxWidth(Double.MAX_VALUE);
        label.setMinWidth(0);
        label.setPrefWidth(1);
        label.textProperty().bind(text.textProperty());
        label.visibleProperty().bind(text.focusedProperty().not());
        text.focusedProperty()
                .subscribe(focused -> text.pseudoClassStateChanged(PseudoClass.getPseudoClass("shortened"), !focused));
        return label;
    }

    private void take(StringProperty path) {
        path.set(TypedPath.absolute(text.getText()));
        show(path.get()); // also when the path has not changed
    }

    private void show(String path) {
        text.setText(path);
        text.end(); // the end of a path says more than its beginning
    }

    /// Shows `sentence` below the path while it is not null.
    public PathField telling(ObservableValue<@Nullable String> sentence) {
        sentence.subscribe(s -> {
            found.setText(s == null ? "" : s);
            found.setVisible(s != null);
        });
        return this;
    }

    /// Shows notes about the file below that.
    public PathField noting(ObservableList<String> notes) {
        Label told = collapsing(note(""));
        told.setVisible(false);
        notes.subscribe(() -> {
            told.setText(String.join("\n", notes));
            told.setVisible(!notes.isEmpty());
        });
        getChildren().add(getChildren().indexOf(wrong), told);
        return this;
    }

    /// Shows what is wrong below the path while it is not null.
    public PathField complaining(ObservableValue<@Nullable Notice> problem) {
        problem.subscribe(p -> {
            wrong.setText(p == null ? "" : p.what() + " " + p.remedy());
            wrong.setVisible(p != null);
            text.pseudoClassStateChanged(PseudoClass.getPseudoClass("danger"), p != null);
        });
        return this;
    }
}

package sirkuit.app.dialog;

import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;

import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.frame.DialogCards;
import sirkuit.app.frame.Overlay;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Words;
import sirkuit.app.session.LogModel;
import sirkuit.app.work.Threads;

/// The log lines of window and engine.
public final class LogView {
    private LogView() {}

    /// @param reveal shows a folder in the system's file browser
    public static void show(Threads threads, Overlay overlay, Consumer<Path> reveal) {
        LogModel model = new LogModel(threads);
        TextArea text = named(styled(new TextArea(), "log-text"), "log-text");
        text.setEditable(false);
        text.setAccessibleText(Words.of("log.title"));
        VBox.setVgrow(text, Priority.ALWAYS);
        model.text().subscribe(t -> {
            text.setText(t);
            text.positionCaret(t.length());
            text.setScrollTop(Double.MAX_VALUE);
        });
        TextField filter = named(new TextField(), "log-filter");
        filter.setPromptText(Words.of("log.filter"));
        filter.setAccessibleText(Words.of("log.filter"));
        filter.textProperty().bindBidirectional(model.filter());
        HBox.setHgrow(filter, Priority.ALWAYS);
        CheckBox warnings = named(new CheckBox(Words.of("log.warnings")), "log-warnings");
        warnings.selectedProperty().bindBidirectional(model.warningsOnly());
        Button reload = named(Icons.before(new Button(Words.of("log.reload")), Feather.REFRESH_CW), "log-reload");
        reload.setOnAction(e -> model.reload());
        Button folder = named(Icons.before(new Button(Words.of("log.folder")), Feather.FOLDER), "log-folder");
        Path place = LogModel.folder();
        folder.setDisable(place == null);
        folder.setOnAction(e -> {
            if (place != null) {
                reveal.accept(place);
            }
        });
        VBox card = DialogCards.card(
                "log-card",
                Words.of("log.title"),
                DialogCards.close(overlay),
                row(writers(model), filter, warnings),
                text,
                row(reload, folder, gap(), DialogCards.copy(() -> model.text().get())));
        card.getStyleClass().add("wide-card");
        overlay.show(card, filter, Pos.CENTER);
    }

    private static HBox writers(LogModel model) {
        ToggleGroup group = new ToggleGroup();
        HBox buttons = new HBox();
        for (LogModel.Writer writer : LogModel.Writer.values()) {
            ToggleButton button = named(
                    new ToggleButton(writer.words()), writer == LogModel.Writer.WINDOW ? "log-window" : "log-engine");
            button.getStyleClass().add(buttons.getChildren().isEmpty() ? "left-pill" : "right-pill");
            button.setToggleGroup(group);
            button.setSelected(model.writer().get() == writer);
            button.setOnAction(e -> {
                button.setSelected(true); // one of them always is
                model.writer().set(writer);
            });
            buttons.getChildren().add(button);
        }
        return buttons;
    }
}

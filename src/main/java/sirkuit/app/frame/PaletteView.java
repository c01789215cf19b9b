package sirkuit.app.frame;

import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import sirkuit.app.action.Action;
import sirkuit.app.action.PaletteModel;
import sirkuit.app.look.Words;

/// The command palette: a field, and below it the matching commands.
public final class PaletteView extends VBox {
    private final PaletteModel model;
    private final Overlay overlay;
    private final TextField field = named(new TextField(), "palette-field");
    private final ListView<Action> list = named(styled(new ListView<>(), "palette-list"), "palette-list");

    public PaletteView(PaletteModel model, Overlay overlay) {
        this.model = model;
        this.overlay = overlay;
        setId("palette");
        getStyleClass().addAll("card", "palette");
        field.setPromptText(Words.of("palette.prompt"));
        field.setAccessibleText(Words.of("palette.prompt"));
        field.textProperty().bindBidirectional(model.query());
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        list.setItems(model.found());
        list.setFocusTraversable(false); // the field has the keyboard all the time
        list.setAccessibleText(Words.of("palette.list"));
        list.setPlaceholder(note(Words.of("palette.nothing")));
        list.setCellFactory(view -> new Line());
        model.chosen().subscribe(index -> {
            list.getSelectionModel().clearAndSelect(index.intValue());
            list.scrollTo(Math.max(0, index.intValue() - 3));
        });
        getChildren().addAll(field, list);
    }

    public void show() {
        model.open();
        overlay.show(this, field, Pos.TOP_CENTER);
        list.getSelectionModel().clearAndSelect(model.chosen().get());
    }

    private void key(KeyEvent event) {
        switch (event.getCode()) {
            case DOWN -> model.move(1);
            case UP -> model.move(-1);
            case PAGE_DOWN ->
                model.choose(Math.min(model.chosen().get() + 8, model.found().size() - 1));
            case PAGE_UP -> model.choose(Math.max(model.chosen().get() - 8, 0));
            case ENTER -> perform();
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void perform() {
        int index = model.chosen().get();
        if (index >= 0 && model.found().get(index).possible()) {
            overlay.hide(); // first, because the command may show something itself
            model.perform();
        }
    }

    private final class Line extends ListCell<Action> {
        private final Label words = new Label();
        private final Label place = styled(new Label(), "note");
        private final Label keys = styled(new Label(), "keys");
        private final HBox line = row(words, place, gap(), keys);

        Line() {
            setOnMouseClicked(e -> {
                if (!isEmpty()) {
                    model.choose(getIndex());
                    perform();
                }
            });
        }

        @Override
        protected void updateItem(@Nullable Action action, boolean empty) {
            super.updateItem(action, empty);
            if (empty || action == null) {
                setGraphic(null);
                return;
            }
            words.setText(action.words());
            place.setText(action.place().words());
            String shortcut = action.shortcut();
            keys.setText(
                    shortcut == null ? "" : KeyCombination.valueOf(shortcut).getDisplayText());
            keys.setVisible(shortcut != null);
            line.setOpacity(action.possible() ? 1 : 0.5);
            setAccessibleText(action.words() + " " + keys.getText());
            setGraphic(line);
        }
    }
}

package sirkuit.app.heatmap.pane;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.styled;

import atlantafx.base.controls.Popover;
import java.util.List;
import javafx.collections.SetChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.heatmap.HeatmapModel;
import sirkuit.app.heatmap.MarkedHead;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Popovers;
import sirkuit.app.look.Words;
import sirkuit.mask.Head;

/// The heads with a note or a lock, as a list from which one goes to a head.
final class MarksButton extends Button {
    private static final double ROW = 30;
    private static final int MOST_ROWS = 12;
    private static final double WIDTH = 320;

    private final HeatmapModel model;
    private final ListView<MarkedHead> list = named(styled(new ListView<>(), "dense", "marks"), "marks-list");
    private final Label none = collapsing(note(Words.of("relevance.marks.none")));
    private final Popover popover = new Popover();
    private final Runnable after;

    /// @param after what happens once a head was chosen
    MarksButton(HeatmapModel model, Runnable after) {
        this.model = model;
        this.after = after;
        setId("marks-button");
        getStyleClass().addAll("flat", "small");
        setMinWidth(USE_PREF_SIZE);
        setGraphic(Icons.of(Feather.BOOKMARK));
        setTooltip(new Tooltip());
        setOnAction(e -> show());
        list.setCellFactory(l -> new Row());
        list.setFixedCellSize(ROW);
        list.setPrefWidth(WIDTH);
        list.setAccessibleText(Words.of("relevance.marks"));
        list.managedProperty().bind(list.visibleProperty());
        list.setOnMouseClicked(e -> go());
        list.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ENTER || e.getCode() == KeyCode.SPACE) {
                go();
                e.consume();
            }
        });
        none.setMaxWidth(WIDTH);
        popover.setContentNode(styled(new VBox(none, list), "column", "popover-content"));
        popover.setArrowLocation(Popover.ArrowLocation.TOP_RIGHT);
        Popovers.attach(popover);
        model.notes().subscribe(n -> fill());
        model.locked().addListener((SetChangeListener<Head>) c -> fill());
    }

    private void fill() {
        List<MarkedHead> all = MarkedHead.all(model.locked(), model.notes().get());
        list.getItems().setAll(all);
        list.setPrefHeight(ROW * Math.min(MOST_ROWS, all.size()) + 2);
        list.setVisible(!all.isEmpty());
        none.setVisible(all.isEmpty());
        setText(all.isEmpty() ? "" : String.valueOf(all.size()));
        String words = Words.of("relevance.marks.count", String.valueOf(all.size()));
        setAccessibleText(words);
        getTooltip().setText(words);
    }

    private void show() {
        popover.show(this);
        list.requestFocus();
        list.getSelectionModel().selectFirst();
    }

    private void go() {
        MarkedHead chosen = list.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            popover.hide();
            model.focus().set(chosen.head());
            after.run();
        }
    }

    /// A head with its marks in one line.
    private static final class Row extends ListCell<MarkedHead> {
        private final Label name = styled(new Label(), "marked-head");
        private final Label words = styled(new Label(), "note");

        @Override
        protected void updateItem(@Nullable MarkedHead item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setGraphic(null);
                setTooltip(null);
                return;
            }
            name.setText(item.name());
            name.setMinWidth(USE_PREF_SIZE);
            words.setText(item.words());
            setPrefWidth(0); // long notes end with dots
            setTooltip(item.note().isEmpty() ? null : new Tooltip(item.note()));
            setAccessibleText(item.name() + ", " + item.words());
            setGraphic(styled(new HBox(name, Icons.of(item.locked() ? Feather.LOCK : Feather.EDIT_3), words), "row"));
        }
    }
}

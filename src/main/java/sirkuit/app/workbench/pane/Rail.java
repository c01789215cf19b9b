package sirkuit.app.workbench.pane;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import javafx.collections.ListChangeListener;
import javafx.geometry.Side;
import javafx.scene.Group;
import javafx.scene.control.Button;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Words;

/// What is left of a folded panel: names from bottom to top, each of which opens it.
final class Rail extends VBox {
    private Rail(Side side) {
        getStyleClass().addAll("rail", side == Side.LEFT ? "left" : "right");
    }

    /// Of a panel with one content.
    static Rail of(String id, Side side, String words, Runnable open) {
        Rail rail = new Rail(side);
        Button unfold = named(
                Icons.only(
                        new Button(),
                        side == Side.LEFT ? Feather.CHEVRONS_RIGHT : Feather.CHEVRONS_LEFT,
                        Words.of("fold.open", words)),
                "unfold-" + id);
        unfold.setOnAction(e -> open.run());
        rail.getChildren().addAll(unfold, upright("rail-" + id, words, open));
        return rail;
    }

    /// Of a panel with tabs: a name for each. The one that is shown folds it again.
    static Rail of(TabPane tabs, Side side, Runnable toggle, Runnable open) {
        Rail rail = new Rail(side);
        Runnable fill = () -> rail.getChildren()
                .setAll(tabs.getTabs().stream()
                        .map(tab -> upright("rail-" + tab.getId(), tab.getText(), () -> {
                            if (tab.isSelected()) {
                                toggle.run();
                            } else {
                                tabs.getSelectionModel().select(tab);
                                open.run();
                            }
                        }))
                        .toList());
        tabs.getTabs().addListener((ListChangeListener<Tab>) c -> fill.run());
        fill.run();
        return rail;
    }

    private static Group upright(String id, String words, Runnable open) {
        Button button = named(styled(new Button(words), "flat", "rail-name"), id);
        button.setTooltip(new Tooltip(Words.of("fold.open", words)));
        button.setMinWidth(USE_PREF_SIZE);
        button.setRotate(-90);
        button.setOnAction(e -> open.run());
        return new Group(button);
    }
}

package sirkuit.app.look;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.StackPane;

/// Views that share one space and are shown one at a time.
public final class Tabs {
    private Tabs() {}

    public static TabPane of(String id, Tab... tabs) {
        TabPane pane = named(styled(new TabPane(tabs), "dense", "views"), id);
        pane.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        return pane;
    }

    /// A tab whose content is made when it is shown for the first time.
    ///
    /// @param id of the tab, by which it is found
    public static Tab later(String id, String words, Supplier<Node> content) {
        Tab tab = tab(id, words, new StackPane());
        tab.selectedProperty().subscribe(shown -> {
            if (shown
                    && tab.getContent() instanceof StackPane empty
                    && empty.getChildren().isEmpty()) {
                empty.getChildren().add(content.get());
            }
        });
        return tab;
    }

    /// @param id of the tab, by which it is found
    public static Tab tab(String id, String words, Node content) {
        Tab tab = new Tab(words, content);
        tab.setId(id);
        return tab;
    }
}

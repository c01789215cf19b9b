package sirkuit.app.look;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import javafx.scene.Node;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;

/// Views that share a place, one shown at a time.
public final class Tabs {
    private Tabs() {}

    public static TabPane of(String id, Tab... tabs) {
        TabPane pane = named(styled(new TabPane(tabs), "dense", "views"), id);
        pane.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        return pane;
    }

    /// @param id of the tab, by which it is found
    public static Tab tab(String id, String words, Node content) {
        Tab tab = new Tab(words, content);
        tab.setId(id);
        return tab;
    }
}

package sirkuit.app.frame;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import sirkuit.app.action.Action;
import sirkuit.app.look.Words;

/// Actions that show each tab of an open project. The first nine have Alt and a digit. A new tab needs no entry here.
public final class TabActions {
    private TabActions() {}

    /// @param view with its skins made, as [Node#applyCss()] does
    public static List<Action> of(Parent view) {
        List<Action> all = new ArrayList<>();
        for (Node node : view.lookupAll(".views")) {
            if (node instanceof TabPane pane) {
                for (Tab tab : pane.getTabs()) {
                    all.add(one(pane, tab, all.size() + 1));
                }
            }
        }
        return all;
    }

    private static Action one(TabPane pane, Tab tab, int number) {
        String words = Words.of("action.show-tab", tab.getText());
        return new Action(
                "show-" + tab.getId(),
                words,
                Action.Place.VIEW,
                number <= 9 ? "Alt+" + number : null,
                new SimpleBooleanProperty(true),
                () -> {
                    pane.getSelectionModel().select(tab);
                    pane.requestFocus();
                });
    }
}

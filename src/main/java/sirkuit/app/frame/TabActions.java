package sirkuit.app.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import sirkuit.app.action.Action;
import sirkuit.app.look.Words;

/// Actions that show each tab of an open project. The first nine have Alt and a digit. A new tab needs no entry here.
public final class TabActions {
    private TabActions() {}

    /// @param front brings the tabs to where they can be seen, if they are folded away
    public static List<Action> of(List<TabPane> panes, Consumer<TabPane> front) {
        List<Action> all = new ArrayList<>();
        for (TabPane pane : panes) {
            for (Tab tab : pane.getTabs()) {
                all.add(one(pane, tab, all.size() + 1, front));
            }
        }
        return all;
    }

    private static Action one(TabPane pane, Tab tab, int number, Consumer<TabPane> front) {
        String words = Words.of("action.show-tab", tab.getText());
        return new Action(
                "show-" + tab.getId(),
                words,
                Action.Place.VIEW,
                number <= 9 ? "Alt+" + number : null,
                new SimpleBooleanProperty(true),
                () -> {
                    front.accept(pane);
                    pane.getSelectionModel().select(tab);
                    pane.requestFocus();
                });
    }
}

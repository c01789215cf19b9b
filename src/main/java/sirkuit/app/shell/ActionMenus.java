package sirkuit.app.shell;

import java.util.List;
import javafx.collections.ObservableList;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCombination;
import sirkuit.app.action.Action;
import sirkuit.app.action.Actions;
import sirkuit.app.look.Words;
import sirkuit.app.session.ShellActions;

/// Menus of actions, made when the menu opens. They are context menus, because those of a menu bar would register the
/// shortcuts too, and would remove them from the scene each time they are filled.
final class ActionMenus {
    private ActionMenus() {}

    /// New, open, recent ones, and so on.
    static void project(Actions actions, Node below) {
        List<Action> all = actions.in(Action.Place.PROJECT);
        Menu recent = new Menu(Words.of("shell.open-recent"));
        recent.setId("open-recent");
        all.stream().filter(a -> a.id().startsWith(ShellActions.RECENT)).forEach(a -> recent.getItems()
                .add(item(a)));
        recent.setDisable(recent.getItems().isEmpty());
        ContextMenu menu = new ContextMenu();
        ObservableList<MenuItem> items = menu.getItems();
        all.stream().filter(a -> !a.id().startsWith(ShellActions.RECENT)).forEach(a -> {
            if (a.id().equals("save-copy") || a.id().equals("close-project")) {
                items.add(new SeparatorMenuItem());
            }
            items.add(item(a));
            if (a.id().equals("open-project")) {
                items.add(recent);
            }
        });
        show(menu, below);
    }

    /// All other actions, with a submenu for each place.
    static void rest(Actions actions, Node below) {
        ContextMenu menu = new ContextMenu();
        for (Action.Place place : Action.Place.values()) {
            List<Action> here = actions.in(place);
            if (place != Action.Place.PROJECT && !here.isEmpty()) {
                Menu sub = new Menu(place.words());
                here.forEach(a -> sub.getItems().add(item(a)));
                menu.getItems().add(sub);
            }
        }
        show(menu, below);
    }

    private static void show(ContextMenu menu, Node below) {
        menu.show(below, Side.BOTTOM, 0, 4);
    }

    private static MenuItem item(Action action) {
        MenuItem item = new MenuItem(action.words());
        item.setId(action.id());
        item.setMnemonicParsing(false); // folder names may have underscores
        item.setDisable(!action.possible());
        item.setOnAction(e -> action.perform());
        if (action.shortcut() != null) {
            item.setAccelerator(KeyCombination.valueOf(action.shortcut()));
        }
        return item;
    }
}

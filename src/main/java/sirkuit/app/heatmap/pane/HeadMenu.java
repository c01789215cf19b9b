package sirkuit.app.heatmap.pane;

import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import org.jspecify.annotations.Nullable;
import sirkuit.app.heatmap.HeatmapModel;
import sirkuit.app.look.Words;
import sirkuit.mask.Head;

/// What can be done with the head below the mouse.
final class HeadMenu {
    private final ContextMenu menu = new ContextMenu();
    private final HeatmapModel model;
    private @Nullable Head head;

    HeadMenu(HeatmapModel model) {
        this.model = model;
        menu.setId("head-menu");
    }

    void show(Node owner, Head at, double x, double y) {
        head = at;
        boolean locked = model.locked().contains(at);
        menu.getItems()
                .setAll(
                        item("centre.head.toggle", () -> model.masks().toggle(at)),
                        item(locked ? "centre.head.unlock" : "centre.head.lock", () -> model.masks()
                                .toggleLock(at)),
                        item("centre.head.like", () -> model.selectAllLike(at)),
                        item("centre.head.grow", () -> model.masks().grow(1)),
                        item("centre.head.shrink", () -> model.masks().grow(-1)));
        menu.show(owner, x, y);
    }

    private MenuItem item(String words, Runnable action) {
        MenuItem item = new MenuItem(Words.of(words));
        item.setOnAction(e -> {
            if (head != null) {
                action.run();
            }
        });
        return item;
    }
}

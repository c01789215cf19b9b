package sirkuit.app.workbench.pane;

import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeCell;
import javafx.scene.input.MouseButton;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;
import sirkuit.app.workbench.SidebarItem;

/// A line of the sidebar as it is drawn.
final class SidebarCell extends TreeCell<SidebarItem> {
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");

    private final MaskMenu masks;
    private final ObservableValue<Set<SidebarItem>> current;
    // It is listened to weakly, so that unused cells can go; this reference keeps it for as long as the cell.
    private final InvalidationListener changed = o -> mark();

    /// @param chosen  receives the line that is clicked
    /// @param masks   the menu of a saved mask
    /// @param current what is shown or loaded now
    SidebarCell(Consumer<SidebarItem> chosen, MaskMenu masks, ObservableValue<Set<SidebarItem>> current) {
        this.masks = masks;
        this.current = current;
        setOnMouseClicked(e -> {
            if (e.getButton() == MouseButton.PRIMARY && getItem() != null) {
                chosen.accept(getItem());
            }
        });
        current.addListener(new WeakInvalidationListener(changed));
        setPrefWidth(1); // long names are cut with dots instead of making the list scroll sideways
    }

    @Override
    protected void updateItem(@Nullable SidebarItem item, boolean empty) {
        super.updateItem(item, empty);
        getStyleClass().removeAll("section", "fact");
        setTooltip(null);
        setContextMenu(null);
        mark();
        if (empty || item == null) {
            setText(null);
            setGraphic(null);
            return;
        }
        setText(item.words());
        setGraphic(getTreeItem() == null ? null : getTreeItem().getGraphic());
        if (item instanceof SidebarItem.Mask(String name)) {
            setContextMenu(masks.of(name));
        }
        if (item instanceof SidebarItem.Section) {
            getStyleClass().add("section");
        } else if (item instanceof SidebarItem.Fact) {
            getStyleClass().add("fact");
        }
        if (!(item instanceof SidebarItem.Section)) {
            Tooltip more = new Tooltip(tooltip(item));
            more.setOnShowing(e -> more.setText(tooltip(item))); // a run changes meanwhile
            setTooltip(more);
        }
    }

    private void mark() {
        boolean now = !isEmpty() && getItem() != null && current.getValue().contains(getItem());
        pseudoClassStateChanged(CURRENT, now);
        setAccessibleText(now ? Words.of("window.current", getItem().words()) : null);
    }

    private static String tooltip(SidebarItem item) {
        return item.more().isEmpty() ? item.words() : item.words() + "\n" + item.more();
    }
}

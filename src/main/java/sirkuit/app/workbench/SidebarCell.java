package sirkuit.app.workbench;

import java.util.function.Consumer;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeCell;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/// A line of the sidebar as it is drawn.
final class SidebarCell extends TreeCell<SidebarItem> {
    /// @param again receives a line that is clicked while it is already selected, for example to load a mask again
    SidebarCell(Consumer<SidebarItem> again) {
        addEventFilter(MouseEvent.MOUSE_PRESSED, e -> {
            if (isSelected() && getItem() != null) {
                again.accept(getItem());
            }
        });
        setPrefWidth(1); // long names are cut with dots instead of making the list scroll sideways
    }

    @Override
    protected void updateItem(@Nullable SidebarItem item, boolean empty) {
        super.updateItem(item, empty);
        getStyleClass().removeAll("section", "fact");
        setTooltip(null);
        if (empty || item == null) {
            setText(null);
            setGraphic(null);
            return;
        }
        setText(item.words());
        setGraphic(getTreeItem() == null ? null : getTreeItem().getGraphic());
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

    private static String tooltip(SidebarItem item) {
        return item.more().isEmpty() ? item.words() : item.words() + "\n" + item.more();
    }
}

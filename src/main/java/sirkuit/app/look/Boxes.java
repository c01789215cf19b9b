package sirkuit.app.look;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The few ways to lay things out beside and below one another.
public final class Boxes {
    private Boxes() {}

    /// A heading of a panel.
    public static Label heading(String text) {
        return whole(styled(new Label(text), "heading"));
    }

    /// Quieter text that may take several lines.
    public static Label note(String text) {
        Label label = styled(new Label(text), "note");
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /// Takes up the space that is left in a row.
    public static Region gap() {
        Region region = new Region();
        HBox.setHgrow(region, Priority.ALWAYS);
        return region;
    }

    public static HBox row(Node... nodes) {
        return styled(new HBox(nodes), "row");
    }

    /// A row of controls that goes on in a further line where they do not fit.
    public static WrappingRow wrapping(Node... nodes) {
        return styled(new WrappingRow(nodes), "wrapping");
    }

    public static VBox column(Node... nodes) {
        return styled(new VBox(nodes), "column");
    }

    /// A control below its name.
    public static VBox field(String name, Node control) {
        Label label = styled(new Label(name), "field-name");
        label.setLabelFor(control);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return styled(new VBox(label, control), "field");
    }

    /// Content with scroll bars, for when it does not fit.
    public static ScrollPane scrolling(Node content) {
        return uncached(styled(new ScrollPane(content), "edge-to-edge"));
    }

    /// Turns off the picture that the skin keeps of its content. Live content is repainted at once and would be
    /// drawn twice, and the pictures of removed panes stay in JavaFX's image pool.
    public static <T extends ScrollPane> T uncached(T pane) {
        pane.skinProperty().subscribe(skin -> {
            if (pane.lookup(".viewport") instanceof Node viewport) {
                viewport.setCache(false);
            }
        });
        return pane;
    }

    /// Takes up no space when it is not shown.
    public static <T extends Node> T collapsing(T node) {
        node.managedProperty().bind(node.visibleProperty());
        return node;
    }

    /// Never shortened to make room for others.
    public static <T extends Region> T whole(T region) {
        region.setMinWidth(Region.USE_PREF_SIZE);
        return region;
    }

    public static <T extends Node> T styled(T node, String... classes) {
        node.getStyleClass().addAll(classes);
        return node;
    }

    public static <T extends Node> T named(T node, String id) {
        node.setId(id);
        return node;
    }
}

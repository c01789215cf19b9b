package sirkuit.app.look;

import java.util.List;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/// A row in which the least important parts are left out where there is no room for all.
public class FittingRow extends HBox {
    /// A part that may be left out.
    ///
    /// @param wanted whether it has something to say
    public record Part(Node node, BooleanSupplier wanted) {
        public Part(Node node) {
            this(node, () -> true);
        }
    }

    private List<Part> parts = List.of();

    /// @param leastImportantFirst the parts that may be left out
    protected final void mayLeaveOut(Part... leastImportantFirst) {
        parts = List.of(leastImportantFirst);
        requestLayout();
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    @Override
    protected void layoutChildren() {
        double room = getWidth() - getInsets().getLeft() - getInsets().getRight();
        double used = -getSpacing();
        for (Node node : getChildren()) {
            Part part = part(node);
            if (part == null ? node.isManaged() : part.wanted.getAsBoolean()) {
                used += wanted(node) + getSpacing();
            }
        }
        for (Part part : parts) {
            boolean wanted = part.wanted.getAsBoolean();
            boolean shown = wanted && used <= room;
            if (wanted && !shown) {
                used -= wanted(part.node) + getSpacing();
            }
            part.node.setVisible(shown);
            part.node.setManaged(shown);
        }
        super.layoutChildren();
    }

    private static double wanted(Node node) {
        return Math.max(node.minWidth(-1), Math.min(node.prefWidth(-1), node.maxWidth(-1)));
    }

    private @Nullable Part part(Node node) {
        return parts.stream().filter(p -> p.node == node).findFirst().orElse(null);
    }
}

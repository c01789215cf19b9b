package sirkuit.app.workbench.pane;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import java.util.List;
import java.util.function.BiConsumer;
import javafx.geometry.Bounds;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.TextScale;

/// The panels beside the middle, which fold where the window is narrow for the size of the texts, and the place above
/// the middle where a folded one opens.
public final class FoldingPanels {
    /// At normal text size, the window width from which the left panel has room beside the others.
    private static final double ROOM_FOR_LEFT = 1200;

    private static final double ROOM_FOR_RIGHT = 900;
    /// Of the middle, what a panel above it leaves to be seen.
    private static final double LEFT_OVER = 24;

    private final FoldingPanel left;
    private final FoldingPanel right;
    private final StackPane above = named(styled(new StackPane(), "panel-above"), "panel-above");

    /// @param place puts a panel that is not above the middle, or its rail, into its place
    public FoldingPanels(FoldingPanel left, FoldingPanel right, BiConsumer<FoldingPanel, FoldingPanel.State> place) {
        this.left = left;
        this.right = right;
        above.setManaged(false);
        above.setVisible(false);
        for (FoldingPanel panel : List.of(left, right)) {
            FoldingPanel other = panel == left ? right : left;
            panel.state().subscribe(now -> {
                boolean here = above.getChildren().contains(panel.panel());
                if (now == FoldingPanel.State.ABOVE) {
                    if (other.state().get() == FoldingPanel.State.ABOVE) {
                        other.fold();
                    }
                    place.accept(panel, now);
                    above.getChildren().setAll(panel.panel());
                    above.setVisible(true);
                } else {
                    if (here) {
                        above.getChildren().clear();
                        above.setVisible(false);
                    }
                    place.accept(panel, now);
                }
                if (above.getParent() != null) {
                    above.getParent().requestLayout();
                }
            });
        }
    }

    /// Where a folded panel opens. It is not managed: [#lay] places it.
    Region above() {
        return above;
    }

    /// Folds what has no room.
    ///
    /// @param width of the window; 0 before it is known
    public void fit(double width) {
        double units = width / TextScale.factor();
        left.cramped(width > 0 && units < ROOM_FOR_LEFT);
        right.cramped(width > 0 && units < ROOM_FOR_RIGHT);
    }

    /// Folds the panel that is above the middle.
    ///
    /// @return false if none is
    public boolean close() {
        for (FoldingPanel panel : List.of(left, right)) {
            if (panel.state().get() == FoldingPanel.State.ABOVE) {
                panel.fold();
                return true;
            }
        }
        return false;
    }

    /// The mouse is pressed somewhere: the left panel, in which things are only chosen, folds when that is elsewhere.
    void pressed(@Nullable Node where) {
        if (left.state().get() != FoldingPanel.State.ABOVE) {
            return;
        }
        for (Node n = where; n != null; n = n.getParent()) {
            if (n == left.panel() || n == left.rail()) {
                return;
            }
        }
        left.fold();
    }

    /// Places what is open above the middle.
    ///
    /// @param middle where the middle is
    void lay(Bounds middle) {
        if (!above.isVisible()) {
            return;
        }
        Side side = left.state().get() == FoldingPanel.State.ABOVE ? Side.LEFT : Side.RIGHT;
        double width = Math.min(above.prefWidth(-1), middle.getWidth() - LEFT_OVER);
        above.resizeRelocate(
                side == Side.LEFT ? middle.getMinX() : middle.getMaxX() - width,
                middle.getMinY(),
                width,
                middle.getHeight());
    }
}

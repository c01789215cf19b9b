package sirkuit.app.look;

import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// A view that is scrolled up and down where it does not get the height that it needs, and never sideways.
public final class Roomy extends ScrollPane {
    /// @param least height that the view needs at normal text size
    public Roomy(Region view, double least) {
        super(new Least(view, least));
        Boxes.uncached(Boxes.styled(this, "edge-to-edge"));
        setFitToWidth(true);
        setFitToHeight(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setFocusTraversable(false);
        setMinSize(0, 0);
    }

    /// As high as its content needs, and at least the given height.
    private static final class Least extends StackPane {
        private final double least;

        Least(Region view, double least) {
            super(view);
            this.least = least;
        }

        @Override
        protected double computeMinWidth(double height) {
            return 0;
        }

        @Override
        protected double computeMinHeight(double width) {
            return Math.max(least * TextScale.factor(), super.computeMinHeight(width));
        }
    }
}

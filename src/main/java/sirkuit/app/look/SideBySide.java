package sirkuit.app.look;

import javafx.geometry.Orientation;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/// Two groups of controls: side by side if both fit, otherwise the second on its own line.
public final class SideBySide extends Pane {
    private static final double GAP = 8;

    private final Region first;
    private final Region second;
    private final double least;
    private final double most;

    /// @param least width the second needs
    /// @param most  width the second takes beside the first
    public SideBySide(Region first, Region second, double least, double most) {
        super(first, second);
        this.first = first;
        this.second = second;
        this.least = least;
        this.most = most;
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    private boolean beside(double width) {
        return first.prefWidth(-1) + GAP + Math.max(least, second.minWidth(-1)) <= width;
    }

    @Override
    protected double computeMinWidth(double height) {
        return Math.max(first.minWidth(-1), Math.max(least, second.minWidth(-1)));
    }

    @Override
    protected double computePrefWidth(double height) {
        return first.prefWidth(-1) + GAP + Math.max(least, Math.min(most, second.prefWidth(-1)));
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefHeight(double width) {
        double one = first.prefHeight(-1);
        double other = second.prefHeight(-1);
        return width < 0 || beside(width) ? Math.max(one, other) : one + GAP + other;
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double firstWidth = Math.min(width, first.prefWidth(-1));
        double firstHeight = first.prefHeight(-1);
        double secondHeight = second.prefHeight(-1);
        if (beside(width)) {
            double height = Math.max(firstHeight, secondHeight);
            double room = Math.min(most, width - firstWidth - GAP);
            first.resizeRelocate(0, snapPositionY((height - firstHeight) / 2), firstWidth, firstHeight);
            second.resizeRelocate(
                    snapPositionX(width - room), snapPositionY((height - secondHeight) / 2), room, secondHeight);
        } else {
            first.resizeRelocate(0, 0, firstWidth, firstHeight);
            second.resizeRelocate(0, snapPositionY(firstHeight + GAP), width, secondHeight);
        }
    }
}

package sirkuit.app.heatmap.pane;

import javafx.scene.control.MenuButton;
import sirkuit.app.look.TextScale;

/// A menu button whose text goes on in further lines. JavaFX computes its height as if the text could also have the
/// room of the arrow, so that a text that just does not fit is cut.
final class CaptionButton extends MenuButton {
    private static final double ARROW = 28;

    @Override
    protected double computePrefHeight(double width) {
        return super.computePrefHeight(width < 0 ? width : Math.max(1, width - ARROW * TextScale.factor()));
    }
}

package sirkuit.app.look;

import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// A titled pane whose content wraps: its height follows its width. JavaFX's own takes the height that its content
/// would have in one line, and cuts off the rest.
public class FoldedPane extends TitledPane {
    public FoldedPane() {}

    public FoldedPane(String title, @Nullable Node content) {
        super(title, content);
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefHeight(double width) {
        double plain = super.computePrefHeight(width);
        boolean open = isExpanded() && !isAnimated() && width > 0 && getContent() != null;
        if (!open
                || !(getContent().getParent() instanceof Region around)
                || !(lookup(".title") instanceof Region title)) {
            return plain;
        }
        Insets place = around.getInsets();
        Insets own = getInsets();
        double sides = own.getLeft() + place.getLeft() + place.getRight() + own.getRight();
        double ends = own.getTop() + place.getTop() + place.getBottom() + own.getBottom();
        return Math.max(plain, title.prefHeight(-1) + getContent().prefHeight(width - sides) + ends);
    }
}

package sirkuit.app.look;

import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;

/// Content that is scrolled up and down, and never narrower than its controls.
public final class UpAndDown extends ScrollPane {
    private static final double BAR = 16;

    private final Region content;

    public UpAndDown(Region content) {
        super(content);
        this.content = content;
        Boxes.uncached(Boxes.styled(this, "edge-to-edge"));
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
    }

    @Override
    protected double computeMinWidth(double height) {
        return content.minWidth(-1) + BAR;
    }
}

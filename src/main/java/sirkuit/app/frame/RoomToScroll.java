package sirkuit.app.frame;

import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.uncached;

import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;

/// Makes the window's content scrollable when texts are so large that it does not fit.
public final class RoomToScroll extends ScrollPane {
    /// The width needed at normal text size.
    private static final double WIDTH = 1100;

    private static final double HEIGHT = 600;

    private final Region content;

    public RoomToScroll(Region content) {
        super(content);
        this.content = content;
        uncached(styled(this, "edge-to-edge"));
        setFitToWidth(true);
        setFitToHeight(true);
        setFocusTraversable(false);
    }

    public void at(int percent) {
        boolean larger = percent > 100;
        content.setMinSize(larger ? WIDTH * percent / 100 : 0, larger ? HEIGHT * percent / 100 : 0);
        ScrollBarPolicy bars = larger ? ScrollBarPolicy.AS_NEEDED : ScrollBarPolicy.NEVER;
        setHbarPolicy(bars);
        setVbarPolicy(bars);
    }
}

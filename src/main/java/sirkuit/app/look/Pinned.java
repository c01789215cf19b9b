package sirkuit.app.look;

import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A form that is scrolled, with what comes of it below. That stays in sight where there is height for it; otherwise
/// it is scrolled with the form.
public final class Pinned extends VBox {
    /// At normal text size.
    private static final double ROOM = 440;

    private final VBox scrolled;
    private final Region pinned;

    public Pinned(Region form, Region pinned) {
        this.pinned = pinned;
        scrolled = Boxes.styled(new VBox(form), "stack");
        ScrollPane scroll = Boxes.scrolling(scrolled);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getStyleClass().add("tune-column");
        getChildren().addAll(scroll, pinned);
        setMinHeight(0);
    }

    /// What scrolls.
    public ScrollPane scroll() {
        return (ScrollPane) getChildren().getFirst();
    }

    @Override
    protected void layoutChildren() {
        boolean low = getHeight() > 0 && getHeight() < ROOM * TextScale.factor();
        VBox wanted = low ? scrolled : this;
        if (!wanted.getChildren().contains(pinned)) {
            (low ? this : scrolled).getChildren().remove(pinned);
            wanted.getChildren().add(pinned);
        }
        super.layoutChildren();
    }
}

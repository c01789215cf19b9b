package sirkuit.app.frame;

import static sirkuit.app.look.Boxes.styled;

import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.TextScale;

/// One card above everything else, until Escape or a click beside it. The keyboard stays within.
public final class Overlay extends StackPane {
    private static final double MARGIN = 24;
    /// What a card at the top leaves of the window above it.
    private static final double HEADER = 56;

    private final Region shade = styled(new Region(), "overlay-shade");
    private @Nullable Node before;
    private @Nullable Node first;

    public Overlay() {
        setId("overlay");
        setVisible(false);
        getChildren().add(shade);
        shade.setOnMouseClicked(e -> hide());
        addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                hide();
                e.consume();
            }
        });
        sceneProperty().subscribe(scene -> {
            if (scene != null) {
                scene.focusOwnerProperty().subscribe(this::keep);
            }
        });
    }

    public boolean showing() {
        return isVisible();
    }

    /// @param focus what gets the keyboard
    /// @param where it lies in the window
    public void show(Region card, Node focus, Pos where) {
        if (!showing()) {
            before = getScene().getFocusOwner();
        }
        card.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        StackPane.setMargin(
                card,
                new Insets(where.getVpos() == VPos.TOP ? HEADER * TextScale.factor() : MARGIN, MARGIN, MARGIN, MARGIN));
        StackPane.setAlignment(card, where);
        getChildren().setAll(shade, card);
        setVisible(true);
        first = focus;
        applyCss();
        focus.requestFocus();
    }

    public void hide() {
        setVisible(false);
        first = null;
        getChildren().setAll(shade);
        if (before != null && before.getScene() != null) {
            before.requestFocus();
        }
        before = null;
    }

    private void keep(@Nullable Node owner) {
        if (first == null) {
            return;
        }
        for (Node n = owner; n != null; n = n.getParent()) {
            if (n == this) {
                return;
            }
        }
        first.requestFocus();
    }
}

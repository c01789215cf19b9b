package sirkuit.app.mask;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Words;

/// A line between heatmap and mask that says what could be done with the mask. Pointing at its button shows the result.
public final class MaskStrip extends HBox {
    public MaskStrip(MaskHints hints) {
        setId("mask-strip");
        getStyleClass().addAll("row", "mask-strip");
        Label words = named(new Label(), "mask-hint");
        words.setWrapText(true);
        words.setMinWidth(0);
        words.setMinHeight(Region.USE_PREF_SIZE);
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        Button act = named(styled(whole(new Button()), "small"), "mask-hint-button");
        act.setOnAction(e -> hints.act());
        act.hoverProperty().subscribe(h -> hints.preview(h || act.isFocused()));
        act.focusedProperty().subscribe(f -> hints.preview(f || act.isHover()));
        Button close = named(
                styled(Icons.only(new Button(), Feather.X, Words.of("mask.hint.close")), "small"), "mask-hint-close");
        close.setOnAction(e -> hints.dismiss());
        getChildren().addAll(words, act, close);
        collapsing(this).visibleProperty().bind(hints.current().isNotNull());
        hints.current().subscribe(hint -> {
            words.setText(hint == null ? "" : hint.words());
            act.setText(hint == null ? "" : hint.action());
        });
    }
}

package sirkuit.app.look;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;

/// Buttons that zoom a drawing: out, in, and back to all of it, with the zoom in percent between them.
public final class ZoomChip extends HBox {
    /// @param percent 100 shows all of the drawing
    /// @param all     whether all of it is shown, which is as far as it zooms out
    /// @param largest whether it is as large as it gets
    public record Zoom(long percent, boolean all, boolean largest) {}

    /// What a button does.
    ///
    /// @param words key of its tooltip
    public record Step(String words, Runnable action) {}

    /// @param id beginning of the ids of its parts, such as `zoom`
    public ZoomChip(String id, ObservableValue<Zoom> zoom, Step smaller, Step larger, Step whole) {
        getStyleClass().add("zoom-chip");
        setAlignment(Pos.CENTER);
        Button out = button("−", id + "-out", smaller);
        Button in = button("+", id + "-in", larger);
        Button fit = button(Words.of("zoom.fit"), id + "-fit", whole);
        Label percent = named(whole(styled(new Label(), "number")), id + "-percent");
        percent.textProperty().bind(zoom.map(z -> Words.of("zoom.percent", String.valueOf(z.percent))));
        out.disableProperty().bind(zoom.map(Zoom::all));
        fit.disableProperty().bind(zoom.map(Zoom::all));
        in.disableProperty().bind(zoom.map(Zoom::largest));
        getChildren().addAll(out, percent, in, fit);
        whole(this);
    }

    private static Button button(String face, String id, Step step) {
        Button button = named(whole(styled(new Button(face), "flat", "small")), id);
        button.setAccessibleText(Words.of(step.words));
        button.setTooltip(new Tooltip(Words.of(step.words)));
        button.setOnAction(e -> step.action.run());
        return button;
    }
}

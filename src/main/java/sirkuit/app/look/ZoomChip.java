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

    /// What the buttons do.
    public record Steps(Runnable out, Runnable in, Runnable fit) {}

    /// @param id    beginning of the ids of its parts, such as `zoom`
    /// @param words beginning of the keys of the tooltips
    public ZoomChip(String id, String words, ObservableValue<Zoom> zoom, Steps steps) {
        getStyleClass().add("zoom-chip");
        setAlignment(Pos.CENTER);
        Button out = button("−", id + "-out", words + ".out", steps.out);
        Button in = button("+", id + "-in", words + ".in", steps.in);
        Button fit = button(Words.of("zoom.fit"), id + "-fit", words + ".fit", steps.fit);
        Label percent = named(whole(styled(new Label(), "number")), id + "-percent");
        percent.textProperty().bind(zoom.map(z -> Words.of("zoom.percent", String.valueOf(z.percent))));
        out.disableProperty().bind(zoom.map(Zoom::all));
        fit.disableProperty().bind(zoom.map(Zoom::all));
        in.disableProperty().bind(zoom.map(Zoom::largest));
        getChildren().addAll(out, percent, in, fit);
        whole(this);
    }

    private static Button button(String face, String id, String words, Runnable step) {
        Button button = named(whole(styled(new Button(face), "flat", "small")), id);
        button.setAccessibleText(Words.of(words));
        button.setTooltip(new Tooltip(Words.of(words)));
        button.setOnAction(e -> step.run());
        return button;
    }
}

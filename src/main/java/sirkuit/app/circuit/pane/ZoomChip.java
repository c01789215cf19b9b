package sirkuit.app.circuit.pane;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import sirkuit.app.look.Words;

/// Smaller, how large, larger, all of it.
final class ZoomChip extends HBox {
    /// @param by multiplies the zoom
    ZoomChip(ObservableValue<Lens> lens, java.util.function.DoubleConsumer by, Runnable fit) {
        getStyleClass().add("zoom-chip");
        setId("circuit-zoom");
        setAlignment(Pos.CENTER);
        Label percent = named(styled(new Label(), "number"), "circuit-zoom-percent");
        percent.textProperty().bind(lens.map(l -> Math.round(100 * l.zoom()) + " %"));
        Button out = button("−", "centre.circuit.zoom.out", () -> by.accept(1 / Lens.STEP));
        Button in = button("+", "centre.circuit.zoom.in", () -> by.accept(Lens.STEP));
        Button all = button(Words.of("centre.circuit.zoom.fit"), "centre.circuit.zoom.fit.more", fit);
        out.disableProperty().bind(lens.map(l -> l.zoom() <= 1));
        all.disableProperty().bind(out.disableProperty());
        in.disableProperty().bind(lens.map(l -> l.zoom() >= Lens.LARGEST));
        getChildren()
                .addAll(
                        named(out, "circuit-zoom-out"),
                        percent,
                        named(in, "circuit-zoom-in"),
                        named(all, "circuit-zoom-fit"));
        whole(this);
    }

    private static Button button(String text, String more, Runnable action) {
        Button button = whole(styled(new Button(text), "flat", "small"));
        button.setTooltip(new Tooltip(Words.of(more)));
        button.setAccessibleText(Words.of(more));
        button.setOnAction(e -> action.run());
        return button;
    }
}

package sirkuit.app.heatmap.pane;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import sirkuit.app.look.Words;

/// How near the heatmap is looked at: farther, the percentage, nearer, and all of it.
final class ZoomChip extends HBox {
    ZoomChip(HeatmapView view) {
        getStyleClass().add("zoom-chip");
        setAlignment(Pos.CENTER);
        setMinWidth(USE_PREF_SIZE);
        Button out = button("−", "zoom-out", "relevance.zoom.out");
        out.setOnAction(e -> view.zoom(-1));
        Button in = button("+", "zoom-in", "relevance.zoom.in");
        in.setOnAction(e -> view.zoom(1));
        Button fit = button(Words.of("relevance.zoom.fit"), "zoom-fit", "relevance.zoom.fit.more");
        fit.setOnAction(e -> view.fit());
        Label percent = named(whole(styled(new Label(), "number")), "zoom-percent");
        getChildren().addAll(out, percent, in, fit);
        view.looked().subscribe(looked -> {
            percent.setText(Words.of("relevance.zoom.percent", String.valueOf(looked.percent())));
            out.setDisable(looked.zoom() <= 1);
            fit.setDisable(looked.zoom() <= 1);
            in.setDisable(looked.nearest());
        });
    }

    private static Button button(String face, String id, String words) {
        Button button = named(whole(styled(new Button(face), "flat", "small")), id);
        button.setAccessibleText(Words.of(words));
        button.setTooltip(new Tooltip(Words.of(words)));
        return button;
    }
}

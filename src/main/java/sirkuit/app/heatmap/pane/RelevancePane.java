package sirkuit.app.heatmap.pane;

import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;
import static sirkuit.app.look.Boxes.wrapping;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import sirkuit.app.heatmap.HeatmapModel;
import sirkuit.app.heatmap.RelevanceModel;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.look.WrappingRow;
import sirkuit.app.look.ZoomChip;

/// The middle of the window: what to compute, the heatmap with its legend, and the controls that select heads.
public final class RelevancePane extends VBox {
    public RelevancePane(
            RelevanceModel relevance,
            HeatmapModel heatmap,
            BooleanExpression ready,
            ObservableValue<Theme> theme,
            Node choosing) {
        getStyleClass().add("panel");
        HeatmapView middle = new HeatmapView(heatmap, theme);
        VBox.setVgrow(middle, Priority.ALWAYS);
        getChildren()
                .addAll(
                        new RelevanceBar(relevance, ready, caption(relevance, heatmap)),
                        looking(heatmap, theme, middle),
                        middle,
                        choosing);
    }

    /// What is shown, or what the new scores wait for.
    private static Label caption(RelevanceModel relevance, HeatmapModel heatmap) {
        Label caption = named(styled(new Label(), "shown-scores"), "heatmap-caption");
        caption.setTooltip(new Tooltip(Words.of("relevance.caption.more")));
        caption.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> {
                            String line = relevance.line().getValue();
                            String shown = heatmap.scores().get() == null
                                    ? Words.of("relevance.empty")
                                    : heatmap.caption().get();
                            return line.isEmpty() ? shown : line;
                        },
                        relevance.line(),
                        heatmap.scores(),
                        heatmap.caption()));
        return caption;
    }

    /// In which colours it is shown, and what helps to look at it.
    private static Node looking(HeatmapModel heatmap, ObservableValue<Theme> theme, HeatmapView middle) {
        WrappingRow tools = wrapping(
                Legend.choosing(heatmap, theme),
                gap(),
                new ZoomChip(
                        "zoom",
                        middle.looked().map(v -> new ZoomChip.Zoom(v.percent(), v.zoom() <= 1, v.nearest())),
                        new ZoomChip.Step("relevance.zoom.out", () -> middle.zoom(-1)),
                        new ZoomChip.Step("relevance.zoom.in", () -> middle.zoom(1)),
                        new ZoomChip.Step("relevance.zoom.fit", middle::fit)),
                whole(styled(
                        new HBox(
                                new MarksButton(heatmap, middle::requestFocus),
                                new FindHeadButton(heatmap, middle::requestFocus),
                                OptionsButton.of(heatmap)),
                        "heatmap-tools")));
        return styled(new VBox(tools), "caption-row");
    }
}

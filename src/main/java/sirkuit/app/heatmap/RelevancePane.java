package sirkuit.app.heatmap;

import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import sirkuit.app.look.SideBySide;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;

/// The middle of the window: what to ask, the heatmap with its legend, and below it whatever chooses the heads.
public final class RelevancePane extends VBox {
    private static final double TOOLS = 232;

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
                .addAll(new RelevanceBar(relevance, ready), caption(heatmap, theme, middle), middle, choosing);
    }

    /// What is shown in which colours, and what helps to look at it.
    private static Node caption(HeatmapModel heatmap, ObservableValue<Theme> theme, HeatmapView middle) {
        Label caption = named(styled(new Label(), "shown-scores"), "heatmap-caption");
        caption.setTooltip(new Tooltip(Words.of("relevance.caption.more")));
        caption.textProperty()
                .bind(Bindings.when(heatmap.scores().isNull())
                        .then(Words.of("relevance.empty"))
                        .otherwise(heatmap.caption()));
        HBox said = styled(new HBox(caption, Legend.choosing(heatmap, theme)), "caption-said");
        HBox tools = row(
                gap(),
                new ZoomChip(middle),
                new MarksButton(heatmap, middle::requestFocus),
                new FindHeadButton(heatmap, middle::requestFocus),
                OptionsButton.of(heatmap));
        tools.setAlignment(Pos.CENTER_RIGHT);
        return styled(new SideBySide(said, tools, TOOLS, Double.MAX_VALUE), "caption-row");
    }
}

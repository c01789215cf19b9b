package sirkuit.app.heatmap;

import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;

/// The middle of the window: what to compute, the heatmap with its legend, and the controls that select heads.
public final class RelevancePane extends VBox {
    public RelevancePane(
            RelevanceModel relevance,
            HeatmapModel heatmap,
            BooleanExpression ready,
            ObservableValue<Theme> theme,
            Node choosing) {
        getStyleClass().add("panel");
        Label caption = named(styled(new Label(), "shown-scores"), "heatmap-caption");
        caption.setTooltip(new Tooltip(Words.of("relevance.caption.more")));
        caption.textProperty()
                .bind(Bindings.when(heatmap.scores().isNull())
                        .then(Words.of("relevance.empty"))
                        .otherwise(heatmap.caption()));
        HeatmapView middle = new HeatmapView(heatmap, theme);
        VBox.setVgrow(middle, Priority.ALWAYS);
        getChildren()
                .addAll(
                        new RelevanceBar(relevance, ready),
                        styled(
                                row(caption, gap(), new Legend(heatmap, theme), OptionsButton.of(heatmap)),
                                "caption-row"),
                        middle,
                        choosing);
    }
}

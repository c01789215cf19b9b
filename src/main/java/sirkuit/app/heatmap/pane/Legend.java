package sirkuit.app.heatmap.pane;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;

import java.util.EnumMap;
import java.util.Map;
import javafx.beans.value.ObservableValue;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import sirkuit.app.heatmap.Colours;
import sirkuit.app.heatmap.HeatmapModel;
import sirkuit.app.heatmap.HeatmapScale;
import sirkuit.app.heatmap.paint.Palette;
import sirkuit.app.heatmap.paint.Ramp;
import sirkuit.app.look.MethodWords;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.mask.RelevanceScores;

/// The colours with their numbers and unit, and below them by which scale they are.
public final class Legend extends VBox {
    private static final double LENGTH = 110;
    private static final double THICKNESS = 10;

    private final HeatmapModel model;
    private final Canvas colours = new Canvas(LENGTH, THICKNESS);
    private final Label low = styled(new Label(), "number");
    private final Label high = styled(new Label(), "number");
    private final Label unit = styled(new Label(), "note");
    private final Labeled scaleWords;

    private Legend(HeatmapModel model, ObservableValue<Theme> theme, Labeled scaleWords) {
        this.model = model;
        this.scaleWords = scaleWords;
        getStyleClass().add("legend");
        setFillWidth(false);
        for (Label label : new Label[] {low, high, unit}) {
            label.setMinWidth(USE_PREF_SIZE);
        }
        if (scaleWords instanceof MenuButton) {
            scaleWords.setMinWidth(USE_PREF_SIZE);
        }
        getChildren().addAll(styled(row(low, colours, high, unit), "legend-colours"), scaleWords);
        model.scale().subscribe(s -> show(theme.getValue()));
        theme.subscribe(t -> show(theme.getValue()));
    }

    /// That says by which scale the colours are.
    public static Legend of(HeatmapModel model, ObservableValue<Theme> theme) {
        Label words = styled(new Label(), "legend-scale");
        words.setWrapText(true);
        words.setMinHeight(USE_PREF_SIZE);
        return new Legend(model, theme, words);
    }

    /// Where another scale can be chosen too.
    static Legend choosing(HeatmapModel model, ObservableValue<Theme> theme) {
        MenuButton button = named(styled(new MenuButton(), "flat", "legend-scale"), "colour-scale");
        button.setTooltip(new Tooltip(Words.of("relevance.colours")));
        ToggleGroup group = new ToggleGroup();
        Map<Colours, RadioMenuItem> items = new EnumMap<>(Colours.class);
        for (Colours each : Colours.values()) {
            RadioMenuItem item = new RadioMenuItem(each.words());
            item.setId("colours-" + each.name());
            item.setToggleGroup(group);
            item.setOnAction(e -> model.options().set(model.options().get().withColours(each)));
            items.put(each, item);
            button.getItems().add(item);
        }
        model.options().subscribe(o -> group.selectToggle(items.get(o.colours())));
        return new Legend(model, theme, button);
    }

    private void show(Theme theme) {
        HeatmapScale scale = model.scale().get();
        @Nullable RelevanceScores scores = model.scores().get();
        setVisible(scale != null);
        setManaged(scale != null);
        if (scale == null || scores == null) {
            return;
        }
        low.setText(scale.low());
        high.setText(scale.high());
        String own = model.unit().get();
        unit.setText(scale.largest() == null ? "" : own.isEmpty() ? MethodWords.unit(scores.method()) : own);
        scaleWords.setText(scale.words());
        scaleWords.setAccessibleText(Words.of("relevance.colours.accessible", scale.words()));
        GraphicsContext g = colours.getGraphicsContext2D();
        Ramp ramp = Palette.of(theme).ramp(scale.signed());
        for (int x = 0; x < LENGTH; x++) {
            g.setFill(ramp.at(x / (LENGTH - 1)));
            g.fillRect(x, 0, 1, THICKNESS);
        }
    }
}

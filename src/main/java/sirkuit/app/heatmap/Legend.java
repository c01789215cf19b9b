package sirkuit.app.heatmap;

import static sirkuit.app.look.Boxes.styled;

import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.MethodWords;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Theme;
import sirkuit.figure.Scale;
import sirkuit.mask.RelevanceScores;

/// The colours with their numbers and unit.
public final class Legend extends HBox {
    private static final double LENGTH = 150;
    private static final double THICKNESS = 10;

    private final HeatmapModel model;
    private final Canvas colours = new Canvas(LENGTH, THICKNESS);
    private final Label low = styled(new Label(), "number");
    private final Label high = styled(new Label(), "number");
    private final Label unit = styled(new Label(), "note");

    public Legend(HeatmapModel model, ObservableValue<Theme> theme) {
        this.model = model;
        ObservableValue<@Nullable RelevanceScores> scores = model.scores();
        model.options().subscribe(o -> show(scores.getValue(), theme.getValue()));
        getStyleClass().add("legend");
        setAlignment(Pos.CENTER_LEFT);
        setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(low, colours, high, unit);
        scores.subscribe(s -> show(s, theme.getValue()));
        theme.subscribe(t -> show(scores.getValue(), t));
    }

    private void show(@Nullable RelevanceScores scores, Theme theme) {
        setVisible(scores != null);
        setManaged(scores != null);
        if (scores == null) {
            return;
        }
        Scale scale = Scale.of(scores, model.options().get().range());
        low.setText(Numbers.score(scale.lowest()));
        high.setText((scale.signed() ? "+" : "") + Numbers.score(scale.range()));
        String own = model.unit().get();
        unit.setText(own.isEmpty() ? MethodWords.unit(scores.method()) : own);
        GraphicsContext g = colours.getGraphicsContext2D();
        Ramp ramp = Palette.of(theme).ramp(scale.signed());
        for (int x = 0; x < LENGTH; x++) {
            g.setFill(ramp.at(x / (LENGTH - 1)));
            g.fillRect(x, 0, 1, THICKNESS);
        }
    }
}

package sirkuit.app.sentence;

import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;

import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.figure.ColourScale;
import sirkuit.figure.FigureColours;

/// The colours of the words with their numbers, and what the lines below the words say.
final class WordsLegend extends VBox {
    private static final double LENGTH = 96;
    private static final double THICKNESS = 10;

    private final Canvas colours = new Canvas(LENGTH, THICKNESS);
    private final Label low = styled(new Label(), "number");
    private final Label high = styled(new Label(), "number");
    private final Label unit = styled(new Label(Words.of("side.words.unit")), "note");
    private final Label lines = note("");

    WordsLegend() {
        getStyleClass().add("word-legend");
        getChildren().addAll(styled(row(low, colours, high, unit), "legend-colours"), lines);
    }

    void show(double largest, String label, boolean change, Theme theme) {
        low.setText(Numbers.score(-largest));
        high.setText("+" + Numbers.score(largest));
        lines.setText(Words.of(change ? "side.words.legend.change" : "side.words.legend", label));
        ColourScale scale = (theme.dark() ? FigureColours.DARK : FigureColours.LIGHT).diverging();
        GraphicsContext g = colours.getGraphicsContext2D();
        for (int x = 0; x < LENGTH; x++) {
            int rgb = scale.at(x / (LENGTH - 1));
            g.setFill(Color.rgb(rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff));
            g.fillRect(x, 0, 1, THICKNESS);
        }
    }
}

package sirkuit.app.present.stage;

import javafx.beans.value.ObservableValue;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import sirkuit.app.look.Inks;
import sirkuit.app.look.Theme;
import sirkuit.app.present.PartsModel;
import sirkuit.mask.Head;

/// The heads as lamps: rows are layers. The brightness of a lamp shows how much the head matters; the selected ones
/// also have a dot.
final class PartsCanvas extends Region {
    private static final double GAP = 0.16;
    private static final double ROUND = 0.28;
    private static final double DOT = 0.2;
    private static final double FAINTEST = 0.1;
    private static final double CHOSEN_FAINTEST = 0.62;
    private static final double LARGEST = 110;

    private final PartsModel model;
    private final ObservableValue<Theme> theme;
    private final Canvas canvas = new Canvas();

    PartsCanvas(PartsModel model, ObservableValue<Theme> theme, String words) {
        this.model = model;
        this.theme = theme;
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText(words);
        setMinSize(120, 120);
        getChildren().add(canvas);
        theme.subscribe(t -> requestLayout());
        model.lit().subscribe(lit -> requestLayout());
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(Math.floor(getWidth()));
        canvas.setHeight(Math.floor(getHeight()));
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, getWidth(), getHeight());
        if (model.layers() == 0 || getWidth() < 1) {
            return;
        }
        double cell = Math.min(
                Math.min(getWidth() / model.heads(), getHeight() / model.layers()), LARGEST * getHeight() / 500);
        double left = 0;
        double top = Math.max(0, (getHeight() - cell * model.layers()) / 2);
        Inks inks = Inks.of(theme.getValue());
        for (int i = 0; i < model.order().size(); i++) {
            Head head = model.order().get(i);
            boolean lit = i < model.lit().get();
            boolean newest = i == model.lit().get() - 1 && model.isChosen(head);
            paint(g, inks, head, left + head.head() * cell, top + head.layer() * cell, cell, lit, newest);
        }
    }

    private void paint(
            GraphicsContext g, Inks inks, Head head, double x, double y, double cell, boolean lit, boolean newest) {
        boolean chosen = model.isChosen(head);
        double gap = newest ? GAP / 2 : GAP;
        double inset = cell * gap / 2;
        double size = cell - 2 * inset;
        double round = cell * ROUND;
        g.setFill(faded(inks.line(), 0.55));
        if (lit) {
            double strength = model.strength(head);
            g.setFill(faded(
                    inks.accent(),
                    chosen
                            ? CHOSEN_FAINTEST + (1 - CHOSEN_FAINTEST) * strength
                            : FAINTEST + (CHOSEN_FAINTEST - FAINTEST - 0.2) * strength));
        }
        g.fillRoundRect(x + inset, y + inset, size, size, round, round);
        if (lit && chosen) {
            double dot = cell * DOT;
            g.setFill(inks.background());
            g.fillOval(x + (cell - dot) / 2, y + (cell - dot) / 2, dot, dot);
        }
    }

    private static Color faded(Color colour, double opacity) {
        return Color.color(colour.getRed(), colour.getGreen(), colour.getBlue(), Math.clamp(opacity, 0, 1));
    }
}

package sirkuit.app.head;

import javafx.beans.value.ObservableValue;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Inks;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.TextScale;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.protocol.Event;

/// Bars that show how far away a head looks: words before on the left, words after on the right, the word itself in the
/// middle.
final class ReachView extends Region {
    private static final double HEIGHT = 92;
    private static final double FEET = 18;

    private final Canvas canvas = new Canvas();
    private final ObservableValue<Theme> theme;
    private Event.@Nullable Reached reached;

    ReachView(ObservableValue<Theme> theme) {
        this.theme = theme;
        setId("reach-view");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        getChildren().add(canvas);
        theme.subscribe(t -> requestLayout());
    }

    void show(Event.@Nullable Reached now) {
        reached = now;
        setAccessibleText(now == null ? "" : words(now));
        requestLayout();
    }

    static String words(Event.Reached now) {
        double before = 0;
        double after = 0;
        for (int i = 0; i < now.farthest(); i++) {
            before += now.shares()[i];
            after += now.shares()[now.farthest() + 1 + i];
        }
        return Words.of(
                "side.reach.words",
                Numbers.percent(before),
                Numbers.percent(now.shares()[now.farthest()]),
                Numbers.percent(after),
                Numbers.percent(now.special()));
    }

    @Override
    protected double computePrefHeight(double width) {
        return HEIGHT * TextScale.factor();
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(Math.floor(getWidth()));
        canvas.setHeight(Math.floor(getHeight()));
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.setTransform(1, 0, 0, 1, 0, 0);
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        Event.Reached now = reached;
        if (now != null && getWidth() >= 1) {
            double scale = TextScale.factor();
            g.scale(scale, scale);
            paint(g, now, getWidth() / scale, getHeight() / scale);
        }
    }

    private void paint(GraphicsContext g, Event.Reached now, double width, double height) {
        Inks inks = Inks.of(theme.getValue());
        int n = now.shares().length;
        double step = Math.floor(width / n);
        double most = 0;
        for (double share : now.shares()) {
            most = Math.max(most, share);
        }
        double room = height - FEET - 14;
        g.setTextAlign(TextAlignment.CENTER);
        g.setFont(Font.font(11));
        for (int i = 0; i < n; i++) {
            double tall = most == 0 ? 0 : Math.max(1, room * now.shares()[i] / most);
            g.setFill(i == now.farthest() ? inks.second() : inks.accent());
            g.fillRect(i * step + 2, 14 + room - tall, step - 3, tall);
            int distance = i - now.farthest();
            if (distance % 4 == 0 || Math.abs(distance) == 1) {
                g.setFill(inks.muted());
                g.setTextBaseline(VPos.TOP);
                g.setTextAlign(i == 0 ? TextAlignment.LEFT : TextAlignment.CENTER);
                g.fillText(foot(distance, now.farthest()), i == 0 ? 0 : (i + 0.5) * step, height - FEET + 4);
                g.setTextAlign(TextAlignment.CENTER);
            }
            if (now.shares()[i] == most) {
                g.setFill(inks.text());
                g.setTextBaseline(VPos.BOTTOM);
                g.fillText(
                        Numbers.decimal(100 * most, 0) + "\u202f%", Math.max(14, (i + 0.5) * step), 13 + room - tall);
            }
        }
    }

    private static String foot(int distance, int farthest) {
        if (Math.abs(distance) == farthest) {
            return distance < 0 ? "≤" + Numbers.decimal(distance, 0) : "≥" + distance;
        }
        return Numbers.signed(distance, 0);
    }
}

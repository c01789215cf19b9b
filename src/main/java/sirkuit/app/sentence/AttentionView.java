package sirkuit.app.sentence;

import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Inks;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.TextScale;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.protocol.Event;

/// What a head attends to: tokens below one another, with arcs from each token to the one it attends to most, or the
/// whole pattern as a shaded matrix. Pointing at a token shows all its weights.
final class AttentionView extends Region {
    /// Above this number of tokens the matrix is shown.
    static final int MANY = 96;

    private static final double ROW = 17;
    private static final double NARROW_ROW = 11;
    private static final double WORDS = 104;
    private static final double SHARES = 40;
    private static final double STRONG = 0.12;

    private final Canvas canvas = new Canvas();
    private final ObservableValue<Theme> theme;
    private List<String> tokens = List.of();
    private float @Nullable [][] pattern;
    private boolean matrix;
    private int reader = -1;

    AttentionView(ObservableValue<Theme> theme) {
        this.theme = theme;
        setId("attention-view");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        getChildren().add(canvas);
        setFocusTraversable(true);
        theme.subscribe(t -> requestLayout());
        setOnMouseMoved(e -> point(tokenAt(e.getY())));
        setOnMouseExited(e -> point(-1));
        setOnMousePressed(e -> {
            requestFocus();
            e.consume(); // the tabs around would take the focus, and the arrow keys with it
        });
        setOnKeyPressed(e -> {
            switch (e.getCode()) {
                case UP -> point(Math.max(0, reader - 1));
                case DOWN -> point(Math.min(tokens.size() - 1, reader + 1));
                default -> {
                    return;
                }
            }
            e.consume();
        });
    }

    void show(Event.@Nullable Explained explained, String sentence, String pair, boolean asMatrix) {
        pattern = explained == null ? null : explained.attention();
        tokens = explained == null
                ? List.of()
                : explained.tokens().stream().map(t -> word(t, sentence, pair)).toList();
        matrix = asMatrix;
        reader = Math.min(reader, tokens.size() - 1);
        describe();
        requestParentLayout();
        requestLayout();
    }

    /// The characters of the text, if they are known: vocabularies write spaces in various ways.
    private static String word(Event.Explained.Token token, String sentence, String pair) {
        String from = token.part() == 0 ? sentence : pair;
        if (token.start() >= 0 && token.end() <= from.length() && token.start() < token.end()) {
            return from.substring(token.start(), token.end()).replace('\n', ' ');
        }
        return token.text().replace("\u0120", "").replace("\u2581", "");
    }

    private void point(int at) {
        if (at != reader) {
            reader = at;
            describe();
            requestLayout();
        }
    }

    private void describe() {
        float[][] now = pattern;
        if (now == null || reader < 0 || reader >= now.length) {
            setAccessibleText(Words.of("side.attention.accessible"));
            return;
        }
        int best = strongest(now[reader]);
        setAccessibleText(Words.of(
                "side.attention.reads", tokens.get(reader), tokens.get(best), Numbers.percent(now[reader][best])));
    }

    private double row() {
        return tokens.size() > 64 ? NARROW_ROW : ROW;
    }

    /// The matrix has no words, so it does not grow with the text size.
    private double scale() {
        return matrix ? 1 : TextScale.factor();
    }

    private int tokenAt(double y) {
        int at = (int) (matrix ? (y - 1) / cell() : y / scale() / row());
        return at >= 0 && at < tokens.size() ? at : -1;
    }

    private double cell() {
        return Math.max(1, Math.floor((getWidth() - 2) / Math.max(1, tokens.size())));
    }

    @Override
    protected double computePrefHeight(double width) {
        return pattern == null ? 0 : matrix ? Math.max(40, width) + 2 : scale() * (tokens.size() * row() + 4);
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(Math.floor(getWidth()));
        canvas.setHeight(Math.floor(getHeight()));
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.setTransform(1, 0, 0, 1, 0, 0);
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        g.scale(scale(), scale());
        if (pattern != null && getWidth() > 1) {
            Inks inks = Inks.of(theme.getValue());
            if (matrix) {
                matrix(g, pattern, inks);
            } else {
                arcs(g, pattern, inks);
            }
        }
    }

    private void arcs(GraphicsContext g, float[][] weights, Inks inks) {
        double right = WORDS + 6;
        double width = getWidth() / scale();
        double room = width - right - SHARES - 4;
        for (int t = 0; t < weights.length; t++) {
            if (reader < 0) {
                int s = strongest(weights[t]);
                arc(g, t, s, weights[t][s], right, room, inks.accent());
                continue;
            }
            for (int s = 0; t == reader && s < weights.length; s++) {
                arc(g, t, s, weights[t][s], right, room, inks.accent());
            }
        }
        g.setTextBaseline(VPos.CENTER);
        g.setFont(Font.font(row() > NARROW_ROW ? 12 : 9));
        for (int t = 0; t < tokens.size(); t++) {
            double y = (t + 0.5) * row();
            g.setTextAlign(TextAlignment.RIGHT);
            g.setFill(t == reader ? inks.accent() : inks.text());
            g.fillText(cut(tokens.get(t)), WORDS, y, WORDS);
            if (reader >= 0 && weights[reader][t] >= 0.005) {
                g.setFill(inks.muted());
                g.fillText(Numbers.decimal(100 * weights[reader][t], 0) + "\u202f%", width - 4, y);
            }
        }
    }

    /// From the reader to what it reads, bulging with the distance; both ends are the same for a token that reads
    /// itself.
    private void arc(GraphicsContext g, int from, int to, float weight, double x, double room, Color colour) {
        if (weight < 0.02 || (reader < 0 && weight < STRONG)) {
            return;
        }
        double a = (from + 0.5) * row();
        double b = (to + 0.5) * row();
        g.setStroke(colour.deriveColor(0, 1, 1, Math.clamp(0.25 + 0.75 * weight, 0, 1)));
        g.setLineWidth(0.6 + 4 * weight);
        if (from == to) {
            g.strokeOval(x, a - 3, 10, 6);
            return;
        }
        double bulge = Math.min(room, 14 + Math.abs(b - a) * 0.55);
        g.beginPath();
        g.moveTo(x, a);
        g.bezierCurveTo(x + bulge, a, x + bulge, b, x, b);
        g.stroke();
        g.setFill(colour);
        g.fillPolygon(new double[] {x, x + 5, x + 5}, new double[] {b, b - 3, b + 3}, 3); // at the token that is read
    }

    private void matrix(GraphicsContext g, float[][] weights, Inks inks) {
        double cell = cell();
        for (int t = 0; t < weights.length; t++) {
            for (int s = 0; s < weights.length; s++) {
                g.setFill(inks.background().interpolate(inks.accent(), Math.sqrt(weights[t][s])));
                g.fillRect(1 + s * cell, 1 + t * cell, cell, cell);
            }
        }
        g.setStroke(inks.line());
        g.setLineWidth(1);
        g.strokeRect(0.5, 0.5, weights.length * cell + 1, weights.length * cell + 1);
        if (reader >= 0) {
            g.setStroke(inks.second());
            g.strokeRect(0.5, 0.5 + reader * cell, weights.length * cell + 1, cell + 1);
        }
    }

    private static int strongest(float[] weights) {
        int best = 0;
        for (int s = 1; s < weights.length; s++) {
            best = weights[s] > weights[best] ? s : best;
        }
        return best;
    }

    private static String cut(String word) {
        return word.length() > 15 ? word.substring(0, 14) + "…" : word;
    }
}

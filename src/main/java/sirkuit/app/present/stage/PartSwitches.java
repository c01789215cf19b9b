package sirkuit.app.present.stage;

import javafx.beans.value.ObservableValue;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Inks;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.present.AskModel;
import sirkuit.app.present.PartsModel;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;

/// The heads as switches: rows are layers. Those that are off are empty and crossed out. A click switches one; with the
/// keyboard, the arrows choose one and the space key switches it.
final class PartSwitches extends Region {
    private static final double GAP = 0.16;
    private static final double ROUND = 0.28;
    private static final double FAINTEST = 0.2;
    private static final double CHOSEN_FAINTEST = 0.62;
    private static final double LARGEST = 64;
    private static final double CROSS = 0.28;

    private final AskModel model;
    private final PartsModel parts;
    private final ObservableValue<Theme> theme;
    private final Canvas canvas = new Canvas();
    private @Nullable Head over;
    private Head cursor = new Head(0, 0);

    PartSwitches(AskModel model, PartsModel parts, ObservableValue<Theme> theme) {
        this.model = model;
        this.parts = parts;
        this.theme = theme;
        getStyleClass().add("stage-switches");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setFocusTraversable(true);
        setMinSize(60, 60);
        getChildren().add(canvas);
        theme.subscribe(t -> requestLayout());
        model.off().subscribe(off -> {
            setAccessibleText(
                    Words.of("present.off.picture", model.offCount() + "", parts.layers() * parts.heads() + ""));
            requestLayout();
        });
        focusedProperty().subscribe(f -> requestLayout());
        setOnMouseMoved(e -> point(at(e.getX(), e.getY())));
        setOnMouseExited(e -> point(null));
        setOnMouseClicked(this::clicked);
    }

    private void clicked(MouseEvent event) {
        Head head = at(event.getX(), event.getY());
        if (head != null && event.getButton() == MouseButton.PRIMARY) {
            cursor = head;
            model.toggle(head);
        }
    }

    /// @return whether the key means something here
    boolean pressed(KeyEvent event) {
        switch (event.getCode()) {
            case LEFT -> move(0, -1);
            case RIGHT -> move(0, 1);
            case UP -> move(-1, 0);
            case DOWN -> move(1, 0);
            case SPACE, ENTER -> model.toggle(cursor);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void move(int down, int right) {
        cursor = new Head(
                Math.clamp(cursor.layer() + down, 0, Math.max(0, parts.layers() - 1)),
                Math.clamp(cursor.head() + right, 0, Math.max(0, parts.heads() - 1)));
        requestLayout();
    }

    private void point(@Nullable Head head) {
        over = head;
        setCursor(head == null ? Cursor.DEFAULT : Cursor.HAND);
        requestLayout();
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefHeight(double width) {
        return Math.ceil(Math.min(Math.max(width, 0) / Math.max(1, parts.heads()), LARGEST) * parts.layers());
    }

    private double cell() {
        return Math.min(
                Math.min(getWidth() / Math.max(1, parts.heads()), getHeight() / Math.max(1, parts.layers())), LARGEST);
    }

    private @Nullable Head at(double x, double y) {
        double cell = cell();
        int layer = (int) Math.floor(y / cell);
        int head = (int) Math.floor(x / cell);
        boolean inside = layer >= 0 && head >= 0 && layer < parts.layers() && head < parts.heads();
        return inside ? new Head(layer, head) : null;
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(Math.floor(getWidth()));
        canvas.setHeight(Math.floor(getHeight()));
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, getWidth(), getHeight());
        HeadMask off = model.off().get();
        if (off == null || getWidth() < 1) {
            return;
        }
        Inks inks = Inks.of(theme.getValue());
        for (Head head : parts.order()) {
            boolean marked = head.equals(over) || isFocused() && head.equals(cursor);
            paint(g, inks, head, off.contains(head.layer(), head.head()), marked);
        }
    }

    private void paint(GraphicsContext g, Inks inks, Head head, boolean off, boolean marked) {
        double cell = cell();
        double x = head.head() * cell + cell * GAP / 2;
        double y = head.layer() * cell + cell * GAP / 2;
        double size = cell * (1 - GAP);
        double round = cell * ROUND;
        Color accent = inks.accent();
        double faintest = parts.isChosen(head) ? CHOSEN_FAINTEST : FAINTEST;
        double strength = faintest + (1 - faintest) * parts.strength(head);
        g.setLineCap(StrokeLineCap.ROUND);
        g.setLineWidth(Math.max(1, cell * 0.06));
        if (off) {
            g.setStroke(inks.second());
            g.strokeRoundRect(x, y, size, size, round, round);
            double from = size * CROSS;
            g.strokeLine(x + from, y + from, x + size - from, y + size - from);
            g.strokeLine(x + size - from, y + from, x + from, y + size - from);
        } else {
            g.setFill(Color.color(accent.getRed(), accent.getGreen(), accent.getBlue(), strength));
            g.fillRoundRect(x, y, size, size, round, round);
        }
        if (marked) {
            g.setStroke(inks.text());
            g.setLineWidth(Math.max(1.5, cell * 0.07));
            g.strokeRoundRect(x - 1, y - 1, size + 2, size + 2, round, round);
        }
    }
}

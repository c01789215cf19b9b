package sirkuit.app.heatmap;

import javafx.beans.value.ObservableValue;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Theme;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;

/// The heatmap: a canvas that fills its room, with the mouse and the keyboard.
public final class HeatmapView extends Region {
    private final HeatmapModel model;
    private final ObservableValue<Theme> theme;
    private final Canvas canvas = new Canvas();
    private final Tooltip tip = new Tooltip();
    private @Nullable Grid grid;

    public HeatmapView(HeatmapModel model, ObservableValue<Theme> theme) {
        this.model = model;
        this.theme = theme;
        setId("heatmap");
        getStyleClass().add("heatmap");
        setMinSize(160, 120);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleRoleDescription("heatmap");
        getChildren().add(canvas);
        tip.setShowDelay(Duration.millis(250));
        tip.setHideDelay(Duration.millis(80));
        model.scores().subscribe(s -> requestLayout());
        model.mask().subscribe(m -> requestLayout());
        model.links().subscribe(l -> requestLayout());
        model.hover().subscribe(this::hovered);
        model.focus().subscribe(f -> focused(f));
        theme.subscribe(t -> requestLayout());
        focusedProperty().subscribe(f -> requestLayout());
        setOnMousePressed(this::pressed);
        setOnMouseDragged(this::dragged);
        setOnMouseReleased(e -> model.endStroke());
        setOnMouseMoved(e -> model.hover().set(grid == null ? null : grid.cell(e.getX(), e.getY())));
        setOnMouseExited(e -> model.hover().set(null));
        setOnKeyPressed(this::typed);
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(Math.floor(getWidth()));
        canvas.setHeight(Math.floor(getHeight()));
        paint();
    }

    @Override
    protected double computePrefWidth(double height) {
        return 640;
    }

    @Override
    protected double computePrefHeight(double width) {
        return 360;
    }

    /// Draws everything anew.
    void paint() {
        HeadMask mask = model.mask().get();
        if (mask == null || getWidth() < 1 || getHeight() < 1) {
            grid = null;
            return;
        }
        Grid now = Grid.fit(mask.layers(), mask.heads(), getWidth(), getHeight());
        grid = now;
        Palette palette = Palette.of(theme.getValue());
        new HeatmapPainter(canvas.getGraphicsContext2D(), now, palette)
                .paint(
                        mask,
                        model.scores().get(),
                        model.hover().get(),
                        isFocused() ? model.focus().get() : null);
        new ArcPainter(canvas.getGraphicsContext2D(), now, palette)
                .paint(model.links().get());
        new MarginPainter(canvas.getGraphicsContext2D(), now, palette)
                .paint(model.scores().get());
    }

    private void pressed(MouseEvent e) {
        requestFocus();
        e.consume(); // the tabs around would take the focus, and the arrow keys with it
        if (grid == null) {
            return;
        }
        Head at = grid.cell(e.getX(), e.getY());
        if (e.getButton() == MouseButton.SECONDARY && at != null) {
            model.focus().set(at); // looked at, not selected
        }
        if (e.getButton() != MouseButton.PRIMARY) {
            return;
        }
        if (at != null) {
            model.beginStroke(at);
        } else if (grid.layerName(e.getX(), e.getY()) >= 0) {
            model.toggleLayer(grid.layerName(e.getX(), e.getY()));
        } else if (grid.headName(e.getX(), e.getY()) >= 0) {
            model.toggleHeadOfAllLayers(grid.headName(e.getX(), e.getY()));
        }
    }

    private void dragged(MouseEvent e) {
        Head at = grid == null || !e.isPrimaryButtonDown() ? null : grid.cell(e.getX(), e.getY());
        if (at != null) {
            model.hover().set(at);
            model.continueStroke(at);
        }
    }

    private void typed(KeyEvent e) {
        switch (e.getCode()) {
            case UP -> model.move(-1, 0);
            case DOWN -> model.move(1, 0);
            case LEFT -> model.move(0, -1);
            case RIGHT -> model.move(0, 1);
            case SPACE, ENTER -> model.toggleFocus();
            default -> {
                return;
            }
        }
        e.consume();
    }

    private void hovered(@Nullable Head head) {
        requestLayout();
        if (head == null) {
            Tooltip.uninstall(this, tip);
        } else {
            tip.setText(model.about(head));
            Tooltip.install(this, tip);
        }
    }

    private void focused(@Nullable Head head) {
        requestLayout();
        setAccessibleText(
                head == null
                        ? "Relevance of every head. Use the arrow keys and space."
                        : model.about(head).replace('\n', ','));
    }
}

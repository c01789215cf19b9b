package sirkuit.app.heatmap;

import javafx.beans.value.ObservableValue;
import javafx.collections.SetChangeListener;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.TextScale;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;

/// The heatmap: a canvas that fills its space, with mouse and keyboard.
public final class HeatmapView extends Region {
    private final HeatmapModel model;
    private final ObservableValue<Theme> theme;
    private final Canvas canvas = new Canvas();
    private final Tooltip tip = new Tooltip();
    private @Nullable Grid grid;
    private Grid.View looked = Grid.View.WHOLE;
    private @Nullable Head boxFrom;
    /// The factor by which everything is enlarged.
    private double scale = 1;
    private final HeadMenu menu;

    public HeatmapView(HeatmapModel model, ObservableValue<Theme> theme) {
        this.model = model;
        this.theme = theme;
        setId("heatmap");
        menu = new HeadMenu(model);
        getStyleClass().add("heatmap");
        setMinSize(160, 140);
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
        setOnMouseReleased(this::released);
        setOnScroll(this::scrolled);
        model.options().subscribe(o -> requestLayout());
        model.locked().addListener((SetChangeListener<Head>) c -> requestLayout());
        setOnMouseMoved(e -> model.hover().set(grid == null ? null : grid.cell(e.getX() / scale, e.getY() / scale)));
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

    /// Draws everything again.
    void paint() {
        HeadMask mask = model.mask().get();
        if (mask == null || getWidth() < 1 || getHeight() < 1) {
            grid = null;
            return;
        }
        HeatmapOptions options = model.options().get();
        scale = TextScale.factor();
        canvas.getGraphicsContext2D().setTransform(scale, 0, 0, scale, 0, 0);
        Grid now =
                Grid.fit(mask.layers(), mask.heads(), getWidth() / scale, getHeight() / scale, looked, options.bars());
        grid = now;
        Palette palette = Palette.of(theme.getValue());
        new HeatmapPainter(canvas.getGraphicsContext2D(), now, palette, options)
                .paint(
                        mask,
                        model.locked(),
                        model.scores().get(),
                        model.links().get(),
                        model.hover().get(),
                        isFocused() ? model.focus().get() : null);
        new MarginPainter(canvas.getGraphicsContext2D(), now, palette)
                .paint(model.scores().get());
    }

    private void pressed(MouseEvent e) {
        requestFocus();
        e.consume(); // the tabs around would take the focus, and the arrow keys with it
        if (grid == null) {
            return;
        }
        Head at = grid.cell(e.getX() / scale, e.getY() / scale);
        if (e.getButton() == MouseButton.SECONDARY && at != null) {
            model.focus().set(at); // looked at, not selected
            menu.show(this, at, e.getScreenX(), e.getScreenY());
        }
        if (e.getButton() != MouseButton.PRIMARY) {
            return;
        }
        if (at != null && e.isShiftDown()) {
            boxFrom = at;
        } else if (at != null) {
            model.beginStroke(at);
        } else if (grid.layerName(e.getX() / scale, e.getY() / scale) >= 0) {
            model.toggleLayer(grid.layerName(e.getX() / scale, e.getY() / scale));
        } else if (grid.headName(e.getX() / scale, e.getY() / scale) >= 0) {
            model.toggleHeadOfAllLayers(grid.headName(e.getX() / scale, e.getY() / scale));
        }
    }

    private void dragged(MouseEvent e) {
        Head at = grid == null || !e.isPrimaryButtonDown() ? null : grid.cell(e.getX() / scale, e.getY() / scale);
        if (at != null) {
            model.hover().set(at);
        }
        if (at != null && boxFrom == null) {
            model.continueStroke(at);
        }
    }

    private void released(MouseEvent e) {
        Head at = grid == null ? null : grid.cell(e.getX() / scale, e.getY() / scale);
        if (boxFrom != null && at != null) {
            model.toggleBox(boxFrom, at);
        }
        boxFrom = null;
        model.endStroke();
    }

    /// With Ctrl, zooms around the mouse. Otherwise scrolls, if not everything is visible.
    private void scrolled(ScrollEvent e) {
        Grid now = grid;
        if (now == null) {
            return;
        }
        if (e.isShortcutDown()) {
            double x = (e.getX() / scale - now.left()) / now.roomWidth();
            double y = (e.getY() / scale - now.top()) / now.roomHeight();
            zoom(e.getDeltaY() > 0 ? 1.25 : 0.8, Math.clamp(x, 0, 1), Math.clamp(y, 0, 1));
            e.consume();
        } else if (!now.whole()) {
            pan(
                    -e.getDeltaX() / scale / now.roomWidth() / looked.zoom(),
                    -e.getDeltaY() / scale / now.roomHeight() / looked.zoom());
            e.consume();
        }
    }

    /// What lies below the point stays there.
    ///
    /// @param x of the point, as a share of the room
    private void zoom(double by, double x, double y) {
        double before = looked.zoom();
        double after = new Grid.View(before * by, 0, 0).zoom();
        looked = new Grid.View(after, held(looked.x(), x, before, after), held(looked.y(), y, before, after));
        requestLayout();
    }

    private static double held(double pan, double at, double before, double after) {
        double cell = (pan * (before - 1) + at) / before; // of all cells, what lies below the point
        return after == 1 ? 0 : (cell * after - at) / (after - 1);
    }

    private void pan(double x, double y) {
        looked = new Grid.View(looked.zoom(), looked.x() + x, looked.y() + y);
        requestLayout();
    }

    private void typed(KeyEvent e) {
        switch (e.getCode()) {
            case UP -> model.move(-1, 0);
            case DOWN -> model.move(1, 0);
            case LEFT -> model.move(0, -1);
            case RIGHT -> model.move(0, 1);
            case SPACE, ENTER -> model.toggleFocus();
            case PLUS, EQUALS, ADD -> zoom(1.25, 0.5, 0.5);
            case MINUS, SUBTRACT -> zoom(0.8, 0.5, 0.5);
            case DIGIT0, NUMPAD0 -> zoom(0, 0, 0);
            case L -> model.masks().toggleLock(model.focus().get());
            case G -> model.masks().grow(e.isShiftDown() ? -1 : 1);
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
                        ? Words.of("relevance.accessible")
                        : model.about(head).replace('\n', ','));
    }
}

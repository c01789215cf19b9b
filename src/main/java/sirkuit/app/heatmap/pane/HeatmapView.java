package sirkuit.app.heatmap.pane;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.SetChangeListener;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Tooltip;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import sirkuit.app.heatmap.HeatmapModel;
import sirkuit.app.heatmap.HeatmapOptions;
import sirkuit.app.heatmap.SelectionDrag;
import sirkuit.app.heatmap.Shown;
import sirkuit.app.heatmap.paint.Grid;
import sirkuit.app.heatmap.paint.HeatmapPainter;
import sirkuit.app.heatmap.paint.MarginPainter;
import sirkuit.app.heatmap.paint.Palette;
import sirkuit.app.look.TextScale;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;

/// The heatmap: a canvas that fills its space, with mouse and keyboard.
public final class HeatmapView extends Region {
    private static final double LEAST_WIDTH = 160;
    /// At normal text size.
    private static final double LEAST_HEIGHT = 190;

    private final HeatmapModel model;
    private final ObservableValue<Theme> theme;
    private final Canvas canvas = new Canvas();
    private final Tooltip tip = new Tooltip();
    private final HeadMenu menu;
    private final ReadOnlyObjectWrapper<Grid.View> looked = new ReadOnlyObjectWrapper<>(Grid.View.WHOLE);
    private @Nullable Grid grid;
    /// The factor by which everything is enlarged.
    private double scale = 1;

    public HeatmapView(HeatmapModel model, ObservableValue<Theme> theme) {
        this.model = model;
        this.theme = theme;
        setId("heatmap");
        menu = new HeadMenu(model);
        getStyleClass().add("heatmap");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleRoleDescription("heatmap");
        getChildren().add(canvas);
        tip.setShowDelay(Duration.millis(250));
        tip.setHideDelay(Duration.millis(80));
        repaintWhenChanged();
        setOnMousePressed(this::pressed);
        setOnMouseDragged(this::dragged);
        setOnMouseReleased(e -> model.release());
        setOnScroll(this::scrolled);
        setOnMouseMoved(e -> model.hover().set(grid == null ? null : grid.cell(e.getX() / scale, e.getY() / scale)));
        setOnMouseExited(e -> model.hover().set(null));
        setOnKeyPressed(new HeatmapKeys(model, this)::typed);
        setOnContextMenuRequested(this::menuByKeyboard);
    }

    private void repaintWhenChanged() {
        model.scores().subscribe(s -> requestLayout());
        model.pending().subscribe(m -> requestLayout());
        model.links().subscribe(l -> requestLayout());
        model.outlined().subscribe(o -> requestLayout());
        model.options().subscribe(o -> requestLayout());
        model.notes().subscribe(n -> requestLayout());
        model.locked().addListener((SetChangeListener<Head>) c -> requestLayout());
        theme.subscribe(t -> requestLayout());
        looked.subscribe(v -> requestLayout());
        focusedProperty().subscribe(f -> requestLayout());
        model.hover().subscribe(this::hovered);
        model.focus().subscribe(this::focused);
        model.mask().subscribe(m -> {
            requestLayout();
            tellFocus();
        });
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(Math.floor(getWidth()));
        canvas.setHeight(Math.floor(getHeight()));
        paint();
    }

    @Override
    protected double computeMinWidth(double height) {
        return LEAST_WIDTH;
    }

    @Override
    protected double computeMinHeight(double width) {
        return LEAST_HEIGHT * TextScale.factor();
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
    public void paint() {
        Shown shown = Shown.of(model, isFocused());
        Room room = room();
        if (shown == null || room == null) {
            grid = null;
            return;
        }
        canvas.getGraphicsContext2D().setTransform(scale, 0, 0, scale, 0, 0);
        Grid now = room.grid(looked.get());
        grid = now;
        Palette palette = Palette.of(theme.getValue());
        HeatmapOptions options = model.options().get();
        new HeatmapPainter(canvas.getGraphicsContext2D(), now, palette, options, shown).paint();
        new MarginPainter(canvas.getGraphicsContext2D(), now, palette)
                .paint(shown.scores(), shown.hover() != null ? shown.hover() : shown.focus());
    }

    /// Null while there is nothing to see.
    private @Nullable Room room() {
        HeadMask mask = model.mask().get();
        scale = TextScale.factor();
        return mask == null || getWidth() < 1 || getHeight() < 1
                ? null
                : new Room(
                        mask.layers(),
                        mask.heads(),
                        getWidth() / scale,
                        getHeight() / scale,
                        model.options().get().bars());
    }

    /// What part of the cells is looked at.
    ReadOnlyObjectProperty<Grid.View> looked() {
        return looked.getReadOnlyProperty();
    }

    /// That many steps nearer, or farther when negative; the head in focus stays in view.
    void zoom(int steps) {
        Head at = model.focus().get();
        Grid now = grid;
        if (now != null) {
            boolean seen = at != null && now.showsLayer(at.layer()) && now.showsHead(at.head());
            zoom(
                    steps,
                    seen ? now.x(at.head()) + now.innerWidth() / 2.0 : now.left() + now.roomWidth() / 2.0,
                    seen ? now.y(at.layer()) + now.innerHeight() / 2.0 : now.top() + now.roomHeight() / 2.0);
        }
    }

    /// Shows all heads.
    void fit() {
        looked.set(Grid.View.WHOLE);
    }

    private void zoom(int steps, double x, double y) {
        Room room = room();
        if (room != null) {
            looked.set(room.zoomed(looked.get(), looked.get().stepped(steps), x, y));
        }
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
        if (at != null) {
            model.press(
                    at,
                    e.isShiftDown()
                            ? SelectionDrag.Kind.BOX
                            : e.isShortcutDown() ? SelectionDrag.Kind.TOGGLE : SelectionDrag.Kind.PLAIN);
        } else if (grid.layerName(e.getX() / scale, e.getY() / scale) >= 0) {
            model.toggleLayer(grid.layerName(e.getX() / scale, e.getY() / scale));
        } else if (grid.headName(e.getX() / scale, e.getY() / scale) >= 0) {
            model.toggleHeadOfAllLayers(grid.headName(e.getX() / scale, e.getY() / scale));
        }
    }

    private void dragged(MouseEvent e) {
        boolean click = e.isStillSincePress(); // a hand is never quite still
        Head at = grid == null || click || !e.isPrimaryButtonDown()
                ? null
                : grid.cell(e.getX() / scale, e.getY() / scale);
        if (at != null) {
            model.hover().set(at);
            model.dragTo(at);
        }
    }

    /// With Ctrl, zooms around the mouse. Otherwise scrolls, if not everything is visible.
    private void scrolled(ScrollEvent e) {
        Grid now = grid;
        Room room = room();
        if (now == null || room == null) {
            return;
        }
        if (e.isShortcutDown()) {
            // A wheel turned with Shift held may count as sideways.
            double turned = e.getDeltaY() != 0 ? e.getDeltaY() : e.getDeltaX();
            if (turned != 0) {
                zoom(turned > 0 ? 1 : -1, e.getX() / scale, e.getY() / scale);
            }
            e.consume();
        } else if (!now.whole()) {
            boolean aside = e.isShiftDown() && e.getDeltaX() == 0;
            double x = aside ? e.getDeltaY() : e.getDeltaX();
            double y = aside ? 0 : e.getDeltaY();
            looked.set(room.panned(looked.get(), -x / scale, -y / scale));
            e.consume();
        }
    }

    private void menuByKeyboard(ContextMenuEvent e) {
        Head at = model.focus().get();
        if (e.isKeyboardTrigger() && grid != null && at != null) {
            Point2D corner = localToScreen(
                    (grid.x(at.head()) + grid.innerWidth()) * scale, (grid.y(at.layer()) + grid.innerHeight()) * scale);
            menu.show(this, at, corner.getX(), corner.getY());
            e.consume();
        }
    }

    private void hovered(@Nullable Head head) {
        requestLayout();
        if (head == null) {
            Tooltip.uninstall(this, tip);
        } else {
            tip.setText(model.about(head) + "\n" + Words.of("relevance.hint"));
            Tooltip.install(this, tip);
        }
    }

    private void focused(@Nullable Head head) {
        requestLayout();
        tellFocus();
        Room room = room();
        if (head == null || room == null || model.dragging()) {
            return; // nothing moves away below the mouse
        }
        if (head.layer() < room.layers() && head.head() < room.heads()) {
            looked.set(room.revealing(looked.get(), head));
        }
    }

    private void tellFocus() {
        Head head = model.focus().get();
        setAccessibleText(
                head == null
                        ? Words.of("relevance.accessible")
                        : model.about(head).replace('\n', ','));
    }
}

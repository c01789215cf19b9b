package sirkuit.app.circuit.pane;

import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Point2D;
import javafx.scene.Cursor;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import sirkuit.app.circuit.CircuitLook;
import sirkuit.app.circuit.CircuitModel;
import sirkuit.app.circuit.Net;
import sirkuit.app.circuit.Unit;
import sirkuit.app.figure.FigureCanvas;
import sirkuit.app.look.TextScale;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;

/// The picture of the circuit, with the mouse and the keyboard on it.
final class CircuitDrawing extends FigureCanvas {
    private static final double PAN = 60;

    private final CircuitModel model;
    private final GroupMenu groups;
    private final ObjectProperty<Lens> lens;
    private final Tooltip tip = new Tooltip();
    private final ContextMenu menu = new ContextMenu();
    private @Nullable Point2D dragged;
    /// What is below the mouse is asked often, and the picture seldom changes.
    private @Nullable CircuitScene scene;

    private @Nullable Rectangle2D sceneArea;

    CircuitDrawing(CircuitModel model, GroupMenu groups, ObjectProperty<Lens> lens, ObservableValue<Theme> theme) {
        super(() -> figure(model, lens.get()), theme, model.shownNow(), lens);
        this.model = model;
        this.groups = groups;
        this.lens = lens;
        setId("circuit-drawing");
        setFocusTraversable(true);
        setAccessibleText(Words.of("centre.circuit.accessible"));
        tip.setShowDelay(Duration.millis(350));
        tip.setHideDelay(Duration.millis(80));
        focusedProperty().subscribe(f -> requestLayout());
        model.shownNow().subscribe(l -> scene = null);
        lens.subscribe(l -> scene = null);
        setOnMouseMoved(e -> point(e));
        setOnMouseExited(e -> leave());
        setOnMousePressed(this::pressed);
        setOnMouseDragged(this::dragged);
        setOnMouseReleased(this::released);
        setOnScroll(this::scrolled);
        setOnKeyPressed(this::typed);
    }

    static @Nullable CircuitFigure figure(CircuitModel model, Lens lens) {
        CircuitLook look = model.shownNow().get();
        return look == null ? null : new CircuitFigure(look, lens);
    }

    /// Nearer or farther, around the middle.
    void zoom(double by) {
        lens.set(lens.get().zoomed(by, area().getCenterX(), area().getCenterY(), area()));
    }

    private @Nullable CircuitScene scene() {
        CircuitLook look = model.shownNow().get();
        if (look == null) {
            return null;
        }
        CircuitScene known = scene;
        if (known == null || !area().equals(sceneArea)) {
            sceneArea = area();
            known = CircuitScene.of(look, area(), lens.get());
            scene = known;
        }
        return known;
    }

    private void point(MouseEvent e) {
        CircuitScene now = scene();
        Point2D at = place(e);
        Unit unit = now == null ? null : now.unitAt(at.getX(), at.getY());
        Net.Edge edge = now == null || unit != null ? null : now.edgeAt(at.getX(), at.getY());
        setCursor(unit != null || edge != null ? Cursor.HAND : Cursor.DEFAULT);
        model.point(unit, edge);
        CircuitLook look = model.shownNow().get();
        if (look == null || (unit == null && edge == null)) {
            Tooltip.uninstall(this, tip);
        } else {
            tip.setText(unit != null ? look.about(unit) : edge == null ? "" : CircuitLook.about(edge));
            Tooltip.install(this, tip);
        }
    }

    private void leave() {
        model.point(null, null);
        Tooltip.uninstall(this, tip);
    }

    private void pressed(MouseEvent e) {
        requestFocus();
        e.consume(); // the tabs around would take the focus, and the arrow keys with it
        dragged = place(e);
        menu.hide();
        CircuitScene now = scene();
        Unit unit = now == null ? null : now.unitAt(place(e).getX(), place(e).getY());
        if (e.getButton() == MouseButton.SECONDARY && unit != null) {
            model.hold(unit);
            menu.getItems().setAll(groups.of(unit, this));
            menu.show(this, e.getScreenX(), e.getScreenY());
        }
    }

    private void dragged(MouseEvent e) {
        Point2D from = dragged;
        if (from != null && e.isPrimaryButtonDown() && !e.isStillSincePress()) {
            Point2D to = place(e);
            lens.set(lens.get().moved(to.getX() - from.getX(), to.getY() - from.getY(), area()));
            dragged = to;
            setCursor(lens.get().zoom() > 1 ? Cursor.MOVE : Cursor.DEFAULT);
        }
    }

    private void released(MouseEvent e) {
        dragged = null;
        if (e.getButton() != MouseButton.PRIMARY || !e.isStillSincePress()) {
            return;
        }
        CircuitScene now = scene();
        Point2D at = place(e);
        Unit unit = now == null ? null : now.unitAt(at.getX(), at.getY());
        Net.Edge edge = now == null || unit != null ? null : now.edgeAt(at.getX(), at.getY());
        if (unit != null && (e.isShortcutDown() || e.isShiftDown())) {
            model.groups().choose(unit.heads());
        } else if (unit != null) {
            model.hold(unit);
            if (e.getClickCount() == 2) {
                open(unit);
            }
        } else if (edge != null) {
            model.edge().set(edge);
        } else {
            model.clear();
        }
    }

    private void open(Unit unit) {
        if (unit instanceof Unit.Group g && model.groups().named(g.name()) instanceof sirkuit.project.HeadGroup group) {
            model.groups().toggle(group);
        }
    }

    /// The wheel zooms, around the mouse; sideways it moves the drawing.
    private void scrolled(ScrollEvent e) {
        double scale = TextScale.factor();
        Lens now = lens.get();
        if (e.getDeltaY() != 0) {
            now = now.zoomed(e.getDeltaY() > 0 ? Lens.STEP : 1 / Lens.STEP, e.getX() / scale, e.getY() / scale, area());
        }
        lens.set(now.moved(e.getDeltaX() / scale, 0, area()));
        e.consume();
    }

    private void typed(KeyEvent e) {
        boolean move = e.isShiftDown() || e.isShortcutDown();
        switch (e.getCode()) {
            case RIGHT -> arrow(move, 1, -PAN, 0);
            case LEFT -> arrow(move, -1, PAN, 0);
            case DOWN -> arrow(move, 1, 0, -PAN);
            case UP -> arrow(move, -1, 0, PAN);
            case PLUS, EQUALS, ADD -> zoom(Lens.STEP);
            case MINUS, SUBTRACT -> zoom(1 / Lens.STEP);
            case DIGIT0, NUMPAD0 -> lens.set(Lens.WHOLE);
            case ESCAPE -> model.clear();
            case SPACE -> withPicked(u -> model.groups().choose(u.heads()));
            case ENTER -> withPicked(this::open);
            case G -> groups.make(this);
            default -> {
                return;
            }
        }
        e.consume();
    }

    private void withPicked(java.util.function.Consumer<Unit> action) {
        CircuitLook look = model.shownNow().get();
        if (look != null && look.picked() != null) {
            action.accept(look.picked());
        }
    }

    private void arrow(boolean move, int step, double dx, double dy) {
        if (move) {
            lens.set(lens.get().moved(dx, dy, area()));
        } else {
            step(step);
        }
    }

    /// To the next unit that is shown, which comes into view.
    private void step(int by) {
        CircuitLook look = model.shownNow().get();
        if (look == null || look.shown().units().isEmpty()) {
            return;
        }
        List<Unit> units = look.shown().units().stream()
                .sorted(Comparator.comparing(CircuitLayout::layer).thenComparing(Unit::first))
                .toList();
        int at = look.picked() == null ? -1 : units.indexOf(look.picked());
        Unit next = units.get(at < 0 ? 0 : Math.floorMod(at + by, units.size()));
        model.hold(next);
        CircuitLook then = model.shownNow().get();
        if (then != null) {
            setAccessibleText(then.about(next).replace('\n', ','));
            java.awt.geom.Point2D place = CircuitLayout.of(
                            then.net().circuit(), then.shown().units(), area())
                    .of(next);
            if (place != null) {
                lens.set(lens.get().showing(place, 40, area()));
            }
        }
    }
}

package sirkuit.app.circuit;

import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.heading;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;

import atlantafx.base.controls.ToggleSwitch;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jfree.fx.FXGraphics2D;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.app.figure.FigureMenu;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.mask.Head;

/// The circuit view.
public final class CircuitView extends VBox {
    private final CircuitModel model;
    private final ObservableValue<Theme> theme;

    /// @param trouble told why a figure could not be saved
    public CircuitView(CircuitModel model, ObservableValue<Theme> theme, Consumer<? super Problem> trouble) {
        this.model = model;
        this.theme = theme;
        getStyleClass().add("panel");
        setId("circuit-view");
        Label hint = styled(note(Words.of("centre.circuit.empty")), "empty-hint");
        hint.visibleProperty().bind(model.circuit().isNull());
        Drawing drawing = new Drawing();
        StackPane middle = new StackPane(drawing, hint);
        StackPane.setAlignment(hint, Pos.CENTER);
        VBox.setVgrow(middle, Priority.ALWAYS);
        ToggleSwitch arcs = named(new ToggleSwitch(Words.of("centre.circuit.arcs")), "arcs-switch");
        arcs.selectedProperty().bindBidirectional(model.arcs());
        arcs.setTooltip(new Tooltip(Words.of("centre.circuit.arcs.more")));
        getChildren()
                .addAll(
                        styled(
                                row(
                                        heading(Words.of("centre.circuit")),
                                        gap(),
                                        arcs,
                                        weakest(),
                                        FigureMenu.button("circuit-figure", this::figure, theme, trouble)),
                                "panel-bar"),
                        middle,
                        styled(new VBox(note(Words.of("centre.circuit.key"))), "circuit-key"));
    }

    private @Nullable CircuitFigure figure() {
        Circuit now = model.circuit().get();
        return now == null ? null : new CircuitFigure(now, model.least().get(), picked(now));
    }

    private @Nullable Head picked(Circuit now) {
        Head hover = model.heatmap().hover().get();
        Head focus = model.heatmap().focus().get();
        return has(now, hover) ? hover : has(now, focus) ? focus : null;
    }

    private static boolean has(Circuit now, @Nullable Head head) {
        return now.heads().stream().anyMatch(n -> n.head().equals(head));
    }

    private javafx.scene.layout.HBox weakest() {
        Slider slider = named(new Slider(0, 1, 0), "edge-slider");
        slider.setAccessibleText(Words.of("centre.circuit.weak"));
        slider.setPrefWidth(150);
        slider.valueProperty().bindBidirectional(model.least());
        slider.setBlockIncrement(0.02);
        Label number = styled(new Label(), "number");
        number.setMinWidth(44);
        number.textProperty().bind(model.least().map(v -> Numbers.percent(v.doubleValue())));
        return row(new Label(Words.of("centre.circuit.weak")), slider, number);
    }

    /// The picture, the mouse and the keyboard on it.
    private final class Drawing extends Region {
        private final Canvas canvas = new Canvas();
        private final Tooltip tip = new Tooltip();

        Drawing() {
            setId("circuit-drawing");
            setMinSize(160, 120);
            setFocusTraversable(true);
            setAccessibleRole(AccessibleRole.IMAGE_VIEW);
            setAccessibleText(Words.of("centre.circuit.accessible"));
            getChildren().add(canvas);
            model.circuit().subscribe(c -> requestLayout());
            model.least().subscribe(l -> requestLayout());
            model.heatmap().focus().subscribe(f -> requestLayout());
            model.heatmap().hover().subscribe(h -> requestLayout());
            theme.subscribe(t -> requestLayout());
            focusedProperty().subscribe(f -> requestLayout());
            setOnMouseMoved(e -> hover(at(e.getX(), e.getY())));
            setOnMouseExited(e -> hover(null));
            setOnMousePressed(e -> {
                requestFocus();
                e.consume(); // the tabs around would take the focus, and the arrow keys with it
                Head head = at(e.getX(), e.getY());
                if (head != null) {
                    model.heatmap().focus().set(head);
                }
            });
            setOnKeyPressed(e -> {
                switch (e.getCode()) {
                    case RIGHT, DOWN -> step(1);
                    case LEFT, UP -> step(-1);
                    default -> {
                        return;
                    }
                }
                e.consume();
            });
        }

        private void step(int by) {
            Circuit now = model.circuit().get();
            if (now == null || now.heads().isEmpty()) {
                return;
            }
            List<Head> heads = now.heads().stream().map(Circuit.Node::head).toList();
            int at = heads.indexOf(model.heatmap().focus().get());
            Head next = heads.get(Math.floorMod(at < 0 ? 0 : at + by, heads.size()));
            model.heatmap().focus().set(next);
            setAccessibleText(new CircuitFigure(now, model.least().get(), next)
                    .about(next)
                    .replace('\n', ','));
        }

        private void hover(@Nullable Head head) {
            if (head != model.heatmap().hover().get()) {
                model.heatmap().hover().set(head);
                CircuitFigure now = figure();
                if (head == null || now == null) {
                    Tooltip.uninstall(this, tip);
                } else {
                    tip.setText(now.about(head));
                    Tooltip.install(this, tip);
                }
            }
        }

        private @Nullable Head at(double x, double y) {
            Circuit now = model.circuit().get();
            return now == null ? null : CircuitLayout.of(now, area()).at(x, y);
        }

        private Rectangle2D area() {
            return new Rectangle2D.Double(0, 0, getWidth(), getHeight());
        }

        @Override
        protected void layoutChildren() {
            canvas.setWidth(Math.floor(getWidth()));
            canvas.setHeight(Math.floor(getHeight()));
            canvas.getGraphicsContext2D().clearRect(0, 0, getWidth(), getHeight());
            CircuitFigure now = figure();
            if (now != null && getWidth() > 1 && getHeight() > 1) {
                FXGraphics2D g = new FXGraphics2D(canvas.getGraphicsContext2D());
                g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
                now.paint(g, area(), theme.getValue());
            }
        }
    }
}

package sirkuit.app.circuit;

import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.heading;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;

import atlantafx.base.controls.ToggleSwitch;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.app.figure.FigureCanvas;
import sirkuit.app.figure.FigureMenu;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.mask.Head;

/// The circuit view.
public final class CircuitView extends VBox {
    private final CircuitModel model;
    private final ObservableValue<Theme> theme;

    /// @param trouble receives the reason why a figure could not be saved
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
    private final class Drawing extends FigureCanvas {
        private final Tooltip tip = new Tooltip();

        Drawing() {
            super(
                    CircuitView.this::figure,
                    theme,
                    model.circuit(),
                    model.least(),
                    model.heatmap().focus(),
                    model.heatmap().hover());
            setId("circuit-drawing");
            setFocusTraversable(true);
            setAccessibleText(Words.of("centre.circuit.accessible"));
            focusedProperty().subscribe(f -> requestLayout());
            setOnMouseMoved(e -> hover(at(e)));
            setOnMouseExited(e -> hover(null));
            setOnMousePressed(e -> {
                requestFocus();
                e.consume(); // the tabs around would take the focus, and the arrow keys with it
                Head head = at(e);
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

        private @Nullable Head at(MouseEvent e) {
            Circuit now = model.circuit().get();
            return now == null ? null : CircuitLayout.of(now, area()).at(place(e));
        }
    }
}

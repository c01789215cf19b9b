package sirkuit.app.circuit.pane;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;
import static sirkuit.app.look.Boxes.wrapping;

import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.Problem;
import sirkuit.app.circuit.CircuitModel;
import sirkuit.app.figure.FigureMenu;
import sirkuit.app.look.Icons;
import sirkuit.app.look.TextScale;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.look.ZoomChip;

/// The circuit view: the drawing, and beside it the list of its edges.
public final class CircuitView extends VBox {
    /// Narrower, the drawing has all the room until somebody asks for the list.
    private static final double ROOM_FOR_LIST = 820;

    /// Lower, the explanation of the lines is in a tooltip only.
    private static final double ROOM_FOR_WORDS = 470;

    private final CircuitModel model;
    private final ObjectProperty<Lens> lens = new SimpleObjectProperty<>(Lens.WHOLE);
    private final ToggleButton list = new ToggleButton();
    private boolean folding;
    private boolean asked;

    /// @param trouble receives the reason why a figure could not be saved
    public CircuitView(CircuitModel model, ObservableValue<Theme> theme, Consumer<? super Problem> trouble) {
        this.model = model;
        getStyleClass().add("panel");
        setId("circuit-view");
        GroupMenu groups = new GroupMenu(model);
        CircuitDrawing drawing = new CircuitDrawing(model, groups, lens, theme);
        Label hint = styled(note(Words.of("centre.circuit.empty")), "empty-hint");
        hint.visibleProperty().bind(model.shownNow().isNull());
        StackPane middle = new StackPane(drawing, hint);
        StackPane.setAlignment(hint, Pos.CENTER);
        HBox.setHgrow(middle, Priority.ALWAYS);
        EdgeTable edges = collapsing(new EdgeTable(model));
        edges.visibleProperty().bind(list.selectedProperty());
        HBox body = styled(new HBox(middle, edges), "circuit-body");
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren()
                .addAll(
                        styled(
                                new VBox(wrapping(
                                        howMany(),
                                        groups.button(),
                                        gap(),
                                        new ZoomChip(
                                                "circuit-zoom",
                                                lens.map(Lens::chip),
                                                new ZoomChip.Step(
                                                        "centre.circuit.zoom.out", () -> drawing.zoom(1 / Lens.STEP)),
                                                new ZoomChip.Step(
                                                        "centre.circuit.zoom.in", () -> drawing.zoom(Lens.STEP)),
                                                new ZoomChip.Step(
                                                        "centre.circuit.zoom.fit", () -> lens.set(Lens.WHOLE))),
                                        CircuitOptions.of(model),
                                        list(),
                                        FigureMenu.button(
                                                "circuit-figure",
                                                () -> CircuitDrawing.figure(model, Lens.WHOLE),
                                                theme,
                                                trouble))),
                                "panel-bar"),
                        body,
                        below());
        widthProperty().subscribe(w -> fold(w.doubleValue()));
    }

    private HBox howMany() {
        SpinnerValueFactory.IntegerSpinnerValueFactory values =
                new SpinnerValueFactory.IntegerSpinnerValueFactory(1, CircuitModel.MOST_EDGES, CircuitModel.EDGES, 10);
        Spinner<Integer> most = named(new Spinner<>(values), "edge-count");
        most.setEditable(true);
        most.setTooltip(new Tooltip(Words.of("centre.circuit.most.more")));
        values.setValue(model.most().get());
        values.valueProperty().subscribe(v -> {
            if (v != null) {
                model.most().set(v);
            }
        });
        Label label = whole(new Label(Words.of("centre.circuit.most")));
        label.setLabelFor(most);
        return row(label, whole(most));
    }

    private ToggleButton list() {
        Icons.only(named(list, "edge-list-button"), Feather.LIST, Words.of("centre.circuit.edges.list"));
        list.selectedProperty().subscribe(on -> asked = asked || !folding);
        asked = false;
        return list;
    }

    /// Until somebody opens or closes the list, it is there where there is room.
    private void fold(double width) {
        if (!asked) {
            folding = true;
            list.setSelected(width >= ROOM_FOR_LIST * TextScale.factor());
            folding = false;
        }
    }

    private VBox below() {
        Label count = named(note(""), "circuit-count");
        count.textProperty().bind(model.shownNow().map(CircuitFigure::count).orElse(""));
        Tooltip more = new Tooltip(Words.of("centre.circuit.key"));
        more.setWrapText(true);
        more.setMaxWidth(460);
        count.setTooltip(more);
        Label words = collapsing(note(Words.of("centre.circuit.key")));
        words.visibleProperty().bind(heightProperty().greaterThan(ROOM_FOR_WORDS));
        return styled(new VBox(count, words), "circuit-key");
    }
}

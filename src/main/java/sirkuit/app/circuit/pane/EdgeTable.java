package sirkuit.app.circuit.pane;

import static sirkuit.app.look.Boxes.note;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import sirkuit.app.circuit.CircuitLook;
import sirkuit.app.circuit.CircuitModel;
import sirkuit.app.circuit.Net;
import sirkuit.app.circuit.Unit;
import sirkuit.app.look.Words;

/// The edges that are drawn. Selecting one makes it stand out in the drawing, and one that is pointed at there is
/// selected here.
final class EdgeTable extends TableView<Net.Edge> {
    /// The words, then heads and groups by layer, then the answer.
    static final Comparator<Unit> ORDER = Comparator.<Unit>comparingInt(
                    u -> u == Unit.End.WORDS ? 0 : u == Unit.End.ANSWER ? 2 : 1)
            .thenComparing((a, b) -> a instanceof Unit.End || b instanceof Unit.End
                    ? 0
                    : a.first().compareTo(b.first()))
            .thenComparing(Unit::plain);

    private List<Net.Edge> last = List.of();
    private boolean following;

    EdgeTable(CircuitModel model) {
        setId("edge-table");
        getStyleClass().addAll("dense", "edge-table");
        setAccessibleText(Words.of("centre.circuit.edges.list"));
        setPlaceholder(note(Words.of("centre.circuit.edges.none")));
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        getColumns().add(unit("centre.circuit.edges.from", Net.Edge::from));
        getColumns().add(unit("centre.circuit.edges.to", Net.Edge::to));
        getColumns().add(value());
        model.shownNow().subscribe(this::follow);
        getSelectionModel().selectedItemProperty().subscribe((was, now) -> {
            if (!following && now != null) {
                model.edge().set(now);
            }
        });
        setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                model.clear();
                e.consume();
            }
        });
    }

    private void follow(@Nullable CircuitLook look) {
        following = true;
        List<Net.Edge> edges = look == null ? List.of() : look.shown().edges();
        if (!edges.equals(last)) {
            last = edges;
            getItems().setAll(edges);
            sort();
        }
        Net.Edge edge = look == null ? null : look.edge();
        if (edge == null) {
            getSelectionModel().clearSelection();
        } else if (!edge.equals(getSelectionModel().getSelectedItem())) {
            getSelectionModel().select(edge);
            scrollTo(edge);
        }
        following = false;
    }

    private static TableColumn<Net.Edge, Unit> unit(String name, Function<Net.Edge, Unit> of) {
        TableColumn<Net.Edge, Unit> column = new TableColumn<>(Words.of(name));
        column.setCellValueFactory(row -> new SimpleObjectProperty<>(of.apply(row.getValue())));
        column.setCellFactory(c -> new TableCell<>() {
            @Override
            protected void updateItem(@Nullable Unit unit, boolean empty) {
                super.updateItem(unit, empty);
                setText(empty || unit == null ? null : unit.words());
                setTooltip(!empty && unit instanceof Unit.Group ? new Tooltip(unit.words()) : null);
            }
        });
        column.setComparator(ORDER);
        column.setPrefWidth(94);
        return column;
    }

    private static TableColumn<Net.Edge, Net.Edge> value() {
        TableColumn<Net.Edge, Net.Edge> column = new TableColumn<>();
        Label title = new Label(Words.of("centre.circuit.edges.value"));
        title.setTooltip(new Tooltip(Words.of("centre.circuit.edges.value.more")));
        column.setGraphic(title);
        column.setId("edge-value");
        column.setPrefWidth(66);
        column.setCellValueFactory(row -> new SimpleObjectProperty<>(row.getValue()));
        column.setCellFactory(c -> new TableCell<>() {
            @Override
            protected void updateItem(Net.@Nullable Edge edge, boolean empty) {
                super.updateItem(edge, empty);
                setText(empty || edge == null ? null : CircuitLook.value(edge));
            }
        });
        column.setComparator(Comparator.comparingDouble(Net.Edge::strength));
        return column;
    }
}

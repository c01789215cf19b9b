package sirkuit.app.runs.pane;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import java.util.Comparator;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.collections.transformation.SortedList;
import javafx.scene.Node;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Line;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.runs.ChosenOnWarning;
import sirkuit.app.runs.RunColours;
import sirkuit.app.runs.RunColumns;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunsModel;

/// All runs with gain and forgetting. Pinned runs come first, in every sort order.
final class RunsTable extends StackPane {
    private static final int ROOM_FOR_ALL = 540;
    private static final Comparator<RunModel> PINNED_FIRST =
            Comparator.comparing(r -> !r.label().get().pinned());

    private final TableView<RunModel> table = named(styled(new TableView<>(), "dense", "runs-table"), "runs-table");

    /// A run as its name cell shows it, with a star if the reported texts were used to choose the kept step.
    private record Named(RunModel run, String name, boolean pinned) {
        @Override
        public String toString() {
            return name;
        }
    }

    RunsTable(RunsModel model, RunMenu menu, ObservableValue<Theme> theme) {
        SortedList<RunModel> sorted = new SortedList<>(model.runs());
        sorted.comparatorProperty()
                .bind(Bindings.createObjectBinding(() -> order(table.getComparator()), table.comparatorProperty()));
        table.setSortPolicy(t -> true); // the list sorts itself
        table.setItems(sorted);
        table.setPlaceholder(new Label(""));
        table.setAccessibleText(Words.of("runs.table"));
        table.getColumns().add(name(theme));
        List<TableColumn<RunModel, ?>> figures = RunColumns.all(model);
        table.getColumns().addAll(figures);
        table.setTableMenuButtonVisible(true);
        TableColumn<RunModel, ?> learnt = figures.get(1);
        table.widthProperty().subscribe((was, now) -> {
            double needed = needed(learnt);
            boolean room = now.doubleValue() > needed;
            if (room != was.doubleValue() > needed || was.doubleValue() == 0) {
                figures.getFirst().setVisible(room);
            }
        });
        learnt.visibleProperty().subscribe(shown -> figures.getFirst()
                .setVisible(table.getWidth() == 0 || table.getWidth() > needed(learnt)));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.getSelectionModel().selectedItemProperty().subscribe(run -> {
            if (run != null) {
                model.selected().set(run);
            }
        });
        model.selected().subscribe(run -> {
            if (run != null && table.getSelectionModel().getSelectedItem() != run) {
                table.getSelectionModel().select(run);
                table.scrollTo(run);
            }
        });
        table.setContextMenu(menu.context());
        table.setOnKeyPressed(menu::typed);
        getChildren().add(table);
    }

    /// Width from which the column with the trained heads fits too.
    private static double needed(TableColumn<RunModel, ?> learnt) {
        return ROOM_FOR_ALL + (learnt.isVisible() ? learnt.getPrefWidth() : 0);
    }

    private static Comparator<RunModel> order(@Nullable Comparator<RunModel> chosen) {
        Comparator<RunModel> order = chosen == null ? PINNED_FIRST : PINNED_FIRST.thenComparing(chosen);
        return order.thenComparingInt(RunModel::number);
    }

    /// The columns to choose from, for people who cannot reach the table's own button.
    List<MenuItem> columns() {
        return table.getColumns().stream()
                .skip(1) // the run's name is always shown
                .map(c -> {
                    CheckMenuItem item = new CheckMenuItem(c.getText());
                    item.selectedProperty().bindBidirectional(c.visibleProperty());
                    return (MenuItem) item;
                })
                .toList();
    }

    private static TableColumn<RunModel, Named> name(ObservableValue<Theme> theme) {
        TableColumn<RunModel, Named> column = new TableColumn<>(Words.of("runs.column.run"));
        column.setPrefWidth(190);
        column.setMinWidth(125);
        column.setComparator(Comparator.comparing(Named::name, String.CASE_INSENSITIVE_ORDER));
        column.setCellValueFactory(row -> {
            RunModel run = row.getValue();
            return Bindings.createObjectBinding(
                    () -> new Named(
                            run, ChosenOnWarning.marked(run), run.label().get().pinned()),
                    run.label(),
                    run.evaluations());
        });
        column.setCellFactory(c -> new TableCell<>() {
            @Override
            protected void updateItem(@Nullable Named named, boolean empty) {
                super.updateItem(named, empty);
                setText(empty || named == null ? null : named.name);
                // Names may be cut, and a symbol does not explain itself.
                setTooltip(
                        empty || named == null
                                ? null
                                : new Tooltip((named.run.precomputed()
                                                ? Words.of("runs.precomputed.more", named.run.name())
                                                : named.run.name())
                                        + ChosenOnWarning.words(named.run)));
                setGraphic(empty || named == null ? null : sign(named, theme.getValue()));
            }
        });
        theme.subscribe(t -> {
            if (column.getTableView() != null) {
                column.getTableView().refresh();
            }
        });
        return column;
    }

    private static Node sign(Named named, Theme theme) {
        Line line = new Line(0, 0, 14, 0);
        line.setStrokeWidth(3);
        line.setStroke(RunColours.of(theme).line(named.run.number()));
        HBox signs = styled(new HBox(line), "run-sign");
        if (named.run.precomputed()) {
            signs.getChildren().add(sign(Feather.PACKAGE, "runs.precomputed"));
        }
        if (named.pinned) {
            signs.getChildren().add(sign(Feather.BOOKMARK, "runs.pinned"));
        }
        return signs;
    }

    private static Node sign(Feather picture, String words) {
        Node sign = styled(Icons.of(picture), "pin");
        sign.setAccessibleText(Words.of(words));
        return sign;
    }
}

package sirkuit.app.runs;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import java.util.function.Function;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Line;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Theme;

/// All runs with what they gained and what they forgot.
final class RunsTable extends StackPane {
    private static final int ROOM_FOR_ALL = 540;

    RunsTable(RunsModel model, ObservableValue<Theme> theme) {
        TableView<RunModel> table = named(styled(new TableView<>(), "dense", "runs-table"), "runs-table");
        table.setItems(model.runs());
        table.setPlaceholder(new Label(""));
        table.getColumns().add(name(theme));
        TableColumn<RunModel, String> heads = text("Heads", 88, RunModel::trained);
        heads.visibleProperty().bind(table.widthProperty().greaterThan(ROOM_FOR_ALL));
        table.getColumns().add(heads);
        table.getColumns().add(text("Target %", 100, r -> change(r.targetBefore(), r.targetNow())));
        table.getColumns().add(text("Source %", 100, r -> change(r.sourceBefore(), r.sourceNow())));
        table.getColumns().add(text("Forgotten", 90, RunsTable::forgotten));
        table.getColumns().add(text("Status", 88, RunsTable::status));
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
        table.setContextMenu(menu(model));
        getChildren().add(table);
    }

    /// The same as the buttons above.
    private static ContextMenu menu(RunsModel model) {
        MenuItem pause = new MenuItem("Pause");
        pause.disableProperty().bind(model.forbidden(RunModel.Status::active));
        pause.setOnAction(e -> model.pauseSelected());
        MenuItem resume = new MenuItem("Go on");
        resume.disableProperty().bind(model.forbidden(RunModel.Status::resumable));
        resume.setOnAction(e -> model.resumeSelected());
        return new ContextMenu(pause, resume);
    }

    private static TableColumn<RunModel, RunModel> name(ObservableValue<Theme> theme) {
        TableColumn<RunModel, RunModel> column = new TableColumn<>("Run");
        column.setPrefWidth(190);
        column.setMinWidth(110);
        column.setCellValueFactory(row -> Bindings.createObjectBinding(row::getValue));
        column.setCellFactory(c -> new TableCell<>() {
            @Override
            protected void updateItem(@Nullable RunModel run, boolean empty) {
                super.updateItem(run, empty);
                setText(empty || run == null ? null : run.name());
                setGraphic(empty || run == null ? null : swatch(run, theme.getValue()));
            }
        });
        theme.subscribe(t -> {
            if (column.getTableView() != null) {
                column.getTableView().refresh();
            }
        });
        return column;
    }

    private static Line swatch(RunModel run, Theme theme) {
        Line line = new Line(0, 0, 14, 0);
        line.setStrokeWidth(3);
        line.setStroke(RunColours.of(theme).line(run.number()));
        return line;
    }

    private static TableColumn<RunModel, String> text(String title, double width, Function<RunModel, String> words) {
        TableColumn<RunModel, String> column = new TableColumn<>(title);
        column.setPrefWidth(width);
        column.setMinWidth(width - 8);
        column.setCellValueFactory(row -> {
            RunModel run = row.getValue();
            return Bindings.createStringBinding(
                    () -> words.apply(run), new Observable[] {run.evaluations(), run.status(), run.progress()});
        });
        return column;
    }

    private static String change(@Nullable Double before, @Nullable Double now) {
        return before == null || now == null
                ? "–"
                : Numbers.decimal(100 * before, 1) + " → " + Numbers.decimal(100 * now, 1);
    }

    private static String forgotten(RunModel run) {
        Double points = run.forgetting();
        return points == null ? "–" : Numbers.signed(points, 1) + " pts";
    }

    private static String status(RunModel run) {
        return run.status().get() == RunModel.Status.RUNNING
                ? Math.round(100 * run.progress().get()) + " %"
                : run.status().get().words();
    }
}

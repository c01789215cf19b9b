package sirkuit.app.browser;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import java.util.AbstractList;
import java.util.RandomAccess;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;

/// The rows that are shown. The table holds only their numbers; the content of a cell is fetched when it becomes
/// visible.
final class RowsTable extends StackPane {
    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
    private static final int ROOM_FOR_ALL = 560;
    private static final int ROOM_FOR_LABEL = 340;

    private final BrowserModel model;
    private final TableView<Integer> table = named(styled(new TableView<>(), "dense", "data-table"), "data-table");
    private final TableColumn<Integer, Integer> sureness;
    private boolean refreshing;

    /// Row numbers without an object for each.
    private static final class Numbered extends AbstractList<Integer> implements RandomAccess {
        private final int[] rows;

        Numbered(int[] rows) {
            this.rows = rows;
        }

        @Override
        public Integer get(int index) {
            return rows[index];
        }

        @Override
        public int size() {
            return rows.length;
        }
    }

    /// The content of a column for a row.
    private interface Said {
        String of(Predictions rows, int row);
    }

    RowsTable(BrowserModel model) {
        this.model = model;
        table.setPlaceholder(new Label(Words.of("data.none")));
        TableColumn<Integer, Integer> number =
                column(Words.of("data.column.row"), 52, (r, i) -> Numbers.count(i), null);
        number.visibleProperty().bind(table.widthProperty().greaterThan(ROOM_FOR_ALL));
        TableColumn<Integer, Integer> text = column(Words.of("data.column.text"), 260, RowsTable::text, null);
        text.setMinWidth(120);
        TableColumn<Integer, Integer> label =
                column(Words.of("data.column.label"), 78, (r, i) -> r.labels().get(r.label(i)), null);
        label.visibleProperty().bind(table.widthProperty().greaterThan(ROOM_FOR_LABEL));
        TableColumn<Integer, Integer> before = column(
                Words.of("data.column.before"),
                96,
                (r, i) -> said(r, r.before(), i),
                (r, i) -> right(r, r.before(), i));
        TableColumn<Integer, Integer> predicted = column(
                Words.of("data.column.predicted"),
                96,
                (r, i) -> said(r, r.answers(), i),
                (r, i) -> right(r, r.answers(), i));
        sureness = column(
                Words.of("data.column.confidence"),
                66,
                (r, i) -> percent(r.answers().confidence(i)),
                null);
        sureness.setSortable(true);
        table.getColumns().add(number);
        table.getColumns().add(text);
        table.getColumns().add(label);
        model.asked()
                .subscribe(q -> before.setText(
                        q == null || q.against() == null
                                ? Words.of("data.column.before")
                                : q.against().name()));
        table.getColumns().add(before);
        table.getColumns().add(predicted);
        table.getColumns().add(sureness);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        table.setSortPolicy(t -> {
            model.order().set(order());
            return true;
        });
        table.getSelectionModel().selectedItemProperty().subscribe(row -> {
            if (!refreshing) {
                model.selected().set(row);
            }
        });
        MenuItem copy = new MenuItem(Words.of("data.copy"));
        copy.setOnAction(e -> copy());
        copy.setAccelerator(COPY);
        table.setContextMenu(new ContextMenu(copy));
        table.setOnKeyPressed(e -> {
            if (COPY.match(e)) {
                copy();
                e.consume();
            }
        });
        model.shown().subscribe(shown -> {
            Predictions rows = model.rows().get();
            before.setVisible(rows != null && rows.before() != null);
            show(shown);
        });
        getChildren().add(table);
    }

    private static String percent(double share) {
        return Math.round(100 * share) + "\u202f%";
    }

    private static String text(Predictions rows, int row) {
        String pair = rows.pair(row);
        return (pair == null ? rows.text(row) : rows.text(row) + "  |  " + pair).replaceAll("\\s+", " ");
    }

    private static String said(Predictions rows, @Nullable Answers answers, int row) {
        return answers == null || row >= answers.size() ? "" : rows.labels().get(answers.predicted(row));
    }

    private static @Nullable Boolean right(Predictions rows, @Nullable Answers answers, int row) {
        return answers == null || row >= answers.size() ? null : (Boolean) (answers.predicted(row) == rows.label(row));
    }

    private BrowserModel.Order order() {
        if (!table.getSortOrder().contains(sureness)) {
            return BrowserModel.Order.FILE;
        }
        return sureness.getSortType() == TableColumn.SortType.ASCENDING
                ? BrowserModel.Order.LEAST_SURE
                : BrowserModel.Order.MOST_SURE;
    }

    private void show(Filtered shown) {
        refreshing = true;
        Integer chosen = model.selected().get();
        table.setItems(FXCollections.observableList(new Numbered(shown.rows())));
        int at = chosen == null ? -1 : table.getItems().indexOf(chosen);
        if (at >= 0) {
            table.getSelectionModel().select(at);
        } else {
            table.getSelectionModel().clearSelection();
        }
        refreshing = false;
        table.refresh(); // the same rows may say more now
        if (at < 0) {
            model.selected().set(null);
        }
    }

    private void copy() {
        Integer row = table.getSelectionModel().getSelectedItem();
        if (row != null) {
            ClipboardContent content = new ClipboardContent();
            content.putString(model.line(row));
            Clipboard.getSystemClipboard().setContent(content);
        }
    }

    /// Whether a cell's content is right; null where that does not apply.
    private interface Judged {
        @Nullable
        Boolean of(Predictions rows, int row);
    }

    private TableColumn<Integer, Integer> column(String title, double width, Said words, @Nullable Judged judged) {
        TableColumn<Integer, Integer> column = new TableColumn<>(title);
        column.setPrefWidth(width);
        column.setMinWidth(Math.min(width, 60));
        column.setSortable(false);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(c -> new TableCell<>() {
            @Override
            protected void updateItem(@Nullable Integer row, boolean empty) {
                super.updateItem(row, empty);
                Predictions rows = model.rows().get();
                if (empty || row == null || rows == null) {
                    setText(null);
                    setGraphic(null);
                    return;
                }
                setText(words.of(rows, row));
                Boolean right = judged == null ? null : judged.of(rows, row);
                setGraphic(right == null ? null : mark(right));
            }
        });
        return column;
    }

    private static FontIcon mark(boolean right) {
        FontIcon icon = styled(Icons.of(right ? Feather.CHECK : Feather.X), right ? "mark-right" : "mark-wrong");
        icon.setAccessibleText(right ? Words.of("data.filter.right") : Words.of("data.filter.wrong"));
        return icon;
    }
}

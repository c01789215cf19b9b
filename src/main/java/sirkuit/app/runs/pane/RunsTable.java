package sirkuit.app.runs.pane;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableColumn;
import javafx.scene.control.TreeTableRow;
import javafx.scene.control.TreeTableView;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunsModel;
import sirkuit.app.runs.table.RunColumns;
import sirkuit.app.runs.table.RunResultWords;
import sirkuit.app.runs.table.RunRow;
import sirkuit.app.runs.table.RunRows;

/// All runs with gain and forgetting, those of a study below a line for each strategy with mean and interval. Pinned
/// runs come first, in every sort order. The name takes the spare width; in a narrow table the columns that matter
/// least are left out.
final class RunsTable extends StackPane {
    /// Up to this many studies are shown open.
    private static final int OPEN_STUDIES = 3;

    private static final double LEAST_NAME = 150;
    private static final double SCROLL_BAR = 16;

    /// The columns that a narrow table leaves out, the first one first.
    private static final List<String> DISPENSABLE =
            List.of("runs-rate", "runs-strategy", "runs-seed", "runs-trained", "runs-source");

    private final RunsModel model;
    private final TreeTableView<RunRow> table =
            named(styled(new TreeTableView<>(), "dense", "runs-table"), "runs-table");
    private final TreeItem<RunRow> root = new TreeItem<>();
    private final Map<RunModel, TreeItem<RunRow>> items = new HashMap<>();
    private final TreeTableColumn<RunRow, RunNameCell.Named> name;
    private final Map<TreeTableColumn<RunRow, ?>, Boolean> fitted = new HashMap<>();
    private boolean filling;

    /// @param pair shows two runs that are selected together
    RunsTable(RunsModel model, RunMenu menu, ObservableValue<Theme> theme, Runnable pair) {
        this.model = model;
        name = RunNameCell.column(theme);
        table.setRoot(root);
        table.setShowRoot(false);
        table.setPlaceholder(new Label(""));
        table.setAccessibleText(Words.of("runs.table"));
        table.getColumns().add(name);
        table.getColumns().addAll(RunColumns.all(model));
        table.setTreeColumn(name);
        table.setTableMenuButtonVisible(true);
        table.setColumnResizePolicy(TreeTableView.UNCONSTRAINED_RESIZE_POLICY);
        table.setSortPolicy(t -> {
            sort();
            return true;
        });
        table.setRowFactory(t -> new Row());
        table.widthProperty().subscribe(w -> fit());
        for (TreeTableColumn<RunRow, ?> column : table.getColumns()) {
            column.visibleProperty().subscribe(v -> share());
            if (column != name) {
                column.widthProperty().subscribe(w -> share());
            }
        }
        new RunRows(model, this::fill);
        table.getSelectionModel().selectedItemProperty().subscribe(item -> {
            if (!filling && item != null && item.getValue() instanceof RunRow.One(RunModel run)) {
                model.selected().set(run);
            }
        });
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.getSelectionModel().getSelectedItems().addListener((ListChangeListener<TreeItem<RunRow>>)
                c -> selectedTogether(pair));
        model.selected().subscribe(this::reveal);
        model.runs().addListener((ListChangeListener<RunModel>) c -> resort(c));
        table.setContextMenu(menu.context());
        table.setOnKeyPressed(menu::typed);
        getChildren().add(table);
    }

    /// A line, with a tooltip that says all of it: names may be cut, and columns may be left out.
    private static final class Row extends TreeTableRow<RunRow> {
        private final Tooltip all = new Tooltip();

        Row() {
            all.setOnShowing(e -> all.setText(getItem() == null ? "" : RunResultWords.all(getItem())));
        }

        @Override
        protected void updateItem(@Nullable RunRow row, boolean empty) {
            super.updateItem(row, empty);
            setTooltip(empty || row == null ? null : all);
            pseudoClassStateChanged(
                    javafx.css.PseudoClass.getPseudoClass("group"), !empty && !(row instanceof RunRow.One));
        }
    }

    private void fill(List<RunRow> rows) {
        filling = true;
        Set<String> closed = new HashSet<>();
        Set<String> open = new HashSet<>();
        for (TreeItem<RunRow> item : root.getChildren()) {
            remember(item, open, closed);
        }
        items.clear();
        long studies = rows.stream().filter(r -> r instanceof RunRow.OfStudy).count();
        List<TreeItem<RunRow>> made = rows.stream().map(this::item).toList();
        for (TreeItem<RunRow> item : made) {
            open(item, open, closed, studies <= OPEN_STUDIES);
        }
        table.getSelectionModel().clearSelection();
        root.getChildren().setAll(made);
        sort();
        filling = false;
        reveal(model.selected().get());
    }

    private static String key(RunRow row) {
        return switch (row) {
            case RunRow.OfStudy study -> study.study();
            case RunRow.OfStrategy strategy ->
                strategy.study() + "/" + strategy.runs().getFirst().texts().target() + "/" + strategy.strategy();
            case RunRow.One one -> "";
        };
    }

    private static void remember(TreeItem<RunRow> item, Set<String> open, Set<String> closed) {
        if (!item.isLeaf()) {
            (item.isExpanded() ? open : closed).add(key(item.getValue()));
            item.getChildren().forEach(c -> remember(c, open, closed));
        }
    }

    private static void open(TreeItem<RunRow> item, Set<String> open, Set<String> closed, boolean few) {
        String key = key(item.getValue());
        boolean study = item.getValue() instanceof RunRow.OfStudy;
        item.setExpanded(open.contains(key) || (study && few && !closed.contains(key)));
        item.getChildren().forEach(c -> open(c, open, closed, few));
    }

    private TreeItem<RunRow> item(RunRow row) {
        TreeItem<RunRow> item = new TreeItem<>(row);
        switch (row) {
            case RunRow.One(RunModel run) -> items.put(run, item);
            case RunRow.OfStudy study ->
                item.getChildren()
                        .setAll(study.strategies().stream().map(this::item).toList());
            case RunRow.OfStrategy strategy ->
                item.getChildren()
                        .setAll(strategy.runs().stream()
                                .map(run -> item(new RunRow.One(run)))
                                .toList());
        }
        return item;
    }

    /// Opens what the run is in and shows it.
    private void reveal(@Nullable RunModel run) {
        TreeItem<RunRow> item = run == null ? null : items.get(run);
        if (item == null || table.getSelectionModel().getSelectedItem() == item) {
            return;
        }
        for (TreeItem<RunRow> above = item.getParent(); above != null; above = above.getParent()) {
            above.setExpanded(true);
        }
        int row = table.getRow(item);
        if (row >= 0) {
            table.getSelectionModel().clearAndSelect(row);
            table.scrollTo(row);
        }
    }

    /// Two runs that are selected together are compared.
    private void selectedTogether(Runnable pair) {
        List<RunModel> together = table.getSelectionModel().getSelectedItems().stream()
                .filter(i -> i != null && i.getValue() instanceof RunRow.One)
                .flatMap(i -> i.getValue().runs().stream())
                .filter(run -> run != model.selected().get())
                .toList();
        if (!filling
                && together.size() == 1
                && table.getSelectionModel().getSelectedItems().size() == 2) {
            model.second().set(together.getFirst());
            pair.run();
        }
    }

    /// What is sorted by may have changed.
    private void resort(ListChangeListener.Change<? extends RunModel> change) {
        while (change.next()) {
            if (change.wasUpdated()) {
                sort();
                return;
            }
        }
    }

    private void sort() {
        Comparator<TreeItem<RunRow>> chosen = table.getComparator();
        Comparator<TreeItem<RunRow>> order = Comparator.comparing(i -> !pinned(i.getValue()));
        order = chosen == null ? order : order.thenComparing(chosen);
        sort(root, order.thenComparingInt(i -> i.getValue().runs().getFirst().number()));
    }

    private static void sort(TreeItem<RunRow> above, Comparator<TreeItem<RunRow>> order) {
        List<TreeItem<RunRow>> sorted =
                above.getChildren().stream().sorted(order).toList();
        if (!sorted.equals(above.getChildren())) {
            above.getChildren().setAll(sorted);
        }
        above.getChildren().stream().filter(i -> !i.isLeaf()).forEach(i -> sort(i, order));
    }

    private static boolean pinned(RunRow row) {
        return row instanceof RunRow.One(RunModel run) && run.label().get().pinned();
    }

    /// Leaves out as many columns as it takes for the others to fit, unless the user has chosen otherwise.
    private void fit() {
        double room = table.getWidth() - LEAST_NAME - SCROLL_BAR;
        for (TreeTableColumn<RunRow, ?> column : table.getColumns()) {
            if (column != name && column.isVisible() && !DISPENSABLE.contains(column.getId())) {
                room -= column.getPrefWidth();
            }
        }
        for (String id : DISPENSABLE.reversed()) {
            for (TreeTableColumn<RunRow, ?> column : table.getColumns()) {
                if (id.equals(column.getId())) {
                    room -= column.getPrefWidth();
                    boolean fits = room >= 0;
                    if (column.isVisible() == fitted.getOrDefault(column, true)) {
                        column.setVisible(fits);
                        fitted.put(column, fits);
                    }
                }
            }
        }
        share();
    }

    /// Gives the name what the other columns leave.
    private void share() {
        double others = table.getColumns().stream()
                .filter(c -> c != name && c.isVisible())
                .mapToDouble(TreeTableColumn::getWidth)
                .sum();
        name.setPrefWidth(Math.max(LEAST_NAME, table.getWidth() - others - SCROLL_BAR));
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
}

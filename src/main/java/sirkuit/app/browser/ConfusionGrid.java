package sirkuit.app.browser;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.styled;

import java.util.Arrays;
import java.util.List;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;

/// The confusion matrix: a row for each label, a column for each predicted class. Clicking a cell shows its texts; a
/// second click shows all texts again.
final class ConfusionGrid extends GridPane {
    private static final int MOST = 16;
    private static final double STRONGEST = 0.55;
    private static final int SHORT = 8;
    /// There is room for the short names of so many classes.
    private static final int FEW = 4;

    private final BrowserModel model;
    private List<String> labels = List.of();
    private ToggleButton[][] cells = new ToggleButton[0][0];
    private Region[][] fills = new Region[0][0];

    ConfusionGrid(BrowserModel model) {
        this.model = model;
        named(styled(this, "confusion"), "confusion");
        model.shown().subscribe(this::show);
        model.filter().subscribe(f -> mark());
    }

    private void show(Filtered shown) {
        Predictions rows = model.rows().get();
        if (rows == null) {
            return;
        }
        if (!labels.equals(rows.labels())) {
            build(rows.labels());
        }
        for (int gold = 0; gold < cells.length; gold++) {
            int all = Math.max(1, Arrays.stream(shown.confusion()[gold]).sum());
            for (int said = 0; said < cells.length; said++) {
                int count = shown.confusion()[gold][said];
                cells[gold][said].setText(Numbers.count(count));
                String words = Words.of(
                        "data.cell",
                        labels.get(gold),
                        labels.get(said),
                        Numbers.count(count),
                        Numbers.percent(count / (double) all));
                cells[gold][said].setAccessibleText(words);
                cells[gold][said].getTooltip().setText(words);
                fills[gold][said].setOpacity(STRONGEST * count / all);
            }
        }
        mark();
    }

    private void build(List<String> names) {
        labels = names;
        getChildren().clear();
        getColumnConstraints().clear();
        if (names.size() > MOST) {
            cells = new ToggleButton[0][0];
            fills = new Region[0][0];
            add(note(Words.of("data.confusion.many", Numbers.count(names.size()))), 0, 0);
            return;
        }
        int n = names.size();
        getColumnConstraints().add(new ColumnConstraints());
        cells = new ToggleButton[n][n];
        fills = new Region[n][n];
        for (int c = 0; c < n; c++) {
            ColumnConstraints column = new ColumnConstraints(34, 60, Double.MAX_VALUE);
            column.setHgrow(Priority.ALWAYS);
            column.setHalignment(HPos.CENTER);
            getColumnConstraints().add(column);
            add(name(names.get(c), true, n), c + 1, 0);
            add(name(names.get(c), false, n), 0, c + 1);
            for (int said = 0; said < n; said++) {
                add(cell(c, said), said + 1, c + 1);
            }
        }
    }

    private static Label name(String text, boolean column, int classes) {
        // The whole name is in the tooltip, and beside the line.
        Label label =
                styled(new Label(column && text.length() > SHORT ? text.substring(0, SHORT - 1) + "…" : text), "note");
        label.setTooltip(new Tooltip(text));
        if (classes <= FEW && label.getText().length() <= SHORT) {
            label.setMinWidth(USE_PREF_SIZE);
        }
        return label;
    }

    private StackPane cell(int gold, int said) {
        ToggleButton cell = named(styled(new ToggleButton(), "confusion-cell"), "cell-" + gold + "-" + said);
        Region fill = styled(new Region(), "confusion-fill", gold == said ? "right" : "wrong");
        if (gold == said) {
            cell.getStyleClass().add("right");
        }
        cell.setTooltip(new Tooltip());
        cell.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
        cell.setMinWidth(0);
        cell.setOnAction(e -> model.filter().set(model.filter().get().toggled(gold, said)));
        cells[gold][said] = cell;
        fills[gold][said] = fill;
        return new StackPane(fill, cell);
    }

    private void mark() {
        Filter filter = model.filter().get();
        for (int gold = 0; gold < cells.length; gold++) {
            for (int said = 0; said < cells.length; said++) {
                cells[gold][said].setSelected(chosen(filter, gold, said));
            }
        }
    }

    private static boolean chosen(@Nullable Filter filter, int gold, int said) {
        return filter != null && filter.label() == gold && filter.predicted() == said;
    }
}

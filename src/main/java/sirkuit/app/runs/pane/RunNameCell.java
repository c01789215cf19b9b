package sirkuit.app.runs.pane;

import static sirkuit.app.look.Boxes.styled;

import java.util.Comparator;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TreeTableCell;
import javafx.scene.control.TreeTableColumn;
import javafx.scene.layout.HBox;
import javafx.scene.shape.Line;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.runs.ChosenOnWarning;
import sirkuit.app.runs.RunColours;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.StudyPlace;
import sirkuit.app.runs.table.RunRow;
import sirkuit.figure.LineStyle;

/// The name of a run, with its line and its number as in the plots, or that of a study or strategy.
final class RunNameCell extends TreeTableCell<RunRow, RunNameCell.Named> {
    private static final double SIGN = 22;

    private final ObservableValue<Theme> theme;

    /// A line as the cell shows it; a run has a star if the reported texts were used to choose the kept step.
    record Named(RunRow row, String name, boolean pinned) {
        @Override
        public String toString() {
            return name;
        }
    }

    private RunNameCell(ObservableValue<Theme> theme) {
        this.theme = theme;
    }

    static TreeTableColumn<RunRow, Named> column(ObservableValue<Theme> theme) {
        TreeTableColumn<RunRow, Named> column = new TreeTableColumn<>(Words.of("runs.column.run"));
        column.setPrefWidth(190);
        column.setMinWidth(125);
        column.setComparator(Comparator.comparing(Named::name, String.CASE_INSENSITIVE_ORDER));
        column.setCellValueFactory(line -> {
            RunRow row = line.getValue().getValue();
            return switch (row) {
                case RunRow.OfStudy study -> Bindings.createObjectBinding(() -> new Named(row, study.study(), false));
                case RunRow.OfStrategy strategy ->
                    Bindings.createObjectBinding(() -> new Named(row, strategy.strategy(), false));
                case RunRow.One(RunModel run) ->
                    Bindings.createObjectBinding(
                            () -> new Named(row, name(run), run.label().get().pinned()),
                            run.label(),
                            run.evaluations());
            };
        });
        column.setCellFactory(c -> new RunNameCell(theme));
        theme.subscribe(t -> {
            if (column.getTreeTableView() != null) {
                column.getTreeTableView().refresh();
            }
        });
        return column;
    }

    /// Below its strategy a run of a study differs by its seed alone, unless it was given a name.
    private static String name(RunModel run) {
        StudyPlace place = run.place();
        return place == null || run.label().get().name() != null
                ? ChosenOnWarning.marked(run)
                : ChosenOnWarning.marked(run, Words.of("runs.row.seed", place.seed() + ""));
    }

    @Override
    protected void updateItem(@Nullable Named named, boolean empty) {
        super.updateItem(named, empty);
        setText(empty || named == null ? null : named.name);
        setGraphic(empty || named == null ? null : sign(named));
    }

    private @Nullable Node sign(Named named) {
        if (!(named.row instanceof RunRow.One(RunModel run))) {
            return named.row instanceof RunRow.OfStudy ? sign(Feather.LAYERS, "runs.study.heading") : null;
        }
        RunColours colours = RunColours.of(theme.getValue());
        Line line = new Line(0, 0, SIGN, 0);
        line.setStrokeWidth(3);
        line.setStroke(colours.line(run.number()));
        for (float length : LineStyle.SOLID.dashes(colours.round(run.number()))) {
            line.getStrokeDashArray().add(length / 2.0);
        }
        HBox signs = styled(new HBox(line, styled(new Label(run.number() + 1 + ""), "run-number")), "run-sign");
        if (run.precomputed()) {
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

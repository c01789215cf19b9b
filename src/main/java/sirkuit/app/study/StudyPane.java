package sirkuit.app.study;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;

import java.util.Comparator;
import java.util.function.Function;
import javafx.animation.PauseTransition;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Boxes;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.table.RunColumns;
import sirkuit.app.runs.table.RunResultWords;
import sirkuit.record.LearningRate;
import sirkuit.study.Study;
import sirkuit.study.StudyTable;

/// A study: how many of its runs have finished, and their results as means over the seeds with 95 % intervals.
public final class StudyPane extends VBox {
    private final StudiesModel model;
    private final ComboBox<Study> choice = named(new ComboBox<>(), "study-choice");
    private final ProgressBar bar = named(new ProgressBar(0), "study-progress");
    private final Label count = named(new Label(), "study-count");
    private final Button pause = Icons.only(new Button(), Feather.PAUSE, Words.of("runs.study.pause"));
    private final Button goOn = Icons.only(new Button(), Feather.PLAY, Words.of("runs.study.goOn"));
    private final TableView<StudyTable.Row> table =
            named(styled(new TableView<>(), "dense", "runs-table"), "study-table");
    private final TableColumn<StudyTable.Row, RunColumns.Shown> learnt = column(
            "learnt", 110, r -> new RunColumns.Shown(0, r.targetName()), Comparator.comparing(RunColumns.Shown::words));
    private final VBox verdicts = collapsing(named(styled(new VBox(), "study-verdicts"), "study-verdict"));
    private final PauseTransition soon = new PauseTransition(Duration.millis(150));

    public StudyPane(StudiesModel model) {
        this.model = model;
        getStyleClass().add("study");
        choice.setItems(model.studies());
        choice.setAccessibleText(Words.of("runs.study.heading"));
        named(pause, "study-pause").setOnAction(e -> with(model::pause));
        named(goOn, "study-go-on").setOnAction(e -> with(model::goOn));
        bar.setAccessibleText(Words.of("runs.study.progress"));
        learnt.setVisible(false);
        table.getColumns().add(learnt);
        table.getColumns()
                .add(column(
                        "strategy",
                        130,
                        r -> new RunColumns.Shown(0, trained(r)),
                        Comparator.comparing(s -> s.words())));
        table.getColumns().add(spread("target", StudyTable.Row::target));
        table.getColumns().add(spread("source", StudyTable.Row::source));
        table.getColumns().add(spread("forgotten", StudyTable.Row::forgetting));
        table.getColumns().add(column("against", 150, r -> against(r.targetAgainst()), null));
        table.getColumns()
                .add(column(
                        "runs",
                        70,
                        r -> new RunColumns.Shown(r.target().runs(), r.target().runs() + ""),
                        null));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setRowFactory(t -> new Line());
        table.setPlaceholder(note(Words.of("runs.study.none")));
        table.setTableMenuButtonVisible(true);
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren()
                .addAll(
                        row(choice, bar, count, gap(), pause, goOn),
                        verdicts,
                        table,
                        note(Words.of("runs.row.interval")));
        choice.valueProperty().subscribe(s -> show());
        model.studies().addListener((ListChangeListener<Study>) c -> latest());
        soon.setOnFinished(e -> show());
        model.runs().runs().addListener((ListChangeListener<RunModel>) c -> {
            if (soon.getStatus() != javafx.animation.Animation.Status.RUNNING) {
                soon.playFromStart(); // many runs change at the same time
            }
        });
        latest();
    }

    private void latest() {
        if (!model.studies().isEmpty()) {
            choice.setValue(model.studies().getLast());
        }
        show();
    }

    private void with(java.util.function.Consumer<Study> action) {
        if (choice.getValue() != null) {
            action.accept(choice.getValue());
        }
    }

    private void show() {
        Study study = choice.getValue();
        int done = study == null ? 0 : model.finished(study);
        boolean going = study != null && model.of(study).stream().anyMatch(RunModel::active);
        bar.setProgress(study == null ? 0 : (double) done / study.size());
        count.setText(study == null ? "" : Words.of("runs.study.count", done + "", study.size() + ""));
        pause.setDisable(!going || model.runs().readOnly());
        goOn.setDisable(
                study == null || going || model.complete(study) || model.runs().readOnly());
        table.getItems()
                .setAll(study == null ? java.util.List.of() : model.table(study).rows());
        verdicts.getChildren()
                .setAll(
                        study == null || !model.complete(study)
                                ? java.util.List.of()
                                : VerdictWords.of(model.fair(study)).stream()
                                        .map(Boxes::note)
                                        .toList());
        verdicts.setVisible(!verdicts.getChildren().isEmpty());
        learnt.setVisible(table.getItems().stream()
                        .map(StudyTable.Row::targetName)
                        .distinct()
                        .count()
                > 1);
        table.sort();
    }

    private static TableColumn<StudyTable.Row, RunColumns.Shown> spread(
            String name, Function<StudyTable.Row, StudyTable.@Nullable Spread> of) {
        return column(name, 89, r -> RunColumns.Shown.of(of.apply(r), name.equals("forgotten")), null);
    }

    /// The difference to the first strategy, pair by pair of runs with the same seed, with its 95 % interval.
    private static RunColumns.Shown against(StudyTable.@Nullable Paired paired) {
        if (paired == null) {
            return new RunColumns.Shown(Double.NaN, "–");
        }
        String mean = Numbers.signed(paired.mean(), 1);
        return new RunColumns.Shown(
                paired.mean(),
                Double.isNaN(paired.low())
                        ? mean
                        : Words.of(
                                "runs.study.against",
                                mean,
                                Numbers.signed(paired.low(), 1),
                                Numbers.signed(paired.high(), 1)));
    }

    /// The strategy, with its learning rate where the study has several.
    private String trained(StudyTable.Row row) {
        Study study = choice.getValue();
        return study == null || !study.plan().severalRates()
                ? row.strategy()
                : row.strategy() + ", " + LearningRate.words(row.rate());
    }

    /// All of a line, for its tooltip.
    private String all(StudyTable.Row row) {
        return String.join(
                "\n",
                trained(row) + ", " + row.targetName(),
                RunResultWords.spread("runs.column.target", row.target()),
                RunResultWords.spread("runs.column.source", row.source()),
                RunResultWords.spread("runs.column.forgotten", row.forgetting()),
                Words.of("runs.row.interval"));
    }

    private final class Line extends TableRow<StudyTable.Row> {
        @Override
        protected void updateItem(StudyTable.@Nullable Row row, boolean empty) {
            super.updateItem(row, empty);
            setTooltip(empty || row == null ? null : new Tooltip(all(row)));
        }
    }

    private static TableColumn<StudyTable.Row, RunColumns.Shown> column(
            String name,
            double width,
            Function<StudyTable.Row, RunColumns.Shown> value,
            @Nullable Comparator<RunColumns.Shown> order) {
        TableColumn<StudyTable.Row, RunColumns.Shown> column = new TableColumn<>(Words.of("runs.column." + name));
        column.setPrefWidth(width);
        column.setComparator(order == null ? RunColumns.Shown.ORDER : order);
        column.setCellValueFactory(row -> new SimpleObjectProperty<>(value.apply(row.getValue())));
        return column;
    }
}

package sirkuit.app.runs.pane;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.scrolling;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.ObjectBinding;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.plot.AccuracyChart;
import sirkuit.app.plot.Plotted;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunsModel;
import sirkuit.app.runs.table.RunPair;
import sirkuit.run.RunGroup;
import sirkuit.run.state.RunState;

/// The selected run beside another one: their curves, the settings that differ, what each came to, and the way to the
/// sentences that they answer differently.
final class PairPane extends VBox {
    private static final double TABLE = 290;

    private final RunsModel model;
    private final GridPane table = named(styled(new GridPane(), "pair-table"), "pair-table");
    private final Label hint = named(styled(note(""), "empty-hint"), "pair-hint");
    private final ObjectBinding<@Nullable RunPair> pair;

    /// @param sentences shows the texts that two runs answer differently
    PairPane(
            RunsModel model,
            ObservableValue<Theme> theme,
            ObservableValue<Boolean> shown,
            Consumer<RunPair> sentences) {
        this.model = model;
        getStyleClass().add("pair");
        pair = Bindings.createObjectBinding(
                () -> {
                    RunModel a = model.selected().get();
                    RunModel b = model.second().get();
                    return a == null || b == null || a == b ? null : new RunPair(a, b);
                },
                model.selected(),
                model.second());
        ObjectBinding<@Nullable RunGroup<RunModel>> group =
                Bindings.createObjectBinding(this::group, new Observable[] {pair, model.groups()});
        AccuracyChart chart = new AccuracyChart(
                model, new Plotted(group, group.map(g -> List.<RunGroup<RunModel>>of(g)), false), theme, shown);
        chart.setId("pair-chart");
        chart.setMinSize(160, 80);
        ScrollPane lines = scrolling(table);
        lines.setFitToWidth(true);
        lines.setMinWidth(TABLE);
        lines.setPrefWidth(TABLE);
        lines.setMinHeight(0);
        HBox.setHgrow(chart, Priority.ALWAYS);
        HBox body = collapsing(new HBox(chart, lines));
        body.visibleProperty().bind(pair.isNotNull());
        body.setMinHeight(0);
        VBox.setVgrow(body, Priority.ALWAYS);
        collapsing(hint).visibleProperty().bind(pair.isNull());
        hint.setText(Words.of("runs.pair.none"));
        getChildren().addAll(choice(sentences), body, hint);
        pair.subscribe(this::show);
        model.runs().addListener((Observable o) -> show(pair.get()));
    }

    private HBox choice(Consumer<RunPair> sentences) {
        ComboBox<RunModel> other = named(new ComboBox<>(model.runs()), "pair-other");
        other.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable RunModel run) {
                return run == null ? "" : Words.of("runs.row.number", run.number() + 1 + "", run.name());
            }

            @Override
            public RunModel fromString(String text) {
                throw new UnsupportedOperationException("not editable");
            }
        });
        other.setPromptText(Words.of("runs.pair.choose"));
        other.setMinWidth(0);
        other.setMaxWidth(260);
        other.setAccessibleText(Words.of("runs.pair.with"));
        other.valueProperty().bindBidirectional(model.second());
        Button open = named(whole(styled(new Button(Words.of("runs.pair.sentences")), "small")), "pair-sentences");
        open.setTooltip(new Tooltip(Words.of("runs.pair.sentences.more")));
        open.disableProperty().bind(Bindings.createBooleanBinding(() -> !bothFinished(pair.get()), pair, model.runs()));
        open.setOnAction(e -> {
            RunPair now = pair.get();
            if (now != null) {
                sentences.accept(now);
            }
        });
        return styled(row(whole(new Label(Words.of("runs.pair.with"))), other, open), "pair-choice");
    }

    private static boolean bothFinished(@Nullable RunPair pair) {
        return pair != null
                && pair.first().status().get() == RunState.Status.FINISHED
                && pair.second().status().get() == RunState.Status.FINISHED;
    }

    /// Both runs, if their figures can be compared; otherwise the first.
    private @Nullable RunGroup<RunModel> group() {
        RunPair now = pair.get();
        RunGroup<RunModel> group = now == null ? null : model.groupOf(now.first());
        if (now == null || group == null) {
            return null;
        }
        List<RunModel> both = group.runs().stream()
                .filter(r -> r == now.first() || r == now.second())
                .toList();
        return new RunGroup<>(group.texts(), group.apart(), group.number(), both);
    }

    private void show(@Nullable RunPair now) {
        table.getChildren().clear();
        table.getColumnConstraints().clear();
        if (now == null) {
            return;
        }
        for (double share : new double[] {34, 33, 33}) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(share);
            table.getColumnConstraints().add(column);
        }
        line("", now.first().name(), now.second().name(), "field-name");
        now.results().forEach(r -> line(r.name(), r.first(), r.second(), "number"));
        if (!Objects.equals(model.groupOf(now.first()), model.groupOf(now.second()))) {
            across(Words.of("runs.pair.apart"));
        }
        if (!now.heads().isEmpty()) {
            across(now.heads());
        }
        List<RunPair.Row> settings = now.settings();
        across(Words.of(settings.isEmpty() ? "runs.pair.same" : "runs.pair.differ"));
        settings.forEach(r -> line(r.name(), r.first(), r.second(), "pair-value"));
    }

    private void line(String name, String first, String second, String style) {
        int row = table.getRowCount();
        table.add(styled(new Label(name), "note"), 0, row);
        table.add(value(first, style), 1, row);
        table.add(value(second, style), 2, row);
    }

    private static Label value(String words, String style) {
        Label label = styled(new Label(words), style);
        label.setTooltip(new Tooltip(words));
        label.setTextOverrun(javafx.scene.control.OverrunStyle.LEADING_ELLIPSIS);
        if (style.equals("field-name")) {
            label.setWrapText(true);
        }
        return label;
    }

    private void across(String words) {
        Label label = note(words);
        table.add(label, 0, table.getRowCount(), 3, 1);
    }
}

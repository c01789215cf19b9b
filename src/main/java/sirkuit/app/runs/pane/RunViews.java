package sirkuit.app.runs.pane;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Line;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.plot.AccuracyChart;
import sirkuit.app.plot.GroupShapes;
import sirkuit.app.plot.LossChart;
import sirkuit.app.plot.TargetPlots;
import sirkuit.app.plot.TradeOffChart;
import sirkuit.app.runs.LossHistory;
import sirkuit.app.runs.PlottedRuns;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunsModel;
import sirkuit.app.runs.table.RunPair;
import sirkuit.app.runs.table.RunResultWords;
import sirkuit.app.study.StudiesModel;
import sirkuit.app.study.StudyPane;
import sirkuit.run.RunGroup;
import sirkuit.run.RunKind;
import sirkuit.run.state.RunState;

/// The plots of the runs, one shown at a time, with buttons to choose it and a key to its symbols.
final class RunViews extends StackPane {
    /// The views to choose from.
    private enum View {
        ACCURACY,
        LOSS,
        TRADE_OFF,
        PAIR,
        STUDY;

        private String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final RunsModel model;
    private final StudiesModel studies;
    private final ObservableValue<Theme> theme;
    private final ObservableValue<Boolean> seen;
    private final Consumer<RunPair> sentences;
    private final ToggleGroup group = new ToggleGroup();
    private final HBox choice = styled(new HBox(), "view-choice");
    private final FlowPane parts = styled(new FlowPane(), "key");
    private final HBox key = styled(row(), "runs-key");
    private final Label some = named(note(""), "plotted-runs");
    private final BooleanProperty enlarged = new SimpleBooleanProperty();
    private final Map<View, Node> made = new EnumMap<>(View.class);
    private final Map<View, List<Node>> keys = new EnumMap<>(View.class);
    private boolean begun;

    RunViews(RunsModel model, StudiesModel studies, RunsPane.Surroundings surroundings) {
        this.model = model;
        this.studies = studies;
        theme = surroundings.theme();
        seen = surroundings.seen();
        sentences = surroundings.sentences();
        View[] all = View.values();
        for (View view : all) {
            ToggleButton button = named(
                    styled(
                            new ToggleButton(Words.of("runs.view." + view.id())),
                            "small",
                            view == all[0] ? "left-pill" : view == all[all.length - 1] ? "right-pill" : "center-pill"),
                    view.id() + "-view");
            whole(button).setUserData(view);
            button.setToggleGroup(group);
            button.setTooltip(new Tooltip(Words.of("runs.view." + view.id() + ".more")));
            choice.getChildren().add(button);
        }
        group.selectToggle(group.getToggles().getFirst());
        TargetChoice target = new TargetChoice(
                model, group.selectedToggleProperty().map(t -> t.getUserData() != View.STUDY)); // it has its own
        HBox.setHgrow(parts, Priority.ALWAYS);
        parts.setMinWidth(0);
        key.getChildren().setAll(collapsing(target), collapsing(some), parts, enlarge());
        some.setMinWidth(0);
        Runnable tell = () -> some.setText(
                group.getSelectedToggle().getUserData() == View.STUDY
                        ? ""
                        : PlottedRuns.words(
                                model,
                                group.getSelectedToggle().getUserData() == View.TRADE_OFF
                                        ? PlottedRuns.POINTS
                                        : PlottedRuns.LINES));
        some.visibleProperty().bind(some.textProperty().isNotEmpty());
        model.compared().subscribe(tell);
        model.groups().subscribe(tell);
        model.besideOneAnother().subscribe(b -> tell.run());
        model.selected().subscribe(tell);
        model.runs().addListener((ListChangeListener<RunModel>) c -> tell.run());
        group.selectedToggleProperty().subscribe((was, now) -> {
            if (now != null) {
                tell.run();
            }
        });
        collapsing(key).visibleProperty().bind(Bindings.isNotEmpty(model.runs()));
        group.selectedToggleProperty().subscribe((was, now) -> {
            if (now == null) {
                group.selectToggle(was); // one is always shown
            } else {
                show();
            }
        });
    }

    /// The buttons.
    HBox choice() {
        return choice;
    }

    /// The key to the current plot.
    HBox key() {
        return key;
    }

    /// Whether the plot takes the place of the table too.
    BooleanProperty enlarged() {
        return enlarged;
    }

    private Button enlarge() {
        Button button = Icons.only(new Button(), Feather.MAXIMIZE_2, Words.of("runs.enlarge"));
        enlarged.subscribe(large -> {
            String name = Words.of(large ? "runs.enlarge.back" : "runs.enlarge");
            button.setGraphic(Icons.of(large ? Feather.MINIMIZE_2 : Feather.MAXIMIZE_2));
            button.setAccessibleText(name);
            button.getTooltip().setText(name);
        });
        button.setOnAction(e -> enlarged.set(!enlarged.get()));
        return named(styled(button, "enlarge"), "enlarge-view");
    }

    /// Shows the studies.
    void showStudies() {
        group.selectToggle(group.getToggles().getLast());
    }

    /// Shows two runs beside each other.
    void showPair() {
        group.getToggles().stream().filter(t -> t.getUserData() == View.PAIR).forEach(group::selectToggle);
    }

    /// Creates the first plot.
    void begin() {
        begun = true;
        show();
    }

    private void show() {
        if (!begun) {
            return;
        }
        View view = (View) group.getSelectedToggle().getUserData();
        getChildren().setAll(made.computeIfAbsent(view, this::make));
        parts.getChildren().setAll(keys.getOrDefault(view, List.of()));
    }

    /// Shown only if some run watches further languages or tasks.
    private <T extends Node> T whereWatched(T node) {
        node.visibleProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> model.runs().stream()
                                .anyMatch(r -> !r.config().watched().isEmpty()),
                        model.runs()));
        node.managedProperty().bind(node.visibleProperty());
        return node;
    }

    private Node make(View view) {
        ObservableValue<Boolean> shown = Bindings.createBooleanBinding(
                () -> group.getSelectedToggle() != null
                        && group.getSelectedToggle().getUserData() == view
                        && Boolean.TRUE.equals(seen.getValue()),
                group.selectedToggleProperty(),
                seen);
        return switch (view) {
            case ACCURACY -> {
                keys.put(
                        view,
                        List.of(
                                part(sample(), name("runs.plot.target", g -> g.texts()
                                        .target())),
                                part(sample(6d, 4d), name("runs.plot.source", g -> g.source(RunModel::texts))),
                                whereWatched(part(sample(1.5, 3d), new Label(Words.of("runs.plot.watched"))))));
                yield new TargetPlots<>(model, shown, (runs, drawn) -> new AccuracyChart(model, runs, theme, drawn));
            }
            case LOSS -> {
                CheckBox smooth = named(whole(new CheckBox(Words.of("runs.plot.smooth"))), "smooth-loss");
                smooth.setTooltip(new Tooltip(Words.of("runs.plot.smooth.more", LossHistory.SPAN + "")));
                keys.put(
                        view,
                        List.of(
                                smooth,
                                part(sample(), new Label(Words.of("runs.plot.loss"))),
                                part(sample(6d, 4d), new Label(Words.of("runs.plot.rate")))));
                yield new TargetPlots<>(model, shown, (runs, drawn) -> {
                    LossChart chart = new LossChart(model, runs, theme, drawn);
                    chart.smooth().bindBidirectional(smooth.selectedProperty());
                    return chart;
                });
            }
            case STUDY -> new StudyPane(studies);
            case PAIR -> new PairPane(model, theme, shown, sentences);
            case TRADE_OFF -> {
                Runnable[] sign = {() -> {}};
                TargetPlots<TradeOffChart> charts = new TargetPlots<>(model, shown, (runs, drawn) -> {
                    TradeOffChart chart = new TradeOffChart(model, runs, theme, drawn);
                    chart.groups().subscribe(kinds -> sign[0].run());
                    return chart;
                });
                sign[0] = () -> signs(charts.drawn().stream()
                        .flatMap(c -> c.groups().get().stream())
                        .distinct()
                        .sorted()
                        .toList());
                theme.subscribe(t -> sign[0].run());
                model.compared().subscribe(c -> sign[0].run());
                model.groups().subscribe(g -> sign[0].run());
                model.besideOneAnother().subscribe(b -> sign[0].run());
                yield charts;
            }
        };
    }

    /// The name that the shown runs use for it.
    private Label name(String otherwise, Function<RunGroup<RunModel>, @Nullable String> of) {
        Label label = new Label();
        Runnable show = () -> {
            RunGroup<RunModel> group = model.compared().get();
            String name = group == null || model.besideOneAnother().getValue() ? null : of.apply(group);
            label.setText(name == null ? Words.of(otherwise) : RunResultWords.shortened(name));
        };
        model.compared().subscribe(show);
        model.besideOneAnother().subscribe(b -> show.run());
        return label;
    }

    private void signs(List<RunKind> kinds) {
        List<Node> signs = new ArrayList<>();
        for (RunKind one : kinds) {
            signs.add(part(GroupShapes.sign(one, theme.getValue()), new Label(GroupShapes.words(one))));
        }
        signs.add(part(sample(5d, 4d), new Label(Words.of("runs.plot.front"))));
        List<RunModel> runs =
                model.plottedGroups().stream().flatMap(g -> g.runs().stream()).toList();
        if (runs.stream().anyMatch(r -> r.place() != null && r.place().rate() != null)) {
            signs.add(part(sample(), new Label(Words.of("runs.plot.rates"))));
        }
        if (runs.stream().anyMatch(r -> r.learned() && r.status().get() != RunState.Status.FINISHED)) {
            signs.add(whole(new Label(Words.of("runs.plot.hollow"))));
        }
        if (runs.stream().anyMatch(r -> r.place() != null)) {
            signs.add(whole(new Label(Words.of("runs.plot.faint"))));
        }
        keys.put(View.TRADE_OFF, signs);
        if (group.getSelectedToggle().getUserData() == View.TRADE_OFF) {
            parts.getChildren().setAll(signs);
        }
    }

    /// A symbol and its meaning, which stay together.
    private static HBox part(Node sign, Label words) {
        return row(sign, whole(words));
    }

    private static Line sample(Double... dashes) {
        Line line = styled(new Line(0, 0, 22, 0), "key-line");
        line.setStrokeWidth(2);
        line.getStrokeDashArray().setAll(dashes);
        return line;
    }
}

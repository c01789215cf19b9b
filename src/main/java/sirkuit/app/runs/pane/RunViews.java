package sirkuit.app.runs.pane;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Line;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.plot.AccuracyChart;
import sirkuit.app.plot.GroupShapes;
import sirkuit.app.plot.LossChart;
import sirkuit.app.plot.TargetPlots;
import sirkuit.app.plot.TradeOffChart;
import sirkuit.app.runs.LossHistory;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunResultWords;
import sirkuit.app.runs.RunsModel;
import sirkuit.app.study.StudiesModel;
import sirkuit.app.study.StudyPane;
import sirkuit.run.RunGroup;
import sirkuit.run.RunKind;

/// The plots of the runs, one shown at a time, with buttons to choose it and a key to its symbols.
final class RunViews extends StackPane {
    /// The views to choose from.
    private enum View {
        ACCURACY,
        LOSS,
        TRADE_OFF,
        STUDY;

        private String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// This many symbols fit beside the choice of the target and the symbol of the Pareto front.
    private static final int MOST_BESIDE_TARGET = 4;

    private final RunsModel model;
    private final StudiesModel studies;
    private final ObservableValue<Theme> theme;
    private final ToggleGroup group = new ToggleGroup();
    private final HBox choice = styled(new HBox(), "view-choice");
    private final HBox key = styled(row(), "key");
    private final Map<View, Node> made = new EnumMap<>(View.class);
    private final Map<View, List<Node>> keys = new EnumMap<>(View.class);
    private final BooleanProperty besideTarget = new SimpleBooleanProperty(true);
    private boolean begun;
    private boolean roomy = true;

    RunViews(RunsModel model, StudiesModel studies, ObservableValue<Theme> theme) {
        this.model = model;
        this.studies = studies;
        this.theme = theme;
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
        HBox.setMargin(target, new Insets(0, 0, 0, 6));
        choice.getChildren().add(collapsing(target));
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

    /// Sets whether the key fits.
    void room(boolean enough) {
        if (enough != roomy) {
            roomy = enough;
            show();
        }
    }

    /// Sets whether the whole key fits beside the choice of the target.
    void roomBesideTarget(boolean enough) {
        besideTarget.set(enough);
    }

    /// Shows the studies.
    void showStudies() {
        group.selectToggle(group.getToggles().getLast());
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
        key.getChildren()
                .setAll(keys.getOrDefault(view, List.of()).stream()
                        .filter(n -> roomy || n instanceof CheckBox) // the buttons stay
                        .toList());
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
        ObservableValue<Boolean> shown = group.selectedToggleProperty().map(t -> t.getUserData() == view);
        return switch (view) {
            case ACCURACY -> {
                keys.put(
                        view,
                        List.of(
                                sample(),
                                name("runs.plot.target", g -> g.texts().target()),
                                sample(6d, 4d),
                                name("runs.plot.source", g -> g.source(RunModel::texts)),
                                whereWatched(sample(1.5, 3d)),
                                whereWatched(new Label(Words.of("runs.plot.watched")))));
                yield new TargetPlots<>(model, shown, (runs, drawn) -> new AccuracyChart(model, runs, theme, drawn));
            }
            case LOSS -> {
                CheckBox smooth = named(whole(new CheckBox(Words.of("runs.plot.smooth"))), "smooth-loss");
                smooth.setTooltip(new Tooltip(Words.of("runs.plot.smooth.more", LossHistory.SPAN + "")));
                keys.put(
                        view,
                        List.of(
                                smooth,
                                sample(),
                                new Label(Words.of("runs.plot.loss")),
                                sample(6d, 4d),
                                new Label(Words.of("runs.plot.rate"))));
                yield new TargetPlots<>(model, shown, (runs, drawn) -> {
                    LossChart chart = new LossChart(model, runs, theme, drawn);
                    chart.smooth().bindBidirectional(smooth.selectedProperty());
                    return chart;
                });
            }
            case STUDY -> new StudyPane(studies);
            case TRADE_OFF -> {
                HBox signs = row();
                signs.getStyleClass().add("key");
                Runnable[] sign = {() -> {}};
                TargetPlots<TradeOffChart> charts = new TargetPlots<>(model, shown, (runs, drawn) -> {
                    TradeOffChart chart = new TradeOffChart(model, runs, theme, drawn);
                    chart.groups().subscribe(kinds -> sign[0].run());
                    return chart;
                });
                sign[0] = () -> signs(
                        signs,
                        charts.drawn().stream()
                                .flatMap(c -> c.groups().get().stream())
                                .distinct()
                                .sorted()
                                .toList());
                theme.subscribe(t -> sign[0].run());
                besideTarget.subscribe(b -> sign[0].run());
                model.groups().subscribe(g -> sign[0].run());
                model.besideOneAnother().subscribe(b -> sign[0].run());
                keys.put(view, List.of(signs));
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

    private void signs(HBox signs, List<RunKind> kinds) {
        signs.getChildren().clear();
        boolean room = besideTarget.get() || model.groups().get().size() <= 1;
        for (RunKind one : kinds) {
            signs.getChildren()
                    .addAll(
                            GroupShapes.sign(one, theme.getValue()),
                            whole(new Label(room ? GroupShapes.words(one) : GroupShapes.briefly(one))));
        }
        if (room || kinds.size() <= MOST_BESIDE_TARGET) {
            signs.getChildren().addAll(sample(5d, 4d), new Label(Words.of("runs.plot.front")));
        }
    }

    private static Line sample(Double... dashes) {
        Line line = styled(new Line(0, 0, 22, 0), "key-line");
        line.setStrokeWidth(2);
        line.getStrokeDashArray().setAll(dashes);
        return line;
    }
}

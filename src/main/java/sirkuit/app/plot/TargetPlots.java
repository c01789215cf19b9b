package sirkuit.app.plot;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.scrolling;
import static sirkuit.app.look.Boxes.styled;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunsModel;
import sirkuit.app.runs.table.RunResultWords;
import sirkuit.run.RunGroup;

/// A plot of the runs of one target, or one plot for each target beside one another, on the same scale. Runs that
/// cannot be compared are never in the same plot.
///
/// @param <T> the plot
public final class TargetPlots<T extends PlotPane> extends StackPane {
    private static final double LEAST_WIDTH = 176;

    private final RunsModel model;
    private final ObservableValue<Boolean> shown;
    private final BiFunction<Plotted, ObservableValue<Boolean>, T> maker;
    private final T alone;
    private final List<T> beside = new ArrayList<>();
    private final HBox panels = styled(new HBox(), "target-plots");
    private final ScrollPane scroll = named(scrolling(panels), "target-plots");

    /// @param shown whether this is visible
    /// @param maker makes a plot of some runs, which draws only while it is visible
    public TargetPlots(
            RunsModel model, ObservableValue<Boolean> shown, BiFunction<Plotted, ObservableValue<Boolean>, T> maker) {
        this.model = model;
        this.shown = shown;
        this.maker = maker;
        alone = maker.apply(
                Plotted.compared(model),
                Bindings.createBooleanBinding(
                        () -> Boolean.TRUE.equals(shown.getValue())
                                && !model.besideOneAnother().getValue(),
                        shown,
                        model.besideOneAnother()));
        scroll.setFitToHeight(true);
        scroll.setFitToWidth(true);
        scroll.setVbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        model.groups().subscribe(groups -> show());
        model.besideOneAnother().subscribe(b -> show());
    }

    /// The plots that are shown now.
    public List<T> drawn() {
        return model.besideOneAnother().getValue()
                ? beside.subList(0, Math.min(beside.size(), model.groups().get().size()))
                : List.of(alone);
    }

    private void show() {
        if (!model.besideOneAnother().getValue()) {
            if (!getChildren().equals(List.of(alone))) {
                getChildren().setAll(alone);
            }
            return;
        }
        List<RunGroup<RunModel>> groups = model.groups().get();
        for (int i = panels.getChildren().size(); i < groups.size(); i++) {
            panels.getChildren().add(panel(i));
        }
        panels.getChildren().remove(groups.size(), panels.getChildren().size());
        for (int i = 0; i < groups.size(); i++) {
            ((Label) ((VBox) panels.getChildren().get(i)).getChildren().getFirst())
                    .setText(RunResultWords.words(groups.get(i)));
        }
        if (!getChildren().equals(List.of(scroll))) {
            getChildren().setAll(scroll);
        }
    }

    private VBox panel(int index) {
        if (index == beside.size()) {
            T plot = maker.apply(
                    Plotted.beside(model, index),
                    Bindings.createBooleanBinding(
                            () -> Boolean.TRUE.equals(shown.getValue())
                                    && model.besideOneAnother().getValue()
                                    && index < model.groups().get().size(),
                            shown,
                            model.besideOneAnother(),
                            model.groups()));
            plot.setId(plot.getId() + "-" + (index + 1));
            beside.add(plot);
        }
        VBox panel = styled(new VBox(styled(new Label(), "field-name"), beside.get(index)), "target-plot");
        VBox.setVgrow(beside.get(index), Priority.ALWAYS);
        HBox.setHgrow(panel, Priority.ALWAYS);
        panel.setMinWidth(LEAST_WIDTH);
        panel.setPrefWidth(LEAST_WIDTH);
        return panel;
    }
}

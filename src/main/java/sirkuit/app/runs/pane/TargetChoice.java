package sirkuit.app.runs.pane;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Tooltip;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunsModel;
import sirkuit.app.runs.table.RunResultWords;
import sirkuit.run.RunGroup;

/// Which target the plots show, if there are several, or all of them beside one another. Runs with different targets
/// are never drawn in one plot.
public final class TargetChoice extends ComboBox<TargetChoice.Shown> {
    private static final Shown ALL = new Shown(null);

    private boolean following;

    /// What the plots show.
    ///
    /// @param group the runs of one target; null for all targets
    public record Shown(@Nullable RunGroup<RunModel> group) {
        @Override
        public String toString() {
            return group == null ? Words.of("runs.compared.all") : RunResultWords.words(group);
        }
    }

    /// @param plotted whether a plot is shown
    TargetChoice(RunsModel model, ObservableValue<Boolean> plotted) {
        setId("runs-target-choice");
        setAccessibleText(Words.of("runs.compared"));
        setTooltip(new Tooltip(Words.of("runs.compared.more")));
        setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable Shown shown) {
                return shown == null ? "" : shown.toString();
            }

            @Override
            public @Nullable Shown fromString(String words) {
                return null; // nobody types here
            }
        });
        getStyleClass().add("small");
        visibleProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> model.groups().get().size() > 1 && Boolean.TRUE.equals(plotted.getValue()),
                        model.groups(),
                        plotted));
        model.compared().subscribe(now -> follow(model));
        model.allTargets().subscribe(now -> follow(model));
        model.groups().subscribe(now -> follow(model)); // runs may have been added or removed
        valueProperty().subscribe(shown -> {
            if (shown != null && !following) {
                choose(model, shown);
            }
        });
    }

    private static void choose(RunsModel model, Shown shown) {
        model.allTargets().set(shown.group == null);
        if (shown.group != null) {
            model.compare(shown.group);
        }
    }

    private void follow(RunsModel model) {
        following = true;
        List<Shown> all = new ArrayList<>(List.of(ALL));
        model.groups().get().forEach(g -> all.add(new Shown(g)));
        if (!getItems().equals(all)) {
            getItems().setAll(all);
        }
        RunGroup<RunModel> compared = model.compared().get();
        setValue(model.allTargets().get() ? ALL : compared == null ? null : new Shown(compared));
        following = false;
    }
}

package sirkuit.app.runs.pane;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Tooltip;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunResultWords;
import sirkuit.app.runs.RunsModel;
import sirkuit.run.RunGroup;

/// Which target the plots show, if there are several. Runs with different targets are never drawn together.
final class TargetChoice extends ComboBox<RunGroup<RunModel>> {
    private boolean following;

    /// @param plotted whether a plot is shown
    TargetChoice(RunsModel model, ObservableValue<Boolean> plotted) {
        setId("runs-target-choice");
        setAccessibleText(Words.of("runs.compared"));
        setTooltip(new Tooltip(Words.of("runs.compared.more")));
        setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable RunGroup<RunModel> group) {
                return group == null ? "" : RunResultWords.words(group);
            }

            @Override
            public @Nullable RunGroup<RunModel> fromString(String words) {
                return null; // nobody types here
            }
        });
        getStyleClass().add("small");
        visibleProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> model.groups().get().size() > 1 && Boolean.TRUE.equals(plotted.getValue()),
                        model.groups(),
                        plotted));
        model.compared().subscribe(now -> follow(model, now));
        model.groups().subscribe(now -> follow(model, model.compared().get())); // runs may have been added or removed
        valueProperty().subscribe(group -> {
            if (group != null && !following) {
                model.compare(group);
            }
        });
    }

    private void follow(RunsModel model, @Nullable RunGroup<RunModel> now) {
        following = true;
        if (!getItems().equals(model.groups().get())) {
            getItems().setAll(model.groups().get());
        }
        setValue(now);
        following = false;
    }
}

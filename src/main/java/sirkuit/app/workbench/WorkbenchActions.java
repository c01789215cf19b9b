package sirkuit.app.workbench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import sirkuit.app.action.Action;
import sirkuit.app.action.Action.Place;
import sirkuit.app.look.Words;
import sirkuit.app.mask.MaskModel;
import sirkuit.app.mask.Strategy;
import sirkuit.app.runs.RunModel;
import sirkuit.run.state.RunState;

/// Actions of an open project that do not depend on the current view.
final class WorkbenchActions {
    private WorkbenchActions() {}

    static List<Action> of(WorkbenchModel model) {
        MaskModel mask = model.mask();
        ObservableValue<Boolean> known = mask.mask().isNotNull();
        ObservableValue<Boolean> canScore = Bindings.createBooleanBinding(
                () -> model.checkpoint().inspected().get() != null
                        && !model.relevance().scoring().get()
                        && !model.readOnly().get(),
                model.checkpoint().inspected(),
                model.relevance().scoring(),
                model.readOnly());
        Stream<Action> always = Stream.of(
                Action.of(Place.EDIT, "undo", mask::undo).on("Shortcut+Z").when(mask.canUndo()),
                Action.of(Place.EDIT, "redo", mask::redo).on("Shortcut+Shift+Z").when(mask.canRedo()),
                Action.of(Place.WORK, "score", () -> model.relevance().score())
                        .on("Shortcut+R")
                        .when(canScore),
                Action.of(Place.WORK, "preview", () -> model.relevance().preview())
                        .on("Shortcut+Shift+R")
                        .when(canScore),
                Action.of(Place.WORK, "tune", model::startRun)
                        .on("Shortcut+T")
                        .when(Bindings.createBooleanBinding(() -> model.tuneBlocked() == null, tuneCauses(model))),
                Action.of(Place.WORK, "pause-run", () -> selected(model, model.runs()::pause))
                        .when(allowed(model, RunState.Status::active)),
                Action.of(Place.WORK, "resume-run", () -> selected(model, model.runs()::resume))
                        .when(allowed(model, RunState.Status::resumable)),
                Action.of(Place.MASK, "mask-none", mask::clear).when(known),
                Action.of(Place.VIEW, "find-head", () -> model.heatmap().search())
                        .on("Shortcut+F")
                        .when(known));
        Stream<Action> strategies = Arrays.stream(Strategy.values())
                .map(s -> new Action(
                        "strategy-" + s.name(),
                        Words.of("strategy." + s.name()),
                        Place.MASK,
                        null,
                        known,
                        () -> mask.choose(s)));
        return Stream.concat(always, strategies).toList();
    }

    private static void selected(WorkbenchModel model, java.util.function.Consumer<RunModel> what) {
        RunModel run = model.runs().selected().get();
        if (run != null) {
            what.accept(run);
        }
    }

    private static ObservableValue<Boolean> allowed(
            WorkbenchModel model, java.util.function.Predicate<RunState.Status> which) {
        return model.runs()
                .selected()
                .flatMap(RunModel::status)
                .map(s -> !model.readOnly().get() && which.test(s))
                .orElse(false);
    }

    private static javafx.beans.Observable[] tuneCauses(WorkbenchModel model) {
        return new javafx.beans.Observable[] {
            model.mask().mask(),
            model.checkpoint().inspected(),
            model.file(),
            model.readOnly(),
            model.targets().pending(),
            model.target().train().problem(),
            model.target().test().problem(),
            model.tune().what(),
            model.tune().mistakes()
        };
    }
}

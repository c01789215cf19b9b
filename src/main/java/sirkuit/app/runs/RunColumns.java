package sirkuit.app.runs;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.scene.control.TableColumn;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;
import sirkuit.mask.HeadMask;
import sirkuit.record.RunConfig;
import sirkuit.run.RunGroup;
import sirkuit.run.state.RunState;

/// The figures of a run that the table can show. Each column sorts by value, not by text.
public final class RunColumns {
    private RunColumns() {}

    /// A value as it is shown.
    ///
    /// @param key the value to sort by; NaN, which sorts below all others, if there is none yet
    public record Shown(double key, String words) {
        public static final Comparator<Shown> ORDER =
                Comparator.comparingDouble(s -> Double.isNaN(s.key) ? Double.NEGATIVE_INFINITY : s.key);

        static Shown of(@Nullable Double value, Function<Double, String> words) {
            return value == null || value.isNaN() ? new Shown(Double.NaN, "–") : new Shown(value, words.apply(value));
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /// All columns in order. The last ones are hidden at first.
    public static List<TableColumn<RunModel, ?>> all(RunsModel model) {
        return List.of(
                column("trained", 88, true, r -> new Shown(heads(r), r.trained())),
                learnt(model),
                column("target", 106, true, r -> change(r.targetBefore(), r.targetNow())),
                column("source", 106, true, r -> change(r.sourceBefore(), r.sourceNow())),
                column("gain", 84, false, r -> points(r.gain())),
                column("forgotten", 90, true, r -> points(r.forgetting())),
                column("status", 88, true, RunColumns::status),
                column(
                        "parameters",
                        88,
                        false,
                        r -> Shown.of(
                                r.started() == null
                                        ? null
                                        : (Double) (double) r.started().trainableParameters(),
                                v -> Numbers.rough(v.longValue()))),
                column(
                        "steps",
                        70,
                        false,
                        r -> Shown.of((double) r.history().last(), v -> Numbers.count(v.longValue()))),
                setting("rate", 84, s -> s.learningRate()),
                setting("epochs", 70, s -> s.epochs()),
                setting("seed", 60, s -> s.seed()),
                column("time", 80, false, r -> Shown.of(r.speed().seconds(), RunForecast::duration)));
    }

    /// The target of each run. The column is shown if targets differ, or if one is not the project's current
    /// target.
    private static TableColumn<RunModel, Shown> learnt(RunsModel model) {
        TableColumn<RunModel, Shown> column = column("learnt", 108, false, r -> learnt(model, r));
        column.setCellValueFactory(row -> {
            RunModel run = row.getValue();
            return Bindings.createObjectBinding(
                    () -> learnt(model, run), new Observable[] {model.groups(), run.status()});
        });
        boolean[] told = {false};
        Runnable show = () -> {
            if (told[0] != model.showsTargets()) { // otherwise it stays as the user has chosen
                told[0] = model.showsTargets();
                column.setVisible(told[0]);
            }
        };
        model.groups().subscribe(show);
        model.file().subscribe(show);
        show.run();
        return column;
    }

    private static Shown learnt(RunsModel model, RunModel run) {
        RunGroup<RunModel> group = model.groupOf(run);
        return group == null
                ? new Shown(Double.NaN, run.texts().target())
                : new Shown(model.groups().get().indexOf(group), RunResultWords.words(group));
    }

    private static TableColumn<RunModel, Shown> column(
            String name, double width, boolean shown, Function<RunModel, Shown> value) {
        TableColumn<RunModel, Shown> column = new TableColumn<>(Words.of("runs.column." + name));
        column.setId("runs-" + name);
        column.setPrefWidth(width);
        column.setMinWidth(width - 8);
        column.setVisible(shown);
        column.setComparator(Shown.ORDER);
        column.setCellValueFactory(row -> {
            RunModel run = row.getValue();
            return Bindings.createObjectBinding(
                    () -> value.apply(run), new Observable[] {run.evaluations(), run.status(), run.progress()});
        });
        return column;
    }

    private static TableColumn<RunModel, Shown> setting(
            String name, double width, ToDoubleFunction<RunConfig.Settings> value) {
        return column(
                name, width, false, r -> Shown.of(value.applyAsDouble(r.config().settings()), Numbers::plain));
    }

    private static double heads(RunModel run) {
        HeadMask mask = run.config().mask();
        return run.config().what() == RunConfig.Trained.FULL ? Double.MAX_VALUE : mask == null ? 0 : mask.size();
    }

    private static Shown change(@Nullable Double before, @Nullable Double now) {
        return before == null ? Shown.of(null, v -> "") : Shown.of(now, v -> Numbers.change(before, v));
    }

    private static Shown points(@Nullable Double points) {
        return Shown.of(points, v -> Words.of("runs.points", Numbers.signed(v, 1)));
    }

    private static Shown status(RunModel run) {
        RunState.Status status = run.status().get();
        return status == RunState.Status.RUNNING
                ? new Shown(
                        status.ordinal() + run.progress().get(),
                        Math.round(100 * run.progress().get()) + " %")
                : new Shown(status.ordinal(), Words.of("runs.status." + status));
    }
}

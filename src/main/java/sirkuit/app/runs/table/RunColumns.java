package sirkuit.app.runs.table;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.TreeTableColumn;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;
import sirkuit.app.runs.RunForecast;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunsModel;
import sirkuit.mask.HeadMask;
import sirkuit.record.RunConfig;
import sirkuit.run.RunGroup;
import sirkuit.run.RunKind;
import sirkuit.run.state.RunState;
import sirkuit.study.StudyTable;

/// The figures of runs and of strategies that the table can show. Each column sorts by value, not by text.
public final class RunColumns {
    private RunColumns() {}

    /// A value as it is shown.
    ///
    /// @param key the value to sort by; NaN, which sorts below all others, if there is none yet
    public record Shown(double key, String words) {
        public static final Comparator<Shown> ORDER = Comparator.comparingDouble(
                        (Shown s) -> Double.isNaN(s.key) ? Double.NEGATIVE_INFINITY : s.key)
                .thenComparing(Shown::words);

        static final Shown NOTHING = new Shown(Double.NaN, "");

        static Shown of(@Nullable Double value, Function<Double, String> words) {
            return value == null || value.isNaN() ? new Shown(Double.NaN, "–") : new Shown(value, words.apply(value));
        }

        /// Mean and, with several runs, half the width of its 95 % interval: `85.0 ± 3.1`.
        public static Shown of(StudyTable.@Nullable Spread spread, boolean signed) {
            return spread == null
                    ? new Shown(Double.NaN, "–")
                    : new Shown(
                            spread.mean(),
                            (signed ? Numbers.signed(spread.mean(), 1) : Numbers.decimal(spread.mean(), 1))
                                    + (Double.isNaN(spread.half()) ? "" : " ± " + Numbers.decimal(spread.half(), 1)));
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /// All columns in order. The last ones are hidden at first.
    public static List<TreeTableColumn<RunRow, ?>> all(RunsModel model) {
        return List.of(
                learnt(model),
                common("strategy", 96, true, RunColumns::strategy),
                common("trained", 90, true, r -> new Shown(heads(r), r.trained())),
                setting("seed", 50, true, s -> s.seed()),
                setting("rate", 66, true, s -> s.learningRate()),
                column(
                        "target",
                        100,
                        true,
                        r -> change(r.targetBefore(), r.targetNow()),
                        s -> Shown.of(s.target(), false)),
                column(
                        "source",
                        100,
                        true,
                        r -> change(r.sourceBefore(), r.sourceNow()),
                        s -> Shown.of(s.source(), false)),
                column("gain", 84, false, r -> points(r.gain()), s -> Shown.of(s.gain(), true)),
                column("forgotten", 88, true, r -> points(r.forgetting()), s -> Shown.of(s.forgetting(), true)),
                status(),
                common(
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
                        r -> Shown.of((double) r.state().step(), v -> Numbers.count(v.longValue())),
                        s -> Shown.NOTHING),
                setting("epochs", 70, false, s -> s.epochs()),
                column(
                        "time",
                        80,
                        false,
                        r -> Shown.of(r.speed().seconds(), RunForecast::duration),
                        s -> Shown.NOTHING));
    }

    /// The target of each run. The column is shown if targets differ, or if one is not the project's current target.
    private static TreeTableColumn<RunRow, Shown> learnt(RunsModel model) {
        TreeTableColumn<RunRow, Shown> column = bare("learnt", 104, false);
        column.setCellValueFactory(row -> {
            List<RunModel> runs = row.getValue().getValue().runs();
            return Bindings.createObjectBinding(
                    () -> {
                        List<Shown> all = runs.stream()
                                .map(run -> learnt(model, run))
                                .distinct()
                                .toList();
                        return all.size() == 1 ? all.getFirst() : Shown.NOTHING;
                    },
                    model.groups());
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

    private static TreeTableColumn<RunRow, Shown> bare(String name, double width, boolean shown) {
        TreeTableColumn<RunRow, Shown> column = new TreeTableColumn<>(Words.of("runs.column." + name));
        column.setId("runs-" + name);
        column.setPrefWidth(width);
        column.setMinWidth(Math.min(width, 44));
        column.setVisible(shown);
        column.setComparator(Shown.ORDER);
        return column;
    }

    /// @param of       the value of a run
    /// @param together the value of the runs of a strategy
    private static TreeTableColumn<RunRow, Shown> column(
            String name,
            double width,
            boolean shown,
            Function<RunModel, Shown> of,
            Function<RunRow.Summary, Shown> together) {
        TreeTableColumn<RunRow, Shown> column = bare(name, width, shown);
        column.setCellValueFactory(row -> switch (row.getValue().getValue()) {
            case RunRow.One(RunModel run) -> following(run, of);
            case RunRow.OfStrategy strategy -> strategy.summary().map(together).orElse(Shown.NOTHING);
            case RunRow.OfStudy study -> Bindings.createObjectBinding(() -> Shown.NOTHING);
        });
        return column;
    }

    /// A setting: that of a run, and of a strategy if all of its runs have the same.
    private static TreeTableColumn<RunRow, Shown> common(
            String name, double width, boolean shown, Function<RunModel, Shown> of) {
        TreeTableColumn<RunRow, Shown> column = bare(name, width, shown);
        column.setCellValueFactory(row -> switch (row.getValue().getValue()) {
            case RunRow.One(RunModel run) -> following(run, of);
            case RunRow.OfStrategy strategy ->
                following(strategy.runs().getFirst(), first -> {
                    Shown all = strategy.common(of);
                    return all == null ? Shown.NOTHING : all;
                });
            case RunRow.OfStudy study -> Bindings.createObjectBinding(() -> Shown.NOTHING);
        });
        return column;
    }

    private static ObservableValue<Shown> following(RunModel run, Function<RunModel, Shown> of) {
        return Bindings.createObjectBinding(
                () -> of.apply(run), new Observable[] {run.evaluations(), run.status(), run.progress()});
    }

    private static TreeTableColumn<RunRow, Shown> setting(
            String name, double width, boolean shown, ToDoubleFunction<RunConfig.Settings> value) {
        return common(
                name, width, shown, r -> Shown.of(value.applyAsDouble(r.config().settings()), Numbers::plain));
    }

    private static TreeTableColumn<RunRow, Shown> status() {
        TreeTableColumn<RunRow, Shown> column = bare("status", 80, true);
        column.setCellValueFactory(row -> {
            RunRow one = row.getValue().getValue();
            Observable[] causes = one.runs().stream()
                    .flatMap(r -> one instanceof RunRow.One
                            ? java.util.stream.Stream.of(r.status(), r.progress())
                            : java.util.stream.Stream.of(r.status()))
                    .toArray(Observable[]::new);
            return Bindings.createObjectBinding(() -> status(one), causes);
        });
        return column;
    }

    private static Shown status(RunRow row) {
        return switch (row) {
            case RunRow.One(RunModel run) -> status(run);
            case RunRow.OfStrategy s -> count(s.finished(), s.runs().size());
            case RunRow.OfStudy s -> count(s.finished(), s.runs().size());
        };
    }

    private static Shown count(long finished, int all) {
        return new Shown((double) finished / all, Words.of("runs.row.count", finished + "", all + ""));
    }

    private static Shown strategy(RunModel run) {
        RunKind kind = RunKind.of(run.config());
        return new Shown(kind.ordinal(), RunResultWords.strategy(run));
    }

    private static double heads(RunModel run) {
        HeadMask mask = run.config().mask();
        return switch (run.config().what()) {
            case FULL -> Double.MAX_VALUE;
            case TOP_LAYERS -> Double.MAX_VALUE / 2;
            case BIASES -> -1;
            case MASK -> mask == null ? 0 : mask.size();
        };
    }

    static Shown change(@Nullable Double before, @Nullable Double now) {
        return before == null ? Shown.of((Double) null, v -> "") : Shown.of(now, v -> Numbers.change(before, v));
    }

    static Shown points(@Nullable Double points) {
        return Shown.of(points, v -> Words.of("runs.points", Numbers.signed(v, 1)));
    }

    static Shown status(RunModel run) {
        RunState.Status status = run.status().get();
        return status == RunState.Status.RUNNING
                ? new Shown(
                        status.ordinal() + run.progress().get(),
                        Math.round(100 * run.progress().get()) + " %")
                : new Shown(status.ordinal(), Words.of("runs.status." + status));
    }
}

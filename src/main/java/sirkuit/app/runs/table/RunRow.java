package sirkuit.app.runs.table;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.StudyPlace;
import sirkuit.run.state.RunState;
import sirkuit.study.StudyResults;
import sirkuit.study.StudyTable;

/// A line of the table of runs: a run, the runs of one strategy of a study, or a study.
public sealed interface RunRow {
    /// The runs in it.
    List<RunModel> runs();

    /// A run.
    record One(RunModel run) implements RunRow {
        @Override
        public List<RunModel> runs() {
            return List.of(run);
        }
    }

    /// A study, with the lines of its strategies.
    record OfStudy(String study, List<OfStrategy> strategies) implements RunRow {
        @Override
        public List<RunModel> runs() {
            return strategies.stream().flatMap(s -> s.runs.stream()).toList();
        }

        /// How many of its known runs have finished.
        public long finished() {
            return strategies.stream().mapToLong(OfStrategy::finished).sum();
        }
    }

    /// The runs of one target, strategy and learning rate of a study, which differ in their seeds, and what they came
    /// to together.
    final class OfStrategy implements RunRow {
        private final StudyPlace place;
        private final List<RunModel> runs;
        private final ReadOnlyObjectWrapper<@Nullable Summary> summary = new ReadOnlyObjectWrapper<>();

        OfStrategy(List<RunModel> runs) {
            this.runs = List.copyOf(runs);
            place = Objects.requireNonNull(runs.getFirst().place());
            update();
        }

        @Override
        public List<RunModel> runs() {
            return runs;
        }

        public String study() {
            return place.study();
        }

        /// With its learning rate, where the strategy has several.
        public String strategy() {
            return place.trained();
        }

        /// Mean and interval of the finished runs; null before the first has finished.
        public ReadOnlyObjectProperty<@Nullable Summary> summary() {
            return summary.getReadOnlyProperty();
        }

        public long finished() {
            return runs.stream()
                    .filter(r -> r.status().get() == RunState.Status.FINISHED)
                    .count();
        }

        /// The value that all of them have; null if they differ.
        public <T> @Nullable T common(Function<RunModel, T> of) {
            T first = of.apply(runs.getFirst());
            return runs.stream().allMatch(r -> Objects.equals(of.apply(r), first)) ? first : null;
        }

        /// Reads what the runs have come to by now.
        void update() {
            List<RunModel> done =
                    runs.stream().filter(r -> r.state().finalTarget() != null).toList();
            StudyTable.Row row = StudyTable.summary(done.stream()
                    .map(r -> StudyResults.outcome(
                            place.target(),
                            place.trained(),
                            r.config().settings().learningRate(),
                            Objects.requireNonNull(r.place()).seed(),
                            r.state()))
                    .filter(Objects::nonNull)
                    .toList());
            List<Double> gains =
                    done.stream().map(RunModel::gain).filter(Objects::nonNull).toList();
            summary.set(
                    row == null
                            ? null
                            : new Summary(
                                    row.target(),
                                    row.source(),
                                    gains.size() < done.size()
                                            ? null
                                            : StudyTable.Spread.of(gains.stream()
                                                    .mapToDouble(g -> g)
                                                    .toArray()),
                                    row.forgetting()));
        }
    }

    /// Means of finished runs.
    ///
    /// @param target     accuracy on the target, in percent
    /// @param source     the same on the source; null when it was not watched
    /// @param gain       points gained on the target; null when the accuracy before is not known
    /// @param forgetting points of source accuracy lost
    record Summary(
            StudyTable.Spread target,
            StudyTable.@Nullable Spread source,
            StudyTable.@Nullable Spread gain,
            StudyTable.@Nullable Spread forgetting) {}
}

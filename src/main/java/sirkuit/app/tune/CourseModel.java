package sirkuit.app.tune;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;

/// Rarely changed settings of the next run: schedule, few-shot texts, early stopping, and activation checkpointing.
public final class CourseModel {
    private static final double USUAL_LIMIT = 5;
    private static final RunConfig.Settings DEFAULT = RunConfig.Settings.DEFAULT;

    private final ObjectProperty<RunConfig.Course.Schedule> schedule =
            new SimpleObjectProperty<>(RunConfig.Course.Schedule.LINEAR);
    private final IntegerProperty accumulate = new SimpleIntegerProperty(DEFAULT.accumulate());
    private final IntegerProperty examples = new SimpleIntegerProperty(0);
    private final IntegerProperty patience = new SimpleIntegerProperty(0);
    private final IntegerProperty evaluateEvery = new SimpleIntegerProperty(0);
    private final BooleanProperty guarded = new SimpleBooleanProperty();
    private final DoubleProperty limit = new SimpleDoubleProperty(USUAL_LIMIT);
    private final BooleanProperty layersAgain = new SimpleBooleanProperty();
    private @Nullable Double dropout;
    private boolean bucketed = RunConfig.Course.DEFAULT.bucketed();
    private final ObjectProperty<Map<String, DataFile>> watched = new SimpleObjectProperty<>(Map.of());

    /// How the learning rate changes after the warm-up.
    public ObjectProperty<RunConfig.Course.Schedule> schedule() {
        return schedule;
    }

    /// Micro-batches per optimizer step.
    public IntegerProperty accumulate() {
        return accumulate;
    }

    /// Few-shot texts of each label; 0 for all texts.
    public IntegerProperty examples() {
        return examples;
    }

    /// Evaluations without a better target accuracy before stopping; 0 for never.
    public IntegerProperty patience() {
        return patience;
    }

    /// Steps between evaluations; 0 for the end of each epoch.
    public IntegerProperty evaluateEvery() {
        return evaluateEvery;
    }

    /// Whether a run stops when the source loses more than [#limit()].
    public BooleanProperty guarded() {
        return guarded;
    }

    /// Source accuracy that may be lost, in percentage points.
    public DoubleProperty limit() {
        return limit;
    }

    /// Whether layers are computed again in the backward pass, which takes less memory and more time.
    public BooleanProperty layersAgain() {
        return layersAgain;
    }

    /// The values that a forecast depends on.
    Observable[] causes() {
        return new Observable[] {accumulate, examples, patience, evaluateEvery, guarded, limit, layersAgain};
    }

    /// Texts of each label times labels; 0 for all.
    int examplesOf(int labels) {
        return examples.get() * Math.max(1, labels);
    }

    @Nullable
    Double dropout() {
        return dropout;
    }

    /// Further languages that the run is evaluated in, by their names.
    public ObjectProperty<Map<String, DataFile>> watched() {
        return watched;
    }

    /// Watches another language. Its name is that of the file's folder if the file has a usual name, otherwise that
    /// of the file.
    public void watch(Path file) {
        String stem = String.valueOf(file.getFileName()).replaceFirst("\\..*$", "");
        Path parent = file.getParent();
        Path folder = parent == null ? null : parent.getFileName();
        boolean usual = Set.of("train", "test", "valid", "validation", "dev").contains(stem.toLowerCase(Locale.ROOT));
        String subject = usual && folder != null ? folder.toString() : stem;
        String capital = subject.substring(0, 1).toUpperCase(Locale.ROOT) + subject.substring(1);
        Map<String, DataFile> more = new LinkedHashMap<>(watched.get());
        String name = capital;
        for (int i = 2; more.containsKey(name); i++) {
            name = capital + " (" + i + ")";
        }
        more.put(name, new DataFile(file.toString()));
        watched.set(Collections.unmodifiableMap(more));
    }

    /// Watches a target of the project, by its test texts.
    public void watch(ProjectFile.Language target) {
        Map<String, DataFile> more = new LinkedHashMap<>(watched.get());
        more.put(target.name(), target.test());
        watched.set(Collections.unmodifiableMap(more));
    }

    public void unwatch(String name) {
        Map<String, DataFile> fewer = new LinkedHashMap<>(watched.get());
        fewer.remove(name);
        watched.set(Collections.unmodifiableMap(fewer));
    }

    public RunConfig.Course course() {
        RunConfig.Course usual = RunConfig.Course.DEFAULT;
        return new RunConfig.Course(
                schedule.get(),
                guarded.get() ? (Double) limit.get() : null,
                bucketed,
                usual.saveSteps(),
                usual.saveSeconds(),
                layersAgain.get());
    }

    /// Takes how a run was trained, but neither its few-shot texts nor the tasks that it watched.
    void beginAs(RunConfig run) {
        schedule.set(run.course().schedule());
        accumulate.set(run.settings().accumulate());
        evaluateEvery.set(run.settings().evaluateEvery());
        layersAgain.set(run.course().activationCheckpointing());
        bucketed = run.course().bucketed();
        dropout = run.settings().dropout();
    }

    /// Takes the settings of a run.
    ///
    /// @param labels of the checkpoint
    void take(RunConfig run, int labels) {
        RunConfig.Settings s = run.settings();
        RunConfig.Course c = run.course();
        schedule.set(c.schedule());
        accumulate.set(s.accumulate());
        examples.set(Math.ceilDiv(s.examples(), Math.max(1, labels)));
        patience.set(s.patience());
        evaluateEvery.set(s.evaluateEvery());
        guarded.set(c.maxForgetting() != null);
        limit.set(c.maxForgetting() == null ? USUAL_LIMIT : c.maxForgetting());
        layersAgain.set(c.activationCheckpointing());
        bucketed = c.bucketed();
        dropout = s.dropout();
        watched.set(run.watched());
    }
}

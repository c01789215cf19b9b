package sirkuit.app.runs;

import java.util.Map;
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
import sirkuit.project.DataFile;
import sirkuit.project.RunConfig;

/// Settings of the next run that one rarely changes: how the learning rate falls, what is held out of the texts, when
/// to stop early, what to save memory by.
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
    private Map<String, DataFile> watched = Map.of();

    /// What the learning rate does after the warm-up.
    public ObjectProperty<RunConfig.Course.Schedule> schedule() {
        return schedule;
    }

    /// Micro-batches an optimizer step.
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

    /// Whether layers are computed again on the way back, which takes less memory and more time.
    public BooleanProperty layersAgain() {
        return layersAgain;
    }

    /// What a forecast hangs on.
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

    Map<String, DataFile> watched() {
        return watched;
    }

    RunConfig.Course course() {
        RunConfig.Course usual = RunConfig.Course.DEFAULT;
        return new RunConfig.Course(
                schedule.get(),
                guarded.get() ? (Double) limit.get() : null,
                bucketed,
                usual.saveSteps(),
                usual.saveSeconds(),
                layersAgain.get());
    }

    /// Takes over those of a run.
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
        watched = run.watched();
    }
}

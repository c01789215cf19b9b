package sirkuit.app.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.MethodWords;
import sirkuit.app.look.Words;
import sirkuit.app.mask.CausalModel;
import sirkuit.app.work.Job;
import sirkuit.app.work.Notices;
import sirkuit.app.work.WindowEngine;
import sirkuit.mask.MaskStrategy;
import sirkuit.mask.RelevanceScores;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.Defaults;

/// How much of the task the top k heads of a score carry, for a growing number of heads, compared with random heads.
public final class CurveModel {
    private static final int POINTS = 12;

    private final WindowEngine engine;
    private final Notices notices;
    private final Supplier<Request.@Nullable Model> model;
    private final ObservableValue<@Nullable RelevanceScores> scores;
    private final ObservableList<Point> points = FXCollections.observableArrayList();
    private final ObservableList<Point> view = FXCollections.unmodifiableObservableList(points);
    private final ReadOnlyStringWrapper caption = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper working = new ReadOnlyBooleanWrapper();
    private @Nullable DataFile texts;
    private final ObjectProperty<@Nullable Job> job = new SimpleObjectProperty<>();
    private final ObservableValue<String> line = Job.lineOf(job);

    /// @param k     number of heads
    /// @param check accuracy with only them, without them, and for random heads
    public record Point(int k, CausalModel.Check check) {}

    public CurveModel(
            WindowEngine engine,
            Notices notices,
            Supplier<Request.@Nullable Model> model,
            ObservableValue<@Nullable RelevanceScores> scores) {
        this.engine = engine;
        this.notices = notices;
        this.model = model;
        this.scores = scores;
    }

    /// The held-out source texts to evaluate on.
    public void on(DataFile heldOut) {
        texts = heldOut;
    }

    /// By k.
    public ObservableList<Point> points() {
        return view;
    }

    /// What the curve shows; empty while there is none.
    public ReadOnlyStringProperty caption() {
        return caption.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty working() {
        return working.getReadOnlyProperty();
    }

    /// What the next point waits for, or how its job is going; empty if there is nothing to say.
    public ObservableValue<String> line() {
        return line;
    }

    /// Whether it can be computed now.
    public boolean ready() {
        return scores.getValue() != null && model.get() != null && texts != null && !working.get();
    }

    /// Computes it point by point.
    public void compute() {
        RelevanceScores by = scores.getValue();
        Request.Model of = model.get();
        DataFile on = texts;
        if (by != null && of != null && on != null && !working.get()) {
            points.clear();
            caption.set(Words.of("centre.curve.caption", MethodWords.name(by.method()), Defaults.EXAMPLES));
            working.set(true);
            next(by, of, on, new ArrayList<>(counts(by.ranked().size())));
        }
    }

    private void next(RelevanceScores by, Request.Model of, DataFile on, List<Integer> left) {
        if (left.isEmpty()) {
            working.set(false);
            return;
        }
        int k = left.removeFirst();
        Request request = new Request.Faithfulness(
                of,
                on,
                new MaskStrategy.TopK(k).apply(by),
                null,
                Defaults.BASELINE_EXAMPLES,
                Defaults.EXAMPLES,
                Defaults.SEED);
        job.set(engine.submit(Words.of("centre.curve.asking", k), request, event -> {
            if (event instanceof Event.Judged judged && !judged.sets().isEmpty()) {
                points.add(new Point(k, CausalModel.Check.of(judged.sets().getFirst())));
            }
            if (event instanceof Event.Failed failed) {
                notices.tell(failed);
            }
            if (event instanceof Event.Finished) {
                next(by, of, on, left);
            } else if (event.isLast()) {
                working.set(false);
            }
        }));
    }

    /// Small numbers of heads densely, large ones sparsely, both ends included.
    static TreeSet<Integer> counts(int heads) {
        TreeSet<Integer> counts = new TreeSet<>();
        counts.add(0);
        for (int i = 0; i <= POINTS; i++) {
            counts.add((int) Math.round(Math.pow(heads, (double) i / POINTS)));
        }
        counts.add(heads);
        return counts;
    }

    /// Cancels the work. Finished points stay.
    public void cancel() {
        Job current = job.get();
        if (current != null) {
            current.cancel();
        }
    }
}

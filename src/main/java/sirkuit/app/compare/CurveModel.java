package sirkuit.app.compare;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
import sirkuit.app.causal.CausalModel;
import sirkuit.app.look.MethodWords;
import sirkuit.app.look.Moments;
import sirkuit.app.look.Words;
import sirkuit.app.work.Job;
import sirkuit.app.work.Notices;
import sirkuit.app.work.WindowEngine;
import sirkuit.mask.MaskStrategy;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;
import sirkuit.project.KeptCurve;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.Defaults;

/// How much of the task the top k heads of a score carry, for a growing number of heads, compared with random heads.
public final class CurveModel {
    private static final int POINTS = 12;
    private static final int MOST_KEPT = 20;

    private final WindowEngine engine;
    private final Notices notices;
    private final Supplier<Request.@Nullable Model> model;
    private final ObservableValue<@Nullable RelevanceScores> scores;
    private final ObservableList<Point> points = FXCollections.observableArrayList();
    private final ObservableList<Point> view = FXCollections.unmodifiableObservableList(points);
    private final ReadOnlyStringWrapper caption = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper working = new ReadOnlyBooleanWrapper();
    private @Nullable DataFile texts;
    private String opened = "";
    private List<KeptCurve> kept = List.of();
    private Consumer<List<KeptCurve>> save = curves -> {};
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
        scores.subscribe((was, now) -> showKept());
    }

    /// Shows the latest of the curves that were computed earlier, or that of the scores that are shown.
    ///
    /// @param checkpoint that the project opens with
    /// @param curves     oldest first
    /// @param save       receives them whenever there is another one
    public void keep(String checkpoint, List<KeptCurve> curves, Consumer<List<KeptCurve>> save) {
        opened = checkpoint;
        kept = curves;
        this.save = save;
        if (!showKept()) {
            usable().reduce((a, b) -> b).ifPresent(this::show);
        }
    }

    /// Curves of the same checkpoint on the same texts.
    private Stream<KeptCurve> usable() {
        Request.Model of = model.get();
        DataFile on = texts;
        String checkpoint = of == null ? opened : of.checkpoint();
        return kept.stream()
                .filter(c -> on != null
                        && c.texts().equals(on.file())
                        && c.checkpoint().equals(checkpoint));
    }

    private boolean showKept() {
        RelevanceScores by = scores.getValue();
        Optional<KeptCurve> found = by == null || working.get()
                ? Optional.empty()
                : usable().filter(c -> c.method() == by.method() && Objects.equals(c.scoredAt(), by.createdAt()))
                        .reduce((a, b) -> b);
        found.ifPresent(this::show);
        return found.isPresent();
    }

    private void show(KeptCurve curve) {
        points.setAll(curve.points().stream().map(CurvePoints::shown).toList());
        caption.set(words(curve.method(), curve.scoredAt()) + " "
                + Words.of("centre.curve.computed", Moments.brief(curve.createdAt())));
    }

    private String words(ScoreMethod method, @Nullable String scoredAt) {
        String time = Moments.brief(scoredAt);
        String name = MethodWords.name(method);
        return Words.of(
                "centre.curve.caption",
                time.isEmpty() ? name : Words.of("mask.title.time", name, time),
                Defaults.EXAMPLES);
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
            caption.set(words(by.method(), by.createdAt()));
            working.set(true);
            next(by, of, on, new ArrayList<>(counts(by.ranked().size())));
        }
    }

    private void next(RelevanceScores by, Request.Model of, DataFile on, List<Integer> left) {
        if (left.isEmpty()) {
            working.set(false);
            finished(by, of, on);
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

    private void finished(RelevanceScores by, Request.Model of, DataFile on) {
        KeptCurve curve = new KeptCurve(
                by.method(),
                by.createdAt(),
                of.checkpoint(),
                on.file(),
                Instant.now().toString(),
                points.stream().map(CurvePoints::kept).toList());
        List<KeptCurve> all = new ArrayList<>(kept);
        all.removeIf(c -> c.method() == curve.method()
                && Objects.equals(c.scoredAt(), curve.scoredAt())
                && c.checkpoint().equals(curve.checkpoint())
                && c.texts().equals(curve.texts()));
        all.add(curve);
        kept = List.copyOf(all.subList(Math.max(0, all.size() - MOST_KEPT), all.size()));
        save.accept(kept);
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

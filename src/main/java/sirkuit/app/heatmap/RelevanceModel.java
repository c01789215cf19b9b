package sirkuit.app.heatmap;

import java.util.function.Consumer;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.MethodWords;
import sirkuit.app.look.Words;
import sirkuit.app.work.Job;
import sirkuit.app.work.Notices;
import sirkuit.app.work.WindowEngine;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.Defaults;
import sirkuit.record.ScoreRecord;

/// The scores that are shown, and requests for new ones.
public final class RelevanceModel {
    /// How many texts a preview scores.

    private final WindowEngine engine;
    private final Notices notices;
    private final Consumer<ScoreRecord> finished;
    private final ObjectProperty<ScoreMethod> method = new SimpleObjectProperty<>(ScoreMethod.CDT);
    private final IntegerProperty examples = new SimpleIntegerProperty(Defaults.EXAMPLES);
    private final ReadOnlyObjectWrapper<@Nullable RelevanceScores> shown = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable RelevanceScores> complete = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper caption = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper scoring = new ReadOnlyBooleanWrapper();
    private final ObjectProperty<@Nullable Job> waiting = new SimpleObjectProperty<>();
    private final ObservableValue<String> line = Job.lineOf(waiting);
    private Request.@Nullable Model model;
    private @Nullable DataFile data;

    /// @param finished receives every complete score, to save it
    public RelevanceModel(WindowEngine engine, Notices notices, Consumer<ScoreRecord> finished) {
        this.engine = engine;
        this.notices = notices;
        this.finished = finished;
    }

    /// Sets what to score: this checkpoint, on these source texts.
    public void on(Request.Model checkpoint, DataFile sourceTexts) {
        model = checkpoint;
        data = sourceTexts;
    }

    public ObjectProperty<ScoreMethod> method() {
        return method;
    }

    /// How many texts to score.
    public IntegerProperty examples() {
        return examples;
    }

    /// The scores in the heatmap, possibly still filling in; null when there are none yet.
    public ReadOnlyObjectProperty<@Nullable RelevanceScores> shown() {
        return shown.getReadOnlyProperty();
    }

    /// The last complete scores that were shown. Strategies use these.
    public ReadOnlyObjectProperty<@Nullable RelevanceScores> complete() {
        return complete.getReadOnlyProperty();
    }

    /// What is shown, in words.
    public ReadOnlyStringProperty caption() {
        return caption.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty scoring() {
        return scoring.getReadOnlyProperty();
    }

    /// What the scores wait for, or how far they are, until the first ones arrive; empty if there is nothing to say.
    public ObservableValue<String> line() {
        return line;
    }

    /// Scores all heads by the chosen method.
    public void score() {
        ask("relevance.job.score", method.get(), examples.get());
    }

    /// Scores all heads by gradient, which takes a moment.
    public void preview() {
        ask("relevance.job.preview", ScoreMethod.GRADIENT, Math.min(Defaults.PREVIEW_EXAMPLES, examples.get()));
    }

    /// Shows scores that were saved.
    public void show(ScoreRecord record) {
        display(
                record.scores(),
                Words.of("relevance.shown", MethodWords.name(record.method()), String.valueOf(record.examples())));
    }

    void display(RelevanceScores scores, String words) {
        shown.set(scores);
        complete.set(scores);
        caption.set(words);
    }

    private void ask(String job, ScoreMethod by, int count) {
        if (model == null || data == null || scoring.get()) {
            return;
        }
        scoring.set(true);
        RelevanceScores before = complete.get();
        String captionBefore = caption.get();
        Request request =
                new Request.Score(model, data, by, false, Defaults.BASELINE_EXAMPLES, count, Defaults.SEED, null);
        waiting.set(engine.submit(
                Words.of(job, MethodWords.name(by)), request, event -> heard(event, before, captionBefore)));
    }

    private void heard(Event event, @Nullable RelevanceScores before, String captionBefore) {
        switch (event) {
            case Event.Scoring s -> {
                waiting.set(null); // the caption says more
                shown.set(new RelevanceScores(s.method(), s.score(), s.standardError(), s.examples()));
                caption.set(Words.of(
                        "relevance.showing",
                        MethodWords.name(s.method()),
                        String.valueOf(s.examples()),
                        String.valueOf(s.of())));
            }
            case Event.Scored(ScoreRecord record) -> {
                show(record);
                finished.accept(record);
            }
            case Event.Failed f -> notices.tell(f);
            default -> {}
        }
        if (event.isLast()) {
            scoring.set(false);
            if (!(event instanceof Event.Finished)) {
                shown.set(before);
                caption.set(captionBefore);
            }
        }
    }
}

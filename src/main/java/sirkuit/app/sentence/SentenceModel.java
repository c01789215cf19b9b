package sirkuit.app.sentence;

import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;
import sirkuit.app.heatmap.HeatmapModel;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.ProblemWords;
import sirkuit.app.look.Words;
import sirkuit.app.mask.MaskModel;
import sirkuit.app.work.WindowEngine;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;

/// The model's answer to one sentence while it is being typed. A newer question replaces the older one.
public final class SentenceModel {
    private static final String PLAIN = "sentence";
    private static final String WITHOUT = "sentence without";

    private final WindowEngine engine;
    private final ObservableValue<Request.@Nullable Model> model;
    private final HeatmapModel heatmap;
    private final MaskModel masks;
    private final StringProperty text = new SimpleStringProperty("");
    private final StringProperty pair = new SimpleStringProperty("");
    private final BooleanProperty open = new SimpleBooleanProperty();
    private final BooleanProperty inHeatmap = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<Event.@Nullable Explained> answer = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Event.@Nullable Explained> without = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<@Nullable Head> head = new ReadOnlyObjectWrapper<>();
    private final WordsModel words;
    private @Nullable DataFile baseline;
    private int asked;
    private int askedWithout;

    public SentenceModel(
            WindowEngine engine,
            ObservableValue<Request.@Nullable Model> model,
            HeatmapModel heatmap,
            MaskModel masks) {
        this.engine = engine;
        this.model = model;
        this.heatmap = heatmap;
        this.masks = masks;
        text.subscribe((was, now) -> both());
        pair.subscribe((was, now) -> both());
        open.subscribe((was, now) -> both());
        model.subscribe((was, now) -> both());
        heatmap.pointing().focus().subscribe(now -> {
            head.set(now);
            ask();
        });
        masks.mask().subscribe((was, now) -> askWithout());
        answer.subscribe(a -> contributions());
        inHeatmap.subscribe(i -> contributions());
        inHeatmap.subscribe((was, now) -> ask());
        words = new WordsModel(engine, model, this, masks.mask()); // last, because the answer is asked for first
    }

    /// Sets the texts that the mean head outputs are computed over.
    public void on(DataFile texts) {
        baseline = texts;
        words.on(texts);
    }

    /// What each word adds to the answer.
    public WordsModel words() {
        return words;
    }

    public StringProperty text() {
        return text;
    }

    /// The second text; empty if the task is about single texts.
    public StringProperty pair() {
        return pair;
    }

    /// Whether the panel is visible. Otherwise nothing is computed.
    public BooleanProperty open() {
        return open;
    }

    /// Whether the heatmap shows what each head contributes to this sentence instead of the task's scores.
    public BooleanProperty inHeatmap() {
        return inHeatmap;
    }

    /// The answer with all heads; null while there is none.
    public ReadOnlyObjectProperty<Event.@Nullable Explained> answer() {
        return answer.getReadOnlyProperty();
    }

    /// The answer with the mask's heads at their mean; null while there is none, or if the mask is empty.
    public ReadOnlyObjectProperty<Event.@Nullable Explained> without() {
        return without.getReadOnlyProperty();
    }

    /// Why there is no answer; empty if there is one, or there was no question.
    public ReadOnlyStringProperty trouble() {
        return trouble.getReadOnlyProperty();
    }

    /// The head whose attention is shown: the last one selected in the heatmap.
    public ReadOnlyObjectProperty<@Nullable Head> head() {
        return head.getReadOnlyProperty();
    }

    /// Sets a sentence from elsewhere.
    public void show(String sentence, @Nullable String second) {
        pair.set(second == null ? "" : second);
        text.set(sentence);
    }

    /// Asks again, for instance after the engine has been started again.
    public void retry() {
        if (answer.get() == null) {
            both();
            words.ask();
        }
    }

    /// How the answer changes without the mask's heads, in a sentence; empty while that is not known.
    static String verdict(Event.@Nullable Explained whole, Event.@Nullable Explained without) {
        if (whole == null || without == null) {
            return "";
        }
        String before = whole.labels().get(whole.predicted());
        String after = without.labels().get(without.predicted());
        String kept = Numbers.decimal(100 * without.probabilities()[whole.predicted()], 0);
        String was = Numbers.decimal(100 * whole.probabilities()[whole.predicted()], 0);
        return before.equals(after)
                ? Words.of("side.whatif.same", before, was, kept)
                : Words.of(
                        "side.whatif.turned",
                        before,
                        was,
                        after,
                        Numbers.decimal(100 * without.probabilities()[without.predicted()], 0));
    }

    private void both() {
        ask();
        askWithout();
    }

    private void ask() {
        Request.Model of = model.getValue();
        int number = ++asked;
        if (of == null || !open.get() || text.get().isBlank()) {
            answer.set(null);
            trouble.set("");
            return;
        }
        // What every head contributes takes much longer than the answer.
        DataFile over = inHeatmap.get() ? baseline : null;
        Request question = new Request.Explain(of, text.get(), second(), over, head.get(), PLAIN);
        engine.ask(question, event -> {
            if (number == asked) {
                heard(event, answer);
            }
        });
    }

    private void askWithout() {
        Request.Model of = model.getValue();
        HeadMask mask = masks.mask().get();
        int number = ++askedWithout;
        boolean nothing = mask == null || mask.size() == 0 || baseline == null;
        if (of == null || !open.get() || text.get().isBlank() || nothing) {
            without.set(null);
            return;
        }
        Request question = new Request.WhatIf(
                of, text.get(), second(), baseline, null, WITHOUT, List.copyOf(mask.selected()), false);
        engine.ask(question, event -> {
            if (number == askedWithout) {
                heard(event, without);
            }
        });
    }

    private void heard(Event event, ReadOnlyObjectWrapper<Event.@Nullable Explained> into) {
        switch (event) {
            case Event.Explained explained -> {
                into.set(explained);
                trouble.set("");
            }
            case Event.Failed failed -> {
                into.set(null);
                trouble.set(ProblemWords.of(failed.problem()));
            }
            default -> {}
        }
    }

    private @Nullable String second() {
        return pair.get().isBlank() ? null : pair.get();
    }

    private void contributions() {
        Event.Explained now = answer.get();
        if (!inHeatmap.get()) {
            heatmap.instead().set(null);
        } else if (now != null && now.contributions() != null) {
            double[][] values = now.contributions();
            double[][] errors = new double[values.length][values[0].length];
            for (double[] row : errors) {
                java.util.Arrays.fill(row, Double.NaN);
            }
            heatmap.instead()
                    .set(new HeatmapModel.Instead(
                            new RelevanceScores(ScoreMethod.CDT, values, errors, 1),
                            Words.of("side.sentence.heatmap", now.labels().get(now.predicted()))));
        }
    }
}

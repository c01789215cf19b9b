package sirkuit.app.present;

import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;
import sirkuit.app.present.answer.Answer;
import sirkuit.app.present.answer.BackgroundWork;
import sirkuit.app.present.answer.DelayedAction;
import sirkuit.app.present.answer.Question;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.presentation.GivenText;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;

/// The audience's sentence: the model's answer, and its answer with some heads switched off. At first these are the
/// selected heads.
public final class AskModel {
    private static final String PLAIN = "stage";
    private static final String WITHOUT = "stage-without";

    private final PresentedProject subject;
    private final Rehearsal rehearsal;
    private final BackgroundWork backstage;
    private final Examples examples;
    private final Map<GivenText, String> glosses;
    private final @Nullable HeadMask chosen;
    private final ReadOnlyObjectWrapper<@Nullable HeadMask> off = new ReadOnlyObjectWrapper<>();
    private final boolean pairs;
    private final StringProperty text = new SimpleStringProperty("");
    private final StringProperty pair = new SimpleStringProperty("");
    private boolean picking;
    private final Question whole;
    private final Question without;

    AskModel(PresentedProject subject, DelayedAction patience, BackgroundWork backstage, Script script) {
        Rehearsal rehearsal = script.rehearsal();
        this.subject = subject;
        this.rehearsal = rehearsal;
        this.backstage = backstage;
        glosses = script.glosses();
        pairs = script.pairs();
        chosen = subject.chosen();
        off.set(subject.noneOff() == null ? null : chosen == null ? subject.noneOff() : chosen);
        examples = new Examples(script, chosen);
        whole = new Question(
                subject.engine(),
                patience,
                backstage,
                given -> question(given, PLAIN),
                given -> rehearsal.answer(given.shown(), null),
                answer -> learned(answer, null));
        without = new Question(
                subject.engine(),
                patience,
                backstage,
                given -> questionWithout(given, WITHOUT, off.get()),
                given -> rehearsal.answer(given.shown(), off.get()),
                answer -> learned(answer, off.get()));
        text.subscribe((was, now) -> ask());
        pair.subscribe((was, now) -> ask());
        off.subscribe((was, now) -> without.ask(given()));
        examples.shown().subscribe((was, now) -> show(0));
    }

    private void ask() {
        if (!picking) {
            examples.settle();
            whole.ask(given());
            without.ask(given());
        }
    }

    private GivenText given() {
        return new GivenText(text.get().strip(), pairs ? pair.get().strip() : null);
    }

    /// Whether the task is about two sentences.
    public boolean pairs() {
        return pairs;
    }

    /// The sentence that was typed or picked.
    public StringProperty text() {
        return text;
    }

    /// The second sentence that was typed or picked; unused if the task is about single sentences.
    public StringProperty pair() {
        return pair;
    }

    public ReadOnlyObjectProperty<List<GivenText>> examples() {
        return examples.shown();
    }

    /// Picks an example, counted from 0. Does nothing if there is none.
    public void pick(int example) {
        examples.settle();
        show(example);
    }

    /// Keeps the examples from now on, because the audience has gone on.
    void settle() {
        examples.settle();
    }

    void show(int example) {
        List<GivenText> all = examples.shown().get();
        if (example >= 0 && example < all.size()) {
            GivenText given = all.get(example);
            picking = true; // both sentences are one question
            text.set(given.text());
            pair.set(given.pair() == null ? "" : given.pair());
            picking = false;
            whole.ask(given());
            without.ask(given());
        }
    }

    /// The heads that are switched off; null if the model's shape is not known.
    public ReadOnlyObjectProperty<@Nullable HeadMask> off() {
        return off.getReadOnlyProperty();
    }

    /// How many heads are switched off.
    public int offCount() {
        HeadMask now = off.get();
        return now == null ? 0 : now.size();
    }

    /// Switches a single head off or on.
    public void toggle(Head head) {
        HeadMask now = off.get();
        if (now != null) {
            off.set(now.toggled(head));
        }
    }

    /// Switches all heads on.
    public void allOn() {
        off.set(subject.noneOff());
    }

    /// Switches exactly the selected heads off.
    public void chosenOff() {
        if (chosen != null) {
            off.set(chosen);
        }
    }

    /// What the sentence means; empty if the data does not say.
    public String meaning() {
        return meaning(given());
    }

    /// Whether the data says what any sentence means.
    public boolean hasMeanings() {
        return !glosses.isEmpty();
    }

    public String meaning(GivenText given) {
        return glosses.getOrDefault(given, "");
    }

    public ReadOnlyObjectProperty<@Nullable Answer> whole() {
        return whole.answer();
    }

    /// The answer with some heads off; null also if none are.
    public ReadOnlyObjectProperty<@Nullable Answer> without() {
        return without.answer();
    }

    public ReadOnlyStringProperty quiet() {
        return whole.quiet();
    }

    public ReadOnlyStringProperty quietWithout() {
        return without.quiet();
    }

    /// Asks about the examples in advance, so that there are answers even if the engine is not available later.
    void rehearse() {
        for (GivenText example : examples.rehearsed()) {
            learn(question(example, null), example, null);
            learn(questionWithout(example, null, chosen), example, chosen);
        }
    }

    void retry() {
        whole.retry();
        without.retry();
    }

    void close() {
        whole.close();
        without.close();
    }

    private void learn(@Nullable Request request, GivenText example, @Nullable HeadMask heads) {
        if (request == null || rehearsal.answer(example.shown(), heads) != null) {
            return;
        }
        backstage.add(new BackgroundWork.Task() {
            @Override
            public Request request() {
                return request;
            }

            @Override
            public void hear(Event event) {
                if (event instanceof Event.Explained e) {
                    learned(new Answer(example.shown(), e.labels(), e.probabilities()), heads);
                }
            }
        });
    }

    private void learned(Answer answer, @Nullable HeadMask heads) {
        // Of other heads there are too many choices.
        boolean usual = heads == null || (chosen != null && heads.selected().equals(chosen.selected()));
        if (usual && examples.isRehearsed(answer.text())) {
            rehearsal.learn(answer, heads);
            examples.answered();
        }
    }

    private @Nullable Request question(GivenText given, @Nullable String slot) {
        return given.open() ? null : new Request.Explain(subject.model(), given.text(), given.pair(), null, null, slot);
    }

    private @Nullable Request questionWithout(GivenText given, @Nullable String slot, @Nullable HeadMask heads) {
        return heads == null || heads.size() == 0 || given.open()
                ? null
                : new Request.WhatIf(
                        subject.model(),
                        given.text(),
                        given.pair(),
                        subject.file().source().train(),
                        null,
                        slot,
                        List.copyOf(heads.selected()),
                        false);
    }
}

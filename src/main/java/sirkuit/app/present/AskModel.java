package sirkuit.app.present;

import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;
import sirkuit.engine.Event;
import sirkuit.engine.Request;
import sirkuit.mask.HeadMask;

/// The audience's sentence: what the model says of it, and what it says without the chosen heads.
public final class AskModel {
    private static final String PLAIN = "stage";
    private static final String WITHOUT = "stage-without";

    private final Subject subject;
    private final Rehearsal rehearsal;
    private final Backstage backstage;
    private final List<String> examples;
    private final Map<String, String> glosses;
    private final @Nullable HeadMask off;
    private final StringProperty text = new SimpleStringProperty("");
    private final Question whole;
    private final Question without;

    /// @param examples sentences to pick from
    /// @param glosses  what sentences mean, where the data says so
    AskModel(
            Subject subject,
            Patience patience,
            Backstage backstage,
            Rehearsal rehearsal,
            List<String> examples,
            Map<String, String> glosses) {
        this.subject = subject;
        this.rehearsal = rehearsal;
        this.backstage = backstage;
        this.examples = examples;
        this.glosses = glosses;
        off = subject.chosen();
        whole = new Question(
                subject.engine(),
                patience,
                backstage,
                sentence -> question(sentence, PLAIN),
                sentence -> rehearsal.answer(sentence, null),
                answer -> learned(answer, null));
        without = new Question(
                subject.engine(),
                patience,
                backstage,
                sentence -> questionWithout(sentence, WITHOUT),
                sentence -> rehearsal.answer(sentence, off),
                answer -> learned(answer, off));
        text.subscribe((was, now) -> {
            whole.ask(now.strip());
            without.ask(now.strip());
        });
    }

    /// What was typed or picked.
    public StringProperty text() {
        return text;
    }

    public List<String> examples() {
        return examples;
    }

    /// Picks one, counted from 0; nothing happens when there is none.
    void pick(int example) {
        if (example >= 0 && example < examples.size()) {
            text.set(examples.get(example));
        }
    }

    /// What the sentence means; empty when the data does not say.
    public String meaning(String sentence) {
        return glosses.getOrDefault(sentence.strip(), "");
    }

    public ReadOnlyObjectProperty<@Nullable Answer> whole() {
        return whole.answer();
    }

    /// Without the chosen heads; null also when none are chosen.
    public ReadOnlyObjectProperty<@Nullable Answer> without() {
        return without.answer();
    }

    public ReadOnlyStringProperty quiet() {
        return whole.quiet();
    }

    public ReadOnlyStringProperty quietWithout() {
        return without.quiet();
    }

    /// Asks what it can about the examples, so that they are answered even when the engine is not there later.
    void rehearse() {
        for (String example : examples) {
            learn(question(example, null), example, null);
            learn(questionWithout(example, null), example, off);
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

    private void learn(@Nullable Request request, String example, @Nullable HeadMask heads) {
        if (request == null || rehearsal.answer(example, heads) != null) {
            return;
        }
        backstage.add(new Backstage.Task() {
            @Override
            public Request request() {
                return request;
            }

            @Override
            public void hear(Event event) {
                if (event instanceof Event.Explained e) {
                    learned(new Answer(example, e.labels(), e.probabilities()), heads);
                }
            }
        });
    }

    private void learned(Answer answer, @Nullable HeadMask heads) {
        if (examples.contains(answer.text())) {
            rehearsal.learn(answer, heads);
        }
    }

    private Request question(String sentence, @Nullable String slot) {
        return new Request.Explain(subject.model(), sentence, null, null, null, slot);
    }

    private @Nullable Request questionWithout(String sentence, @Nullable String slot) {
        HeadMask heads = off;
        return heads == null
                ? null
                : new Request.WhatIf(
                        subject.model(),
                        sentence,
                        null,
                        subject.file().source().train(),
                        null,
                        slot,
                        List.copyOf(heads.selected()),
                        false);
    }
}

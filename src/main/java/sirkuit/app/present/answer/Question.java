package sirkuit.app.present.answer;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;
import sirkuit.app.work.WindowEngine;
import sirkuit.presentation.GivenText;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;

/// A question about a sentence, and the answer that is shown. It is the engine's answer or, if the engine takes too
/// long, the answer from the rehearsal or the last one. A newer question replaces the older one.
public final class Question {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final WindowEngine engine;
    private final DelayedAction patience;
    private final BackgroundWork backstage;
    private final Function<GivenText, @Nullable Request> request;
    private final Function<GivenText, @Nullable Answer> rehearsed;
    private final Consumer<Answer> learned;
    private final ReadOnlyObjectWrapper<@Nullable Answer> answer = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper quiet = new ReadOnlyStringWrapper("");
    private GivenText given = new GivenText("", null);
    private boolean answered = true;
    private int asked;
    private Runnable stopWaiting = () -> {};

    /// @param request   what to ask about a sentence; null for no question
    /// @param rehearsed the answer from a rehearsal
    /// @param learned   receives every answer
    public Question(
            WindowEngine engine,
            DelayedAction patience,
            BackgroundWork backstage,
            Function<GivenText, @Nullable Request> request,
            Function<GivenText, @Nullable Answer> rehearsed,
            Consumer<Answer> learned) {
        this.engine = engine;
        this.patience = patience;
        this.backstage = backstage;
        this.request = request;
        this.rehearsed = rehearsed;
        this.learned = learned;
    }

    /// The shown answer; null while there is none.
    public ReadOnlyObjectProperty<@Nullable Answer> answer() {
        return answer.getReadOnlyProperty();
    }

    /// Where the answer comes from, if it is not the engine's answer to this sentence; empty otherwise.
    public ReadOnlyStringProperty quiet() {
        return quiet.getReadOnlyProperty();
    }

    public void ask(GivenText sentence) {
        stopWaiting.run();
        int number = ++asked;
        given = sentence;
        quiet.set("");
        Request question = request.apply(sentence);
        answered = question == null;
        if (question == null) {
            answer.set(null);
            backstage.goOn(); // what was asked before is not answered any more
            return;
        }
        stopWaiting = patience.after(PATIENCE, () -> fallBack(number));
        backstage.makeWay();
        engine.ask(question, event -> heard(number, event));
    }

    /// Asks again what has not been answered.
    public void retry() {
        if (!answered) {
            ask(given);
        }
    }

    public void close() {
        asked++;
        stopWaiting.run();
    }

    private void heard(int number, Event event) {
        if (number != asked) {
            return;
        }
        switch (event) {
            case Event.Explained e -> {
                stopWaiting.run();
                answered = true;
                Answer now = new Answer(given.shown(), e.labels(), e.probabilities());
                answer.set(now);
                quiet.set("");
                learned.accept(now);
            }
            case Event.Failed f -> fallBack(number);
            default -> {}
        }
        if (event.isLast()) {
            backstage.goOn();
        }
    }

    private void fallBack(int number) {
        stopWaiting.run();
        if (number != asked || answered) {
            return;
        }
        Answer earlier = rehearsed.apply(given);
        Answer last = answer.get();
        if (earlier != null) {
            answer.set(earlier);
            quiet.set(Words.of("present.quiet.rehearsed"));
        } else if (last != null && !last.text().equals(given.shown())) {
            quiet.set(Words.of("present.quiet.last", last.text()));
        } else {
            quiet.set(Words.of("present.quiet.none"));
        }
    }
}

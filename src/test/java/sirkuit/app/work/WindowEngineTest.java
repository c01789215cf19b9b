package sirkuit.app.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sirkuit.Problem;
import sirkuit.engine.EngineClient;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.protocol.Stage;

class WindowEngineTest {
    private static final Event.Ready READY = new Event.Ready(1, 7, "0.1", "cpu", 2, "PyTorch");
    private static final Request REQUEST = new Request.Inspect("folder");

    private final NoEngine engine = new NoEngine();
    private final Notices notices = new Notices();
    private @Nullable Consumer<EngineClient.State> states;
    private final WindowEngine session = new WindowEngine(
            listener -> {
                states = listener;
                return engine;
            },
            notices);

    @Test
    void anEngineThatDiesIsToldOfAndStartedAgain() {
        becomes(new EngineClient.State.Up(READY));
        becomes(new EngineClient.State.Down(Problem.plain("It was killed.", "Run it again.")));
        assertThat(engine.starts()).isEqualTo(1);
        assertThat(notices.open()).extracting(Notice::what).containsExactly("It was killed.");
        becomes(new EngineClient.State.Starting());
        becomes(new EngineClient.State.Up(READY));
        assertThat(session.state().get().words()).isEqualTo("CPU ready");
    }

    @Test
    void whatWasToldOfADeathIsNoErrorOnceItIsBackAndGoesWithTheNextResult() {
        comesUpAndDies();
        assertThat(notices.open()).extracting(Notice::kind).containsExactly(Notice.Kind.ERROR);
        becomes(new EngineClient.State.Up(READY));
        assertThat(notices.open()).singleElement().satisfies(told -> {
            assertThat(told.kind()).isEqualTo(Notice.Kind.INFO);
            assertThat(told.what()).isEqualTo("It was killed.");
            assertThat(told.remedy()).contains("running again");
        });
        session.submit("by itself", REQUEST, event -> {});
        engine.asked().getLast().answer(new Event.Finished(1));
        assertThat(notices.open()).hasSize(1);
        session.submit("asked for", new Request.Tune(null, "run"), event -> {});
        engine.asked().getLast().answer(new Event.Finished(1));
        assertThat(notices.open()).isEmpty();
    }

    /// What is stopped then can go on later, and what comes behind it waits long.
    @Test
    void aRunIsToldFromOtherWork() {
        assertThat(session.submit("run", new Request.Tune(null, "run"), event -> {})
                        .run())
                .isTrue();
        assertThat(session.submit("run", new Request.Resume("run"), event -> {}).run())
                .isTrue();
        assertThat(session.submit("other work", REQUEST, event -> {}).run()).isFalse();
    }

    @Test
    void anEngineThatNeverComesUpIsNotStartedAgain() {
        becomes(new EngineClient.State.Starting());
        becomes(new EngineClient.State.Down(Problem.plain("The engine is of version 9.", "Use one of this version.")));
        assertThat(engine.starts()).isZero();
        assertThat(session.state().get().words()).isEqualTo("Engine stopped");
        assertThat(notices.open()).singleElement().satisfies(told -> {
            assertThat(told.what()).isEqualTo("The engine is of version 9.");
            assertThat(told.remedy()).isEqualTo("Use one of this version. Then press Start engine.");
        });
    }

    @Test
    void anEngineThatDiesAtEveryRequestIsNotStartedForever() {
        for (int i = 0; i < 10; i++) {
            comesUpAndDies();
        }
        assertThat(engine.starts()).isEqualTo(2);
        assertThat(session.state().get().words()).isEqualTo("Engine stopped");
        assertThat(notices.open()).singleElement().satisfies(told -> {
            assertThat(told.remedy()).contains("not restarted automatically").contains("Start engine");
            assertThat(told.details()).isEqualTo("killed");
        });
    }

    @Test
    void whatIsFinishedBetweenTwoDeathsForgetsTheFirst() {
        for (int i = 0; i < 10; i++) {
            comesUpAndDies();
            session.submit("job", REQUEST, event -> {});
            engine.asked().getLast().answer(new Event.Finished(1));
        }
        assertThat(engine.starts()).isEqualTo(10);
    }

    @Test
    void theUserStartsAnEngineThatHasStoppedForGood() {
        for (int i = 0; i < 3; i++) {
            comesUpAndDies();
        }
        session.start();
        assertThat(engine.starts()).isEqualTo(3);
        comesUpAndDies();
        assertThat(engine.starts()).isEqualTo(4);
    }

    @Test
    void theOldestJobIsTheCurrentOneUntilItIsOver() {
        Job first = session.submit("first", REQUEST, event -> {});
        Job second = session.submit("second", REQUEST, event -> {});
        assertThat(session.current().get()).isSameAs(first);
        engine.asked().getFirst().answer(new Event.Finished(1));
        assertThat(session.current().get()).isSameAs(second);
        engine.asked().getLast().answer(new Event.Cancelled());
        assertThat(session.current().get()).isNull();
    }

    @Test
    void aListenerHearsEveryEvent() {
        List<Event> heard = new ArrayList<>();
        session.submit("job", REQUEST, heard::add);
        Event[] events = {new Event.Progress(Stage.READING, 1, 2), new Event.Finished(1)};
        engine.asked().getFirst().answer(events);
        assertThat(heard).containsExactly(events);
    }

    @Test
    void aJobIsCancelledOnceOnly() {
        Job job = session.submit("job", REQUEST, event -> {});
        job.cancel();
        job.cancel();
        assertThat(engine.cancels()).isEqualTo(1);
        assertThat(job.cancelling().get()).isTrue();
    }

    /// As the client tells it: the open request fails first.
    @Test
    void restartedTheOldEngineNeitherFailsNorIsHeardAnyMore() {
        becomes(new EngineClient.State.Up(READY));
        Consumer<EngineClient.State> old = java.util.Objects.requireNonNull(states);
        List<Event> heard = new ArrayList<>();
        session.submit("Reading", REQUEST, heard::add);
        NoEngine.Asked asked = engine.asked().getLast();
        asked.answer(new Event.Memory(10, 20, 30));
        assertThat(session.memory().get()).isEqualTo(new Event.Memory(10, 20, 30));
        session.restart();
        assertThat(session.memory().get()).isNull();
        assertThat(session.state().get()).isInstanceOf(EngineState.Starting.class);
        asked.answer(new Event.Failed("It ended.", "Start it.", null));
        old.accept(new EngineClient.State.Down(Problem.plain("It ended.", "Start it.")));
        assertThat(heard).last().isInstanceOf(Event.Cancelled.class);
        assertThat(session.state().get()).isInstanceOf(EngineState.Starting.class);
        assertThat(session.current().get()).isNull();
        assertThat(notices.open()).isEmpty();
    }

    private void comesUpAndDies() {
        becomes(new EngineClient.State.Starting());
        becomes(new EngineClient.State.Up(READY));
        session.submit("job", REQUEST, event -> {
            if (event instanceof Event.Failed failed) {
                notices.tell(failed);
            }
        });
        engine.asked().getLast().answer(new Event.Failed("It was killed.", "A new one starts.", "killed"));
        becomes(new EngineClient.State.Down(Problem.plain("It was killed.", "A new one starts.")));
    }

    private void becomes(EngineClient.State state) {
        if (states != null) {
            states.accept(state);
        }
    }
}

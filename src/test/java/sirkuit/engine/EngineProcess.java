package sirkuit.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import sirkuit.UsesProcess;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;

/// A real engine process for tests, with its events collected.
@UsesProcess
public final class EngineProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 120;

    private final BlockingQueue<EngineClient.State> states = new LinkedBlockingQueue<>();
    private final EngineClient client;

    /// @param options of its Java, such as `-Dname=value`
    public EngineProcess(String... options) {
        List<String> words = new ArrayList<>(
                EngineCommand.ofThisProgram("cpu", OptionalInt.of(2)).words());
        words.add(1, "-XX:TieredStopAtLevel=1"); // it starts sooner, and what is heavy is native
        words.addAll(1, List.of(options));
        client = new EngineClient(new EngineCommand(words), Runnable::run, states::add);
    }

    public EngineClient client() {
        return client;
    }

    public BlockingQueue<EngineClient.State> states() {
        return states;
    }

    /// Sends a request and waits for its last event.
    public List<Event> ask(Request request) throws InterruptedException {
        return new Answer(request, event -> {}).await();
    }

    /// The only event of a kind among some.
    public static <T extends Event> T only(List<Event> events, Class<T> kind) {
        List<T> found = events.stream().filter(kind::isInstance).map(kind::cast).toList();
        if (found.size() != 1) {
            throw new AssertionError(kind.getSimpleName() + " came " + found.size() + " times in " + events);
        }
        return found.getFirst();
    }

    /// A request under way.
    public final class Answer {
        private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        private final EngineClient.Ticket ticket;

        public Answer(Request request, Consumer<Event> watch) {
            ticket = client.submit(request, event -> {
                watch.accept(event);
                events.add(event);
            });
        }

        public EngineClient.Ticket ticket() {
            return ticket;
        }

        public void cancel() {
            ticket.cancel();
        }

        public Event next() throws InterruptedException {
            Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no event within " + PATIENCE_SECONDS + " s");
            }
            return event;
        }

        public List<Event> await() throws InterruptedException {
            List<Event> all = new ArrayList<>();
            do {
                all.add(next());
            } while (!all.getLast().isLast());
            return all;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}

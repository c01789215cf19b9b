package sirkuit.app.work;

import java.util.List;
import java.util.function.Consumer;
import sirkuit.engine.EngineClient;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;

/// The engine as the window sees it.
public interface Engine extends AutoCloseable {
    /// Starts it in the background, unless it is already running.
    void start();

    /// @param listener gets every event of the request; the last one is final
    /// @return cancels the request
    Runnable submit(Request request, Consumer<Event> listener);

    /// Puts waiting requests in another order.
    ///
    /// @param sent what [#submit] returned for them
    default void order(List<Runnable> sent) {}

    /// Leaves the process to finish its runs.
    void detach();

    @Override
    void close();

    /// A request under way; running it cancels the request.
    record Sent(EngineClient.Ticket ticket) implements Runnable {
        @Override
        public void run() {
            ticket.cancel();
        }
    }

    /// The engine process behind `client`.
    static Engine of(EngineClient client) {
        return new Engine() {
            @Override
            public void start() {
                client.start();
            }

            @Override
            public Runnable submit(Request request, Consumer<Event> listener) {
                return new Sent(client.submit(request, listener));
            }

            @Override
            public void order(List<Runnable> sent) {
                client.order(sent.stream()
                        .filter(Sent.class::isInstance)
                        .map(s -> ((Sent) s).ticket)
                        .toList());
            }

            @Override
            public void detach() {
                client.detach();
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }
}

package sirkuit.app.work;

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

    /// Leaves the process to finish its runs.
    void detach();

    @Override
    void close();

    /// The engine process behind `client`.
    static Engine of(EngineClient client) {
        return new Engine() {
            @Override
            public void start() {
                client.start();
            }

            @Override
            public Runnable submit(Request request, Consumer<Event> listener) {
                return client.submit(request, listener)::cancel;
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

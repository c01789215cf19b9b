package sirkuit.app.work;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;

/// An engine that only remembers what it was asked; the test answers in its place.
public class NoEngine implements Engine {
    /// A request that waits for an answer.
    public record Asked(Request request, Consumer<Event> listener) {
        public void answer(Event... events) {
            for (Event event : events) {
                listener.accept(event);
            }
        }
    }

    private final List<Asked> asked = new ArrayList<>();
    private int starts;
    private int cancels;
    private boolean detached;

    @Override
    public void start() {
        starts++;
    }

    @Override
    public Runnable submit(Request request, Consumer<Event> listener) {
        asked.add(new Asked(request, listener));
        return new Runnable() { // one for each request
            @Override
            public void run() {
                cancels++;
            }
        };
    }

    @Override
    public void detach() {
        detached = true;
    }

    @Override
    public void close() {}

    public List<Asked> asked() {
        return asked;
    }

    /// The latest request of that kind.
    public Asked last(Class<? extends Request> kind) {
        return asked.reversed().stream()
                .filter(a -> kind.isInstance(a.request()))
                .findFirst()
                .orElseThrow();
    }

    public int starts() {
        return starts;
    }

    public boolean detached() {
        return detached;
    }

    public int cancels() {
        return cancels;
    }
}

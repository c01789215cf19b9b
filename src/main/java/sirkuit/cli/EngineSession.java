package sirkuit.cli;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import sirkuit.Problem;
import sirkuit.engine.EngineClient;
import sirkuit.engine.EngineCommand;
import sirkuit.engine.Event;
import sirkuit.engine.Request;

/// One engine process for one command. Ctrl-C cancels the request and waits for the engine to say so, so that a run's
/// events end properly.
final class EngineSession implements AutoCloseable {
    private final BlockingQueue<Runnable> deliveries = new LinkedBlockingQueue<>();
    private final ProgressPrinter progress = new ProgressPrinter();
    private final EngineClient client;

    EngineSession(EngineCommand command) {
        client = new EngineClient(command, deliveries::add, state -> {});
    }

    /// Sends a request and hands its events out on this thread until the last.
    ///
    /// @throws Problem when it failed for a reason the user can mend
    /// @throws WorkFailed when it failed otherwise or was cancelled
    void run(Request request, Consumer<Event> listener) {
        Event[] last = new Event[1];
        EngineClient.Ticket ticket = client.submit(request, event -> {
            if (event instanceof Event.Progress p) {
                progress.show(p);
            } else {
                progress.clear();
                if (event instanceof Event.Noted(String what)) {
                    System.err.println("note: " + what);
                }
                listener.accept(event);
            }
            if (event.isLast()) {
                last[0] = event;
            }
        });
        Thread onInterrupt = Thread.ofPlatform().unstarted(() -> cancelAndWait(ticket, last));
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try {
            while (last[0] == null) {
                deliveries.take().run();
            }
        } catch (InterruptedException e) {
            ticket.cancel();
            Thread.currentThread().interrupt();
            throw new WorkFailed("interrupted");
        } finally {
            removeHook(onInterrupt);
            progress.clear();
        }
        switch (last[0]) {
            case Event.Failed f when f.kind() == Problem.Kind.INPUT -> throw new Problem(f.what(), f.remedy());
            case Event.Failed f -> throw new WorkFailed(f.what() + "\n  " + f.remedy());
            case Event.Cancelled() -> throw new WorkFailed("cancelled");
            default -> {}
        }
    }

    /// The work failed for a reason that lies not in the input.
    static final class WorkFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WorkFailed(String message) {
            super(message);
        }
    }

    private static void cancelAndWait(EngineClient.Ticket ticket, Event[] last) {
        ticket.cancel();
        long deadline = System.nanoTime() + 3_000_000_000L;
        while (last[0] == null && System.nanoTime() < deadline) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the program is ending already
        }
    }

    @Override
    public void close() {
        client.close();
    }
}

package sirkuit.cli.shared;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.engine.EngineClient;
import sirkuit.engine.EngineCommand;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.run.ProxyFolder;
import sirkuit.run.RunFolder;

/// One engine process for one command. Ctrl-C cancels the request and waits until the engine has confirmed it, so that
/// the run's events end properly.
public final class CommandEngine implements AutoCloseable {
    /// The advice that says how a run is resumed.
    private static final String KEPT = "engine.tune.kept-so-far.remedy";

    /// Engines that stay for the next command of this process, by what starts them. Only with the system property
    /// `sirkuit.engine.shared`: tests run many commands in one process, and would wait for a start in each.
    private static final Map<EngineCommand, EngineClient> SHARED = new ConcurrentHashMap<>();

    private final BlockingQueue<Runnable> deliveries = new LinkedBlockingQueue<>();
    private final ProgressPrinter progress = new ProgressPrinter();
    private final EngineClient client;
    private final boolean shared = Boolean.getBoolean("sirkuit.engine.shared");
    private volatile boolean interrupted;
    private volatile int step;
    private volatile Event.@Nullable Paused paused;

    public CommandEngine(EngineCommand command) {
        client = shared ? SHARED.computeIfAbsent(command, CommandEngine::client) : client(command);
    }

    private static EngineClient client(EngineCommand command) {
        return new EngineClient(command, Runnable::run, state -> {});
    }

    /// Sends a request and passes its events to the listener on this thread, until the last one.
    ///
    /// @throws Problem when it failed for a reason the user can correct
    /// @throws WorkFailed when it failed otherwise or was cancelled
    public void run(Request request, Consumer<Event> listener) {
        AtomicReference<@Nullable Event> last = new AtomicReference<>();
        EngineClient.Ticket ticket =
                client.submit(request, event -> deliveries.add(() -> received(event, listener, last)));
        Thread onInterrupt = Thread.ofPlatform().unstarted(() -> cancelAndSay(ticket, request, last));
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try {
            while (last.get() == null) {
                deliveries.take().run();
            }
            awaitEndOfProgram();
        } catch (InterruptedException e) {
            ticket.cancel();
            Thread.currentThread().interrupt();
            throw new WorkFailed("interrupted");
        } finally {
            removeHook(onInterrupt);
            progress.clear();
        }
        switch (last.get()) {
            case Event.Failed f when f.kind() == Problem.Kind.INPUT -> throw f.problem();
            case Event.Failed f ->
                throw new WorkFailed(
                        f.what() + "\n  " + f.remedy(),
                        KEPT.equals(f.problem().advice().code()));
            case Event.Cancelled() -> throw new WorkFailed(cancelled(request), true);
            default -> {}
        }
    }

    private void received(Event event, Consumer<Event> listener, AtomicReference<@Nullable Event> last) {
        if (event instanceof Event.Progress p) {
            progress.show(p.message().english(), p.done(), p.total());
        } else {
            progress.clear();
            if (event instanceof Event.Noted noted) {
                System.err.println("note: " + noted.what());
            }
            listener.accept(event);
        }
        if (event instanceof Event.Stepped stepped) {
            step = stepped.step();
        }
        if (event instanceof Event.Paused p && p.ends()) {
            paused = p;
        }
        if (event.isLast()) {
            last.set(event);
        }
    }

    /// The work failed for a reason other than the input.
    public static final class WorkFailed extends RuntimeException {
        private static final long serialVersionUID = 2L;

        private final boolean saysHowToResume;

        public WorkFailed(String message) {
            this(message, false);
        }

        /// @param saysHowToResume whether the message says how to resume the run
        public WorkFailed(String message, boolean saysHowToResume) {
            super(message);
            this.saysHowToResume = saysHowToResume;
        }

        public boolean saysHowToResume() {
            return saysHowToResume;
        }
    }

    /// The state of the cancelled work, in one sentence: a run that can be resumed is paused.
    private String cancelled(Request request) {
        RunFolder run =
                switch (request) {
                    case Request.Tune t -> new RunFolder(Path.of(t.runFolder()));
                    case Request.Resume r -> new RunFolder(Path.of(r.runFolder()));
                    case Request.Proxy p -> new ProxyFolder(Path.of(p.folder())).run();
                    default -> null;
                };
        if (run == null) {
            return "cancelled";
        }
        boolean proxy = request instanceof Request.Proxy || ProxyFolder.of(run) != null;
        String place = proxy ? "the proxy" : "adapted/";
        Event.Paused at = paused;
        if (at == null && run.resumable()) {
            return "stopped at step " + step + ", and nothing is written to " + place + " yet: " + run.resumeCommand()
                    + " resumes it from its last resume point";
        }
        return at == null
                ? "cancelled at step " + step + "; nothing was written to " + place
                : "paused at step " + at.step() + ", and nothing is written to " + place + " yet: "
                        + run.resumeCommand() + " resumes it from there";
    }

    private void cancelAndSay(EngineClient.Ticket ticket, Request request, AtomicReference<@Nullable Event> last) {
        interrupted = true;
        ticket.cancel();
        long deadline = System.nanoTime() + 3_000_000_000L;
        while (last.get() == null && System.nanoTime() < deadline) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                return;
            }
        }
        if (last.get() == null || last.get() instanceof Event.Cancelled) {
            progress.clearLine();
            System.err.println("sirkuit: " + cancelled(request));
        }
    }

    /// Waits for the end of the program. [#cancelAndSay] reports the cancellation and then ends the program.
    /// Continuing here would report it twice.
    private void awaitEndOfProgram() throws InterruptedException {
        if (interrupted) {
            Thread.sleep(Long.MAX_VALUE);
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
        if (!shared) {
            client.close();
        }
    }
}

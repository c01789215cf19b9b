package sirkuit.engine;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sirkuit.Problem;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.protocol.Wire;

/// Starts an engine process, sends it requests and passes on its events. When the process dies, every open request
/// fails with the reason, and the next request starts another process.
///
/// Events are delivered through one executor. The window passes the one of the JavaFX thread, so that no listener needs
/// to know about threads.
public final class EngineClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineClient.class);
    /// Time for a stopped run to write its last event.
    private static final int SECONDS_TO_END = 3;

    /// Seconds without any event from an engine that has work, after which it is ended.
    private static final int SILENCE = 60;

    /// Seconds that its work may take between two points where it could be stopped.
    private static final int STUCK = 1800;

    private final EngineCommand command;
    private final int silence;
    private final Executor delivery;
    private final Consumer<State> onState;
    private final Map<Long, Consumer<Event>> open = new LinkedHashMap<>();
    private long nextId = 1;
    private boolean closed;
    private @Nullable Connection connection;

    /// What the process is doing.
    public sealed interface State {
        record Starting() implements State {}

        record Up(Event.Ready ready) implements State {}

        /// @param problem why it ended and what happens next
        record Down(Problem problem) implements State {}
    }

    /// @param delivery where events and states are delivered
    /// @param onState  called when the process starts, is ready, or dies unexpectedly
    public EngineClient(EngineCommand command, Executor delivery, Consumer<State> onState) {
        this(command, delivery, onState, SILENCE);
    }

    /// @param silence seconds without any event from an engine that has work, after which it is ended
    EngineClient(EngineCommand command, Executor delivery, Consumer<State> onState, int silence) {
        this.silence = silence;
        this.command = command;
        this.delivery = delivery;
        this.onState = onState;
    }

    /// A request that has been sent.
    public final class Ticket {
        private final long id;

        private Ticket(long id) {
            this.id = id;
        }

        /// Cancels the request; [Event.Cancelled] follows. Does nothing when it is over already.
        public void cancel() {
            EngineClient.this.cancel(id);
        }
    }

    /// Starts the process in advance, unless it is running, so that the first request need not wait.
    public synchronized void start() {
        try {
            connect();
        } catch (Problem e) {
            deliver(() -> onState.accept(new State.Down(e)));
        }
    }

    /// Sends a request. Starts a process if none is running.
    ///
    /// @param listener gets every event of the request; the last one is final, even if the process dies
    public synchronized Ticket submit(Request request, Consumer<Event> listener) {
        long id = nextId++;
        open.put(id, listener);
        try {
            connect().send(Wire.line(id, request));
        } catch (Problem e) {
            open.remove(id);
            if (connection == null) {
                deliver(() -> onState.accept(new State.Down(e)));
            }
            deliver(() -> listener.accept(Event.Failed.of(e, null)));
        }
        return new Ticket(id);
    }

    /// Puts waiting requests in another order.
    ///
    /// @param waiting those that are not among them come after them, in their order
    public synchronized void order(List<Ticket> waiting) {
        if (connection != null) {
            List<Long> ids = waiting.stream().map(ticket -> ticket.id).toList();
            connection.send(Wire.line(nextId++, new Request.Order(ids)));
        }
    }

    /// Ends the process: with a request first, by force after some seconds.
    @Override
    public void close() {
        Connection last;
        synchronized (this) {
            closed = true;
            last = connection;
        }
        if (last != null) {
            last.quit();
        }
    }

    /// Leaves the process to finish its runs. No more events are received from it.
    public void detach() {
        Connection last;
        synchronized (this) {
            closed = true;
            last = connection;
            connection = null;
            open.clear();
        }
        if (last != null) {
            last.letGo();
        }
    }

    /// Process id of the running engine, -1 when none runs.
    public synchronized long pid() {
        return connection == null ? -1 : connection.process.pid();
    }

    private synchronized void cancel(long id) {
        if (open.containsKey(id) && connection != null) {
            connection.send(Wire.line(nextId++, new Request.Cancel(id)));
        }
    }

    private Connection connect() {
        if (closed) {
            throw Problem.of("engine.closed");
        }
        if (connection == null) {
            deliver(() -> onState.accept(new State.Starting()));
            connection = new Connection();
        }
        return connection;
    }

    private void deliver(Runnable event) {
        delivery.execute(event);
    }

    private synchronized void dispatch(Connection from, Wire.Message<Event> message) {
        if (message.body() instanceof Event.Ready ready) {
            from.ready = true;
            deliver(() -> onState.accept(new State.Up(ready)));
            return;
        }
        if (message.body() instanceof Event.Alive(double sinceProgress)) {
            if (sinceProgress > STUCK) {
                from.end("The work has not come forward for " + Math.round(sinceProgress / 60) + " minutes");
            }
            return;
        }
        if (message.id() < 0) {
            // Only an engine that cannot start sends an event without a request.
            if (!from.ready && message.body() instanceof Event.Failed failed) {
                from.lastWords = failed.problem();
            }
            return;
        }
        Consumer<Event> listener = message.body().isLast() ? open.remove(message.id()) : open.get(message.id());
        if (listener != null) {
            deliver(() -> listener.accept(message.body()));
        }
    }

    private synchronized void died(Connection which, Problem notice, String output) {
        if (connection != which) {
            return;
        }
        connection = null;
        // An engine that could not start has reported why before it ended.
        Problem problem = which.lastWords == null ? notice : which.lastWords;
        String details = which.lastWords == null ? output : null;
        List<Consumer<Event>> abandoned = new ArrayList<>(open.values());
        open.clear();
        for (Consumer<Event> listener : abandoned) {
            deliver(() -> listener.accept(Event.Failed.of(problem, details)));
        }
        if (!closed) {
            deliver(() -> onState.accept(new State.Down(problem)));
        }
    }

    /// One process and its pipes.
    private final class Connection {
        private final Process process;
        /// Lines to be sent to the process; an empty one after the last.
        private final BlockingQueue<Optional<String>> requests = new LinkedBlockingQueue<>();

        private final Thread writer;
        private final ErrorOutput errors;
        private final AtomicInteger silent = new AtomicInteger();
        private volatile boolean ready;
        private @Nullable Problem lastWords;

        Connection() {
            try {
                process = command.process().start();
            } catch (IOException e) {
                throw Problem.of(e, "engine.not-started", e.getMessage());
            }
            writer = Thread.ofPlatform().daemon().name("engine-stdin").start(this::writeRequests);
            errors = new ErrorOutput(process);
            Thread.ofPlatform().daemon().name("engine-stdout").start(this::readEvents);
            Thread.ofVirtual().name("engine-watchdog").start(this::watch);
        }

        /// Queues a line. Never waits: a process that does not read its pipe must not block the client, and
        /// with it the watchdog.
        void send(String line) {
            requests.add(Optional.of(line));
        }

        private void writeRequests() {
            try (BufferedWriter in = process.outputWriter(StandardCharsets.UTF_8)) {
                for (Optional<String> line = requests.take(); line.isPresent(); line = requests.take()) {
                    in.write(line.get());
                    in.newLine();
                    in.flush();
                }
            } catch (IOException e) {
                LOG.debug("engine's input ended", e);
                endUnlessItEnds();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /// Ends a process whose pipe is closed, unless it ends by itself, which gives the reason. A process
        /// that continues can receive no more requests.
        private void endUnlessItEnds() {
            try {
                if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                    synchronized (EngineClient.this) {
                        lastWords = Problem.of("engine.has-stopped");
                    }
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /// Counts seconds itself, because time in which the computer slept or the program was stopped must not
        /// count.
        private void watch() {
            try {
                while (process.isAlive()) {
                    Thread.sleep(1000);
                    if (!ready || !hasWork()) {
                        silent.set(0);
                    } else if (silent.incrementAndGet() > silence) {
                        end("The engine has not said a word for " + silence + " seconds");
                        return;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean hasWork() {
            synchronized (EngineClient.this) {
                return connection == this && !open.isEmpty();
            }
        }

        /// Ends the process by force, because a process that hangs reads no requests.
        private void end(String why) {
            synchronized (EngineClient.this) {
                lastWords = Problem.work("engine.not-responding", why);
            }
            process.destroyForcibly();
        }

        /// Returns when the process has received the request, or after some seconds.
        void letGo() {
            send(Wire.line(0, new Request.Detach()));
            requests.add(Optional.empty());
            try {
                if (!writer.join(Duration.ofSeconds(SECONDS_TO_END))) {
                    LOG.info("the engine did not read that it was left alone");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void quit() {
            requests.add(Optional.empty());
            try {
                if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }

        private void readEvents() {
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    read(line);
                }
            } catch (IOException e) {
                LOG.debug("engine's output ended", e);
            }
            awaitEnd();
        }

        private void read(String line) {
            silent.set(0);
            Wire.Message<Event> message;
            try {
                message = Wire.event(line);
            } catch (Problem e) {
                if (Wire.isForeign(line)) {
                    giveUp(e);
                } else {
                    LOG.warn("not an event, ignored: {}", e.what());
                }
                return;
            }
            dispatch(this, message);
        }

        /// Gives up, because an engine of another version cannot be used.
        private void giveUp(Problem why) {
            synchronized (EngineClient.this) {
                lastWords = why;
            }
            process.destroy();
        }

        private void awaitEnd() {
            try {
                int status = process.waitFor();
                died(this, deathNotice(status), errors.last());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private Problem deathNotice(int status) {
            String how = status == 137 || status == 9
                    ? "it was killed (signal 9), by someone or by the system for want of memory"
                    : status > 128 ? "signal " + (status - 128) : "exit status " + status;
            return Problem.work(ready ? "engine.process-died" : "engine.process-not-ready", how);
        }
    }
}

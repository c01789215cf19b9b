package sirkuit.engine.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sirkuit.Problem;
import sirkuit.device.Backend;
import sirkuit.device.DeviceMemory;
import sirkuit.engine.work.Failures;
import sirkuit.engine.work.Models;
import sirkuit.engine.work.Work;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.protocol.Wire;
import sun.misc.Signal;

/// The engine process. One thread reads requests, one computes them in order, and one exports runs meanwhile. Questions
/// that are answered in place have a thread for each [Urgency]; other work waits for them at its stop points. When
/// standard input ends (the window has closed) or the terminal stops it, it cancels its work, reports that and ends. On
/// a quit request it finishes its work first.
public final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int NOBODY_LISTENS = 3;
    private static final int HEARTBEAT_MILLIS = 1000;

    private final ProtocolOutput output;
    private final WorkQueues queues = new WorkQueues();
    private final ExecutorService exports = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("exports").factory());
    private final Map<Long, Work> open = new ConcurrentHashMap<>();
    private volatile boolean quitting;
    private volatile boolean detached;

    private Worker(ProtocolOutput output) {
        this.output = output;
    }

    /// Handles requests until it is asked to quit.
    ///
    /// @param device  see [Backend#start]
    /// @param threads 0 for as many as there are cores
    /// @return exit status: 0, 1 when it could not start, 3 when its output could no longer be delivered
    public static int serve(InputStream in, String device, int threads) {
        Worker worker = new Worker(ProtocolOutput.claim());
        worker.endInOrderOn("INT"); // Ctrl-C reaches every process of the terminal
        worker.endInOrderOn("TERM");
        worker.endInOrderOn("HUP");
        Thread reader = Thread.ofPlatform().daemon().name("requests").start(() -> worker.read(in));
        try {
            return worker.compute(device, threads);
        } catch (Problem e) {
            LOG.error("cannot start", e);
            worker.output.send(-1, Failures.failed(e));
            System.err.println(e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } finally {
            reader.interrupt();
        }
    }

    /// Handles a signal in an orderly way. Otherwise it would end the process in the middle of a line.
    private void endInOrderOn(String signal) {
        try {
            Signal.handle(new Signal(signal), s -> {
                if (!detached || !signal.equals("HUP")) { // its terminal may be closed
                    stop();
                }
            });
        } catch (IllegalArgumentException e) {
            LOG.debug("{} is not ours to handle", signal, e);
        }
    }

    private void read(InputStream in) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    accept(line);
                }
            }
        } catch (IOException e) {
            LOG.info("requests ended", e);
        }
        if (detached) {
            open.values().stream().filter(w -> !goesOnAlone(w.request())).forEach(Work::cancel);
            finish();
        } else if (!quitting) {
            stop();
        }
    }

    /// Work that is finished even without a reader, because its result is in files.
    private static boolean goesOnAlone(Request request) {
        return request instanceof Request.Tune
                || request instanceof Request.Resume
                || request instanceof Request.Proxy
                || request instanceof Request.Export;
    }

    private void accept(String line) {
        Wire.Message<Request> message;
        try {
            message = Wire.request(line);
        } catch (Problem e) {
            output.send(Wire.number(line), Failures.failed(e));
            return;
        }
        switch (message.body()) {
            case Request.Cancel(long target) -> {
                Work work = open.get(target);
                if (work != null) {
                    cancel(work);
                }
            }
            case Request.Order(List<Long> ids) -> queues.order(ids);
            case Request.Detach() -> detached = true;
            case Request.Quit() -> {
                quitting = true;
                finish();
            }
            default -> {
                long id = message.id();
                supersede(message.body());
                Work work = new Work(id, message.body(), output::send);
                open.put(id, work);
                if (message.body() instanceof Request.Export export) {
                    export(export, work);
                } else {
                    queues.add(work);
                }
            }
        }
    }

    /// Exports beside other work, because an export only reads and writes files.
    private void export(Request.Export export, Work work) {
        try {
            exports.execute(() -> {
                Event last = outcome(work, () -> ExportTask.run(export, work));
                open.remove(work.id());
                work.tell(last);
            });
        } catch (RejectedExecutionException e) {
            LOG.info("asked after the end: {}", export, e);
        }
    }

    /// Cancels older requests of the same slot: while somebody types, the next question replaces the last one.
    private void supersede(Request request) {
        String slot = request.supersedes();
        if (slot != null) {
            open.values().stream()
                    .filter(w -> slot.equals(w.request().supersedes()))
                    .forEach(this::cancel);
        }
    }

    /// Cancels a request. One that has not begun is over at once.
    private void cancel(Work work) {
        work.cancel();
        if (queues.remove(work)) {
            open.remove(work.id());
            work.end(new Event.Cancelled());
        }
    }

    private void stop() {
        open.values().forEach(Work::cancel);
        finish();
    }

    /// Ends after the requests that have arrived already.
    private void finish() {
        queues.end();
    }

    private int compute(String device, int threads) throws InterruptedException {
        Backend backend = Backend.start(device, threads);
        try (Models models = new Models(backend)) {
            output.send(
                    -1,
                    new Event.Ready(
                            Wire.VERSION,
                            ProcessHandle.current().pid(),
                            sirkuit.Version.current(),
                            backend.deviceName(),
                            backend.threads(),
                            backend.version()));
            Thread.ofPlatform().daemon().name("heartbeat").start(this::beat);
            List<Thread> beside = beside(backend, models);
            try {
                if (!serve(Urgency.WORK, backend, models)) {
                    return NOBODY_LISTENS;
                }
            } finally {
                // The models are closed only when nothing uses them any more.
                queues.end();
                for (Thread thread : beside) {
                    thread.join();
                }
            }
            exports.close(); // waits for exports in progress
            return 0;
        }
    }

    /// Starts the threads that answer questions while other work waits at a stop point.
    private List<Thread> beside(Backend backend, Models models) {
        List<Thread> threads = new ArrayList<>();
        for (Urgency urgency : Urgency.values()) {
            if (urgency != Urgency.WORK) {
                threads.add(Thread.ofPlatform()
                        .daemon()
                        .name("questions-" + urgency)
                        .start(() -> {
                            try {
                                backend.join();
                                serve(urgency, backend, models.beside());
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        }));
            }
        }
        return threads;
    }

    /// Does the work of one urgency until the end.
    ///
    /// @return false if nobody listens any more
    private boolean serve(Urgency urgency, Backend backend, Models models) throws InterruptedException {
        RequestDispatcher desk = new RequestDispatcher(backend, models);
        for (Work work = queues.take(urgency); work != null; work = queues.take(urgency)) {
            doWork(desk, backend.memory(), models, work);
            if (urgency == Urgency.WORK && output.broken() && !detached) {
                LOG.info("nobody listens any more");
                open.values().forEach(Work::cancel);
                return false;
            }
        }
        return true;
    }

    /// Reports that this process has not hung, and how long ago the work reached a stop point.
    private void beat() {
        try {
            long progress = 0;
            long seconds = 0; // counted, not measured: time in which this process was stopped does not count
            while (true) {
                Thread.sleep(HEARTBEAT_MILLIS);
                Work work = queues.foremost();
                seconds = work == null || work.progress() != progress ? 0 : seconds + 1;
                progress = work == null ? 0 : work.progress();
                output.send(-1, new Event.Alive(seconds));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void doWork(RequestDispatcher desk, DeviceMemory memory, Models models, Work work) {
        Event last = outcome(work, () -> {
            memory.onShortage(what -> work.tell(Event.Noted.of(what)));
            desk.handle(work);
            DeviceMemory.Usage usage = memory.usage();
            work.tell(new Event.Memory(usage.used(), usage.peak(), usage.free()));
        });
        models.rest();
        open.remove(work.id());
        work.end(last);
        queues.done(Urgency.of(work.request()));
    }

    /// Does the work.
    ///
    /// @return the last event, whatever happens
    private static Event outcome(Work work, Runnable task) {
        long start = System.nanoTime();
        try {
            work.stopPoint();
            task.run();
            return new Event.Finished((System.nanoTime() - start) / 1e9);
        } catch (CancellationException e) {
            return new Event.Cancelled();
        } catch (Problem e) {
            LOG.info("request {} failed", work.id(), e);
            return Failures.failed(e);
        } catch (InvalidPathException e) {
            return Event.Failed.of(Problem.of("engine.worker.not-a-path", e.getInput()), null);
        } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
            LOG.error("request {} failed", work.id(), e);
            return Failures.unexpected(e);
        }
    }
}

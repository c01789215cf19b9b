package sirkuit.app.work;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The two threads on which code runs. View models are used only on `window`. Code that reads or writes files for
/// longer than a frame runs on `background`, one task after another.
///
/// @param background runs tasks in order, so that a later write is never overwritten by an earlier one
/// @param window     runs code on the JavaFX thread
public record Threads(Executor background, Executor window) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Threads.class);
    private static final int SECONDS_FOR_LAST_WRITES = 10;

    /// @param window the one executor that runs code on the JavaFX thread
    public static Threads behind(Executor window) {
        return new Threads(
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("project-files").factory()),
                window);
    }

    /// Does `work` in the background and passes its result, or the exception it threw, to the window's thread.
    public <T> void fetch(Supplier<T> work, Consumer<T> result, Consumer<RuntimeException> failure) {
        later(() -> {
            T value;
            try {
                value = work.get();
            } catch (RuntimeException e) {
                window.execute(() -> failure.accept(e));
                return;
            }
            window.execute(() -> result.accept(value));
        });
    }

    /// Does `work` in the background and passes the exception it threw, if any, to the window's thread.
    public void write(Runnable work, Consumer<RuntimeException> failure) {
        later(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                window.execute(() -> failure.accept(e));
            }
        });
    }

    /// Waits a few seconds at most for queued tasks. Later tasks are not done.
    @Override
    public void close() {
        if (background instanceof ExecutorService service) {
            service.shutdown();
            try {
                if (!service.awaitTermination(SECONDS_FOR_LAST_WRITES, TimeUnit.SECONDS)) {
                    LOG.warn("files were still being written after {} s", SECONDS_FOR_LAST_WRITES);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void later(Runnable work) {
        try {
            background.execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("came after the window was closed", e);
        }
    }
}

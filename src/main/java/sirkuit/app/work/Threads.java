package sirkuit.app.work;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The two places where code runs. View models are only ever touched in `window`; what reads or writes files for
/// longer than a frame runs in `background`, one thing after another.
///
/// @param background in order, so that a later write never loses to an earlier one
/// @param window     hops to the JavaFX thread
public record Threads(Executor background, Executor window) implements AutoCloseable {
    private static final int SECONDS_TO_WRITE = 20;

    /// @param window the one executor that hops to the JavaFX thread
    public static Threads behind(Executor window) {
        return new Threads(
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("project-files").factory()),
                window);
    }

    /// Waits for what is still to be written, and takes nothing more.
    @Override
    public void close() {
        if (background instanceof ExecutorService service) {
            service.shutdown();
            try {
                service.awaitTermination(SECONDS_TO_WRITE, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Does `work` in the background and hands its result, or the exception it threw, to the window's thread.
    public <T> void fetch(Supplier<T> work, Consumer<T> result, Consumer<RuntimeException> failure) {
        background.execute(() -> {
            try {
                T value = work.get();
                window.execute(() -> result.accept(value));
            } catch (RuntimeException e) {
                window.execute(() -> failure.accept(e));
            }
        });
    }
}

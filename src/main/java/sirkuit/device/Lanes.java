package sirkuit.device;

import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Threads on which independent pieces of work run side by side, each with libtorch on that one thread. For many small
/// operations this is faster than splitting each operation between two cores.
public final class Lanes {
    private static final long IDLE_SECONDS = 10;

    private final int count;
    private final ExecutorService threads;

    /// @param count how many pieces run at the same time
    Lanes(int count) {
        this.count = count;
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                count, count, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> Thread.ofPlatform()
                        .daemon()
                        .name("lane")
                        .unstarted(() -> {
                            JniUtils.setNumThreads(1);
                            JniUtils.setGradMode(false);
                            work.run();
                        }));
        pool.allowCoreThreadTimeOut(true);
        threads = pool;
    }

    /// How many pieces run at the same time.
    public int count() {
        return count;
    }

    /// Does all pieces. `receive` gets their results on the calling thread, in the order of the pieces. When one
    /// fails, the rest is not started, and pieces that have started are waited for, because libtorch must not lose
    /// its arrays in the middle.
    public <T> void run(List<? extends Callable<T>> pieces, Consumer<T> receive) {
        Deque<Future<T>> begun = new ArrayDeque<>();
        AtomicBoolean stopped = new AtomicBoolean();
        try {
            for (Callable<T> piece : pieces) {
                if (begun.size() > count) {
                    receive.accept(result(begun.removeFirst()));
                }
                begun.addLast(threads.submit(() -> {
                    if (stopped.get()) {
                        throw new CancellationException();
                    }
                    return piece.call();
                }));
            }
            while (!begun.isEmpty()) {
                receive.accept(result(begun.removeFirst()));
            }
        } finally {
            stopped.set(true);
            begun.forEach(Lanes::await);
        }
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void await(Future<?> future) {
        try {
            future.get();
        } catch (ExecutionException e) {
            // the first failure is already on its way
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

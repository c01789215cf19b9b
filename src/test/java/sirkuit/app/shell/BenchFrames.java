package sirkuit.app.shell;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import javafx.animation.Animation;
import javafx.animation.Transition;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.util.Duration;

/// How long the program keeps the JavaFX thread for one frame: all that it does there between two pulses (events, what
/// comes from other threads) and the pulse itself with animations, style sheets and layout, which draws the canvases.
///
/// Left out is what the headless platform does after that: it copies the window pixel by pixel in this thread, which
/// takes longer than all the rest and happens on no real display.
final class BenchFrames {
    private static final double TOO_LONG = 33;
    private static final int MOST = 1 << 18;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static BenchFrames now = new BenchFrames();

    private final double[] frames = new double[MOST];
    private final double[] own = new double[MOST];
    private int size;
    private double pending;
    private double pendingOwn;
    private long pulse;
    private long pulseOwn;

    /// What the thread did meanwhile.
    ///
    /// @param longest    longest frame, in ms
    /// @param longestOwn the same in the thread's own time, without what others took of the machine
    /// @param late       99th percentile of the thread's own time, in ms
    /// @param tooLong    frames over 33 ms
    /// @param tooLongOwn the same by the thread's own time
    record Seen(int count, double longest, double longestOwn, double late, long tooLong, long tooLongOwn) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d frames, longest %.1f ms (%.1f ms of the thread's own time), 99 %% below %.1f ms, %d (%d) over 33"
                            + " ms",
                    count,
                    longest,
                    longestOwn,
                    late,
                    tooLong,
                    tooLongOwn);
        }
    }

    /// Watches this scene from now on. To be called before any animation runs, so that its own begins each pulse.
    static void watch(Scene scene) {
        new Transition() {
            {
                setCycleDuration(Duration.seconds(1));
                setCycleCount(Animation.INDEFINITE);
            }

            @Override
            protected void interpolate(double share) {
                now.pulse = System.nanoTime();
                now.pulseOwn = THREADS.getCurrentThreadCpuTime();
            }
        }.play();
        scene.addPostLayoutPulseListener(() -> now.drawn());
    }

    /// Watches while `work` goes on in this thread.
    static Seen during(Runnable work) {
        BenchFrames mine = new BenchFrames();
        onWindow(() -> now = mine);
        work.run();
        pause(100); // the last frame
        onWindow(() -> now = new BenchFrames());
        double[] frames = Arrays.copyOf(mine.frames, mine.size);
        double[] own = Arrays.copyOf(mine.own, mine.size);
        Arrays.sort(frames);
        Arrays.sort(own);
        return new Seen(
                mine.size,
                frames[mine.size - 1],
                own[mine.size - 1],
                own[(int) (0.99 * (mine.size - 1))],
                Arrays.stream(frames).filter(f -> f > TOO_LONG).count(),
                Arrays.stream(own).filter(f -> f > TOO_LONG).count());
    }

    /// Does something in the JavaFX thread, later.
    static void later(Runnable work) {
        Platform.runLater(() -> {
            BenchFrames frames = now;
            long start = System.nanoTime();
            long startOwn = THREADS.getCurrentThreadCpuTime();
            try {
                work.run();
            } finally {
                frames.pending += (System.nanoTime() - start) / 1e6;
                frames.pendingOwn += (THREADS.getCurrentThreadCpuTime() - startOwn) / 1e6;
            }
        });
    }

    /// Does something in the JavaFX thread and waits for it.
    static void onWindow(Runnable work) {
        CountDownLatch done = new CountDownLatch(1);
        later(() -> {
            try {
                work.run();
            } finally {
                done.countDown();
            }
        });
        try {
            done.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void drawn() {
        if (pulse != 0 && size < MOST) {
            frames[size] = pending + (System.nanoTime() - pulse) / 1e6;
            own[size++] = pendingOwn + (THREADS.getCurrentThreadCpuTime() - pulseOwn) / 1e6;
        }
        pending = 0;
        pendingOwn = 0;
        pulse = 0;
    }
}

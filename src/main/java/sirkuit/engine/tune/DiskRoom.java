package sirkuit.engine.tune;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import sirkuit.AtomicFile;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.engine.work.Work;
import sirkuit.protocol.Event;

/// Writes a run's files, and waits while the disk is full, so that nothing is lost.
final class DiskRoom {
    /// Seconds to wait for space, unless this property gives another number.
    private static final String PATIENCE = "sirkuit.fullDiskPatience";

    private static final long USUAL_SECONDS = 600;
    private static final long LOOK_AGAIN_MILLIS = 500;

    private final Work work;
    private final Consumer<String> afterwards;
    private int step;

    /// @param afterwards records what happened, once there is space
    DiskRoom(Work work, Consumer<String> afterwards) {
        this.work = work;
        this.afterwards = afterwards;
    }

    /// Sets the current step.
    ///
    /// @param done steps so far
    void at(int done) {
        step = done;
    }

    /// @param write leaves everything unchanged when it fails
    /// @throws Problem when there is no space in time, the run is cancelled meanwhile, or it fails otherwise
    void insist(Runnable write) {
        try {
            write.run();
            return;
        } catch (Problem e) {
            if (!AtomicFile.diskIsFull(e) || work.isCancelled()) {
                throw e;
            }
            pause(e, write);
        }
    }

    private void pause(Problem full, Runnable write) {
        Event.Paused paused = Event.Paused.of(step, Message.of("engine.tune.disk-full", full.message(), step), false);
        String waits = work.tell(paused);
        String[] goesOn = new String[1];
        Deque<Runnable> left = new ArrayDeque<>(List.of(
                write,
                () -> goesOn[0] = work.tell(new Event.Resumed(step)),
                () -> afterwards.accept(waits),
                () -> afterwards.accept(goesOn[0])));
        long deadline = System.nanoTime() + 1_000_000_000L * Long.getLong(PATIENCE, USUAL_SECONDS);
        while (System.nanoTime() < deadline && !work.isCancelled()) {
            try {
                Thread.sleep(LOOK_AGAIN_MILLIS);
                while (!left.isEmpty()) {
                    left.getFirst().run();
                    left.removeFirst();
                }
                return;
            } catch (Problem e) {
                if (!AtomicFile.diskIsFull(e)) {
                    throw e;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw full;
            }
        }
        throw full;
    }
}

package sirkuit.engine.worker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import sirkuit.engine.work.Work;

/// The requests that wait, by their urgency, and the ones in progress: one for each urgency. Less urgent work waits at
/// its next stop point until nothing more urgent is left.
final class WorkQueues {
    /// How often waiting work looks whether it was cancelled.
    private static final long LOOK_MILLIS = 100;

    private final Map<Urgency, Deque<Work>> waiting = new EnumMap<>(Urgency.class);
    private final Map<Urgency, Work> inProgress = new EnumMap<>(Urgency.class);
    private boolean ended;

    WorkQueues() {
        for (Urgency urgency : Urgency.values()) {
            waiting.put(urgency, new ArrayDeque<>());
        }
    }

    private Deque<Work> queue(Urgency urgency) {
        return waiting.getOrDefault(urgency, new ArrayDeque<>());
    }

    /// Does nothing after the end.
    synchronized void add(Work work) {
        if (!ended) {
            Urgency urgency = Urgency.of(work.request());
            work.givesWay(() -> giveWay(urgency, work));
            queue(urgency).add(work);
            notifyAll();
        }
    }

    /// Waits for the next work, which is in progress from then on.
    ///
    /// @return null after the end, when all has been done
    synchronized @Nullable Work take(Urgency urgency) throws InterruptedException {
        Deque<Work> queue = queue(urgency);
        while (queue.isEmpty()) {
            if (ended) {
                return null;
            }
            wait();
        }
        Work next = queue.removeFirst();
        inProgress.put(urgency, next);
        return next;
    }

    /// Takes work out that has not begun.
    ///
    /// @return false if it is not waiting
    synchronized boolean remove(Work work) {
        boolean waited = queue(Urgency.of(work.request())).remove(work);
        notifyAll();
        return waited;
    }

    synchronized void done(Urgency urgency) {
        inProgress.remove(urgency);
        notifyAll();
    }

    /// Accepts nothing more. What has arrived is still done.
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /// Puts waiting work in another order.
    ///
    /// @param ids numbers of requests; waiting work that is not among them comes after them, in its order
    synchronized void order(List<Long> ids) {
        for (Deque<Work> queue : waiting.values()) {
            List<Work> now = new ArrayList<>(queue);
            now.sort(Comparator.comparingInt(w -> ids.contains(w.id()) ? ids.indexOf(w.id()) : ids.size()));
            queue.clear();
            queue.addAll(now);
        }
    }

    /// The most urgent work in progress, for which everything else waits; null if there is none.
    synchronized @Nullable Work foremost() {
        Work foremost = null;
        for (Urgency urgency : Urgency.values()) {
            foremost = inProgress.getOrDefault(urgency, foremost);
        }
        return foremost;
    }

    /// Waits while there is more urgent work, unless the work is cancelled meanwhile.
    private synchronized void giveWay(Urgency urgency, Work work) {
        try {
            while (!work.isCancelled() && somethingAbove(urgency)) {
                wait(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
    }

    private boolean somethingAbove(Urgency urgency) {
        for (Urgency other : Urgency.values()) {
            if (other.compareTo(urgency) > 0
                    && (inProgress.containsKey(other) || !queue(other).isEmpty())) {
                return true;
            }
        }
        return false;
    }
}

package sirkuit.app.present.answer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sirkuit.app.work.WindowEngine;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;

/// Work that later pages need, done step by step while the first pages are shown. It stops at once for a question of
/// the audience and resumes afterwards.
public final class BackgroundWork {
    private static final int MOST_FAILURES = 2;

    private final WindowEngine engine;
    private final Deque<Task> waiting = new ArrayDeque<>();
    private final Map<Task, Integer> failures = new HashMap<>();
    private @Nullable Task current;
    private Runnable cancel = () -> {};
    private boolean held;

    /// One task.
    public interface Task {
        /// The request that is still to be sent.
        Request request();

        void hear(Event event);
    }

    public BackgroundWork(WindowEngine engine) {
        this.engine = engine;
    }

    public void add(Task task) {
        waiting.addLast(task);
        next();
    }

    /// Pauses until [#goOn()].
    void makeWay() {
        held = true;
        if (current != null) {
            cancel.run();
        }
    }

    public void goOn() {
        held = false;
        next();
    }

    /// Drops the remaining tasks.
    public void close() {
        waiting.clear();
        makeWay();
    }

    private void next() {
        Task task = held || current != null ? null : waiting.pollFirst();
        if (task != null) {
            current = task;
            cancel = engine.ask(task.request(), event -> heard(task, event));
        }
    }

    private void heard(Task task, Event event) {
        task.hear(event);
        if (!event.isLast() || current != task) {
            return;
        }
        current = null;
        switch (event) {
            case Event.Cancelled c -> waiting.addFirst(task);
            case Event.Failed f -> {
                // The next engine gets the request again, but not without limit.
                if (failures.merge(task, 1, Integer::sum) < MOST_FAILURES) {
                    waiting.addFirst(task);
                    return;
                }
            }
            default -> {}
        }
        next();
    }
}

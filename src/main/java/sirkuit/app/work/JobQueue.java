package sirkuit.app.work;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;

/// The jobs of this window: the one that runs, those that wait in their order, and the latest that have ended.
public final class JobQueue {
    /// Ended jobs that are kept.
    private static final int KEPT = 50;

    private final Consumer<List<Job>> reorder;
    /// Those that have not ended, in the order in which they run.
    private final List<Job> open = new ArrayList<>();
    /// Newest first.
    private final List<Job> ended = new ArrayList<>();
    private final ObservableList<Job> all = FXCollections.observableArrayList();
    private final ObservableList<Job> view = FXCollections.unmodifiableObservableList(all);
    private final ReadOnlyObjectWrapper<@Nullable Job> current = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");

    /// @param reorder receives the waiting jobs in their new order
    JobQueue(Consumer<List<Job>> reorder) {
        this.reorder = reorder;
    }

    /// What runs and what waits, in order, then what has ended, newest first.
    public ObservableList<Job> all() {
        return view;
    }

    /// The job that runs; null if there is none.
    public ReadOnlyObjectProperty<@Nullable Job> current() {
        return current.getReadOnlyProperty();
    }

    /// What runs and how many jobs wait, such as `Tuning Minangkabau, 2 waiting`; empty if nothing does.
    public ReadOnlyStringProperty summary() {
        return summary.getReadOnlyProperty();
    }

    /// Those that have not ended.
    List<Job> open() {
        return List.copyOf(open);
    }

    void add(Job job) {
        open.add(job);
        show();
    }

    /// Moves a job that has ended to the others that have.
    void over(Job job) {
        if (open.remove(job)) {
            ended.addFirst(job);
            if (ended.size() > KEPT) {
                ended.removeLast();
            }
            show();
        }
    }

    /// Forgets all jobs that have not ended, because another engine works on them.
    void clear() {
        open.clear();
        show();
    }

    /// Whether [#move] would do something.
    public boolean movable(@Nullable Job job, boolean up) {
        return target(job, up) >= 0;
    }

    /// Moves a waiting job before the one above it, or behind the one below it.
    public void move(Job job, boolean up) {
        int to = target(job, up);
        if (to >= 0) {
            open.remove(job);
            open.add(to, job);
            show();
            reorder.accept(open.stream().filter(Job::waiting).toList());
        }
    }

    /// @return its new place; -1 if it cannot be moved
    private int target(@Nullable Job job, boolean up) {
        int at = open.indexOf(job);
        int to = up ? at - 1 : at + 1;
        boolean possible = at >= 0
                && to >= 0
                && to < open.size()
                && open.get(at).waiting()
                && open.get(to).waiting();
        return possible ? to : -1;
    }

    /// Tells each job what it waits for. The engine does one thing at a time, but exports run beside it, and so does
    /// what the window does itself.
    private void show() {
        Job running = null;
        for (Job job : open) {
            if (job.beside()) {
                job.runs();
            } else if (running == null) {
                running = job;
                job.runs();
            } else {
                job.waitsFor(running);
            }
        }
        Job first = running == null && !open.isEmpty() ? open.getFirst() : running;
        // The running job is above those beside it, and what waits comes last.
        open.sort(java.util.Comparator.comparingInt(j -> j.waiting() ? 2 : j == first ? 0 : 1));
        List<Job> now = new ArrayList<>(open);
        now.addAll(ended);
        if (!now.equals(all)) {
            all.setAll(now);
        }
        current.set(first);
        long waiting = open.stream().filter(Job::waiting).count();
        summary.set(
                first == null
                        ? ""
                        : waiting == 0 ? first.title() : Words.of("jobs.summary", first.title(), waiting + ""));
    }
}

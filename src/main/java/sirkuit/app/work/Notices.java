package sirkuit.app.work;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import sirkuit.protocol.Event;

/// The notices that have not been closed yet, newest last. The same sentence is never shown twice at once.
public final class Notices {
    private static final int MOST = 20;

    private final ObservableList<Notice> open = FXCollections.observableArrayList();
    // Kept, because the view listens weakly and would stop without a reference to it.
    private final ObservableList<Notice> view = FXCollections.unmodifiableObservableList(open);

    public ObservableList<Notice> open() {
        return view;
    }

    public void tell(Notice notice) {
        Notice same = open.stream()
                .filter(n -> n.what().equals(notice.what()))
                .findFirst()
                .orElse(null);
        open.remove(same);
        // The latest advice, with the details of either.
        open.add(same == null || notice.details() != null ? notice : notice.with(same.details()));
        if (open.size() > MOST) {
            open.removeFirst();
        }
    }

    public void tell(Throwable error) {
        tell(Notice.of(error));
    }

    public void tell(Event.Failed failed) {
        tell(Notice.of(failed));
    }

    public void warn(String what, String remedy) {
        tell(new Notice(Notice.Kind.WARNING, what, remedy, null));
    }

    public void inform(String what, String remedy) {
        tell(new Notice(Notice.Kind.INFO, what, remedy, null));
    }

    /// Reports something that can be undone for as long as it is shown.
    public void inform(String what, String remedy, Runnable back) {
        tell(new Notice(Notice.Kind.INFO, what, remedy, null, back));
    }

    /// Marks the problem as solved: its notice is no longer an error. Does nothing if it has been closed.
    void over(String what, String remedy) {
        open.replaceAll(
                n -> n.what().equals(what) ? new Notice(Notice.Kind.INFO, what, remedy, n.details(), n.back()) : n);
    }

    /// Removes a notice that is no longer relevant.
    public void withdraw(String what) {
        open.removeIf(n -> n.what().equals(what));
    }

    public void close(Notice notice) {
        open.remove(notice);
    }

    public void closeAll() {
        open.clear();
    }
}

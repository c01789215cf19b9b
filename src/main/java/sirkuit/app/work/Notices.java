package sirkuit.app.work;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import sirkuit.app.look.Words;
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
        tell(new Notice(Notice.Kind.INFO, what, remedy, null, back, List.of()));
    }

    /// Reports a file or folder that was written, with buttons to open it and to show it in its folder.
    ///
    /// @param opens whether the system has a program for it
    /// @param shows opens a file or folder with the system's own program
    public void written(String what, Path place, boolean opens, Consumer<Path> shows) {
        Path folder = place.toAbsolutePath().getParent();
        List<Notice.Choice> choices = new ArrayList<>();
        if (opens) {
            choices.add(new Notice.Choice("open", Words.of("window.notice.open"), () -> shows.accept(place)));
        }
        choices.add(new Notice.Choice(
                "show", Words.of("window.notice.show"), () -> shows.accept(folder == null ? place : folder)));
        tell(new Notice(Notice.Kind.INFO, what, place.toString(), null, null, List.copyOf(choices)));
    }

    /// Marks the problem as solved: its notice is no longer an error. Does nothing if it has been closed.
    void over(String what, String remedy) {
        open.replaceAll(n -> n.what().equals(what)
                ? new Notice(Notice.Kind.INFO, what, remedy, n.details(), n.back(), n.choices())
                : n);
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

package sirkuit.app.project;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executor;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;
import sirkuit.app.work.Job;
import sirkuit.app.work.Notice;
import sirkuit.app.work.Notices;
import sirkuit.hub.Fetched;
import sirkuit.hub.HubFetch;
import sirkuit.hub.HubModel;
import sirkuit.hub.HubSettings;

/// Fetches a checkpoint from a hub while the window stays usable. There is one fetch at a time, on its own thread,
/// because it may take hours.
public final class FetchModel {
    private static final double MEGABYTE = 1e6;

    private final Executor window;
    private final Notices notices;
    private final Map<String, String> environment;
    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty hub;
    private final BooleanProperty watched = new SimpleBooleanProperty();
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(Job.UNKNOWN);
    private final ReadOnlyStringWrapper stage = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<@Nullable Notice> problem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Path> folder = new ReadOnlyObjectWrapper<>();
    private @Nullable Thread thread;

    /// @param window      runs code on the window's thread
    /// @param environment the variables that set hub, token and cache
    /// @param hub         the hub that was entered last time; null for the environment's
    public FetchModel(Executor window, Notices notices, Map<String, String> environment, @Nullable String hub) {
        this.window = window;
        this.notices = notices;
        this.environment = environment;
        this.hub = new SimpleStringProperty(hub == null ? "" : hub);
    }

    /// The model's name, as [HubModel#parse(String, HubSettings)] reads it.
    public StringProperty name() {
        return name;
    }

    /// The hub; empty for the environment's.
    public StringProperty hub() {
        return hub;
    }

    /// The hub that is used when none is entered here.
    public String usualHub() {
        String set = environment.get("HF_ENDPOINT");
        return set == null || set.isBlank() ? HubSettings.PUBLIC_HUB : set;
    }

    /// Whether the fetch is visible. Otherwise a notice reports its result.
    public BooleanProperty watched() {
        return watched;
    }

    public ReadOnlyBooleanProperty running() {
        return running.getReadOnlyProperty();
    }

    /// From 0 to 1, or [Job#UNKNOWN].
    public ReadOnlyDoubleProperty progress() {
        return progress.getReadOnlyProperty();
    }

    /// The current stage or the result, in a sentence.
    public ReadOnlyStringProperty stage() {
        return stage.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<@Nullable Notice> problem() {
        return problem.getReadOnlyProperty();
    }

    /// The last checkpoint that was fetched; null while there is none.
    public ReadOnlyObjectProperty<@Nullable Path> folder() {
        return folder.getReadOnlyProperty();
    }

    public void start() {
        if (running.get()) {
            return;
        }
        problem.set(null);
        folder.set(null);
        progress.set(Job.UNKNOWN);
        HubModel model;
        HubSettings settings;
        try {
            settings = HubSettings.of(environment, hub.get());
            model = HubModel.parse(name.get(), settings);
        } catch (RuntimeException e) {
            stage.set("");
            problem.set(Notice.of(e));
            return;
        }
        stage.set(Words.of("fetch.asking"));
        running.set(true);
        Thread work = Thread.ofVirtual().unstarted(() -> work(model, settings));
        thread = work;
        work.start();
    }

    /// Cancels the fetch. The files fetched so far are kept.
    public void cancel() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void work(HubModel model, HubSettings settings) {
        Thread own = Thread.currentThread();
        try {
            Fetched fetched = new HubFetch(settings)
                    .fetch(model, (file, done, total) -> window.execute(() -> advance(own, file, done, total)));
            window.execute(() -> over(own, () -> fetched(model, fetched)));
        } catch (InterruptedException e) {
            window.execute(() -> over(own, () -> stage.set(Words.of("fetch.stopped"))));
        } catch (RuntimeException e) {
            boolean stopped = own.isInterrupted(); // any other failure
            window.execute(() -> over(own, () -> failed(stopped, e)));
        }
    }

    private void advance(Thread from, String file, long done, long total) {
        if (from == thread) {
            progress.set(total <= 0 ? Job.UNKNOWN : Math.clamp((double) done / total, 0, 1));
            stage.set(Words.of("fetch.at", file, megabytes(done), megabytes(total)));
        }
    }

    private void over(Thread from, Runnable told) {
        if (from == thread) {
            thread = null;
            running.set(false);
            progress.set(Job.UNKNOWN);
            told.run();
        }
    }

    private void fetched(HubModel model, Fetched what) {
        folder.set(what.folder());
        String there = Words.of("fetch.there", model.toString(), what.folder().toString());
        String more;
        if (what.unreachable() != null) {
            more = Words.of("fetch.there.cache", what.unreachable().text(Words.locale()));
        } else if (what.bytes() == 0) {
            more = Words.of("fetch.there.same");
        } else {
            more = Words.of("fetch.there.new", Numbers.count(what.files().size()), megabytes(what.bytes()));
        }
        stage.set(there + ". " + more
                + String.join(
                        "",
                        what.notes().stream()
                                .map(n -> " " + n.text(Words.locale(), ".window"))
                                .toList()));
        if (!watched.get()) {
            notices.inform(there + ".", Words.of("fetch.there.remedy"));
        }
    }

    private void failed(boolean stopped, RuntimeException e) {
        if (stopped) {
            stage.set(Words.of("fetch.stopped"));
            return;
        }
        stage.set("");
        problem.set(Notice.of(e));
        if (!watched.get()) {
            notices.tell(e);
        }
    }

    private static String megabytes(long bytes) {
        return Numbers.decimal(bytes / MEGABYTE, bytes < 100 * MEGABYTE ? 1 : 0);
    }
}

package sirkuit.app.session;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sirkuit.AtomicFile;
import sirkuit.Problem;
import sirkuit.app.look.Words;
import sirkuit.app.work.Job;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.app.work.WindowEngine;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.protocol.Stage;
import sirkuit.report.Findings;
import sirkuit.report.Inquiry;
import sirkuit.report.Report;
import sirkuit.report.ReportSubject;

/// Writes the report of a project on its own thread, because it waits for the engine, which may be busy.
final class ReportModel {
    private static final Logger LOG = LoggerFactory.getLogger(ReportModel.class);
    /// In the project's folder.
    static final String FILE = "report.html";

    private final WindowEngine engine;
    private final Notices notices;
    private final Threads threads;
    private boolean writing;
    private WindowEngine.Task job = event -> {};

    ReportModel(WindowEngine engine, Notices notices, Threads threads) {
        this.engine = engine;
        this.notices = notices;
        this.threads = threads;
    }

    /// Writes the report. A second request while it is being written is ignored.
    ///
    /// @param shows opens the file in the browser
    void write(Project project, Consumer<Path> shows) {
        if (writing) {
            return;
        }
        writing = true;
        Path file = project.folder().resolve(FILE);
        notices.inform(Words.of("shell.report.writing"), Words.of("shell.report.writing.more"));
        Thread thread = Thread.ofVirtual().name("report").unstarted(() -> {
            RuntimeException failure = null;
            try {
                ReportSubject subject = ReportSubject.of(project, null);
                AtomicFile.write(file, Report.of(subject, findings(subject), LocalDate.now()));
            } catch (RuntimeException e) {
                failure = e;
            }
            RuntimeException why = failure;
            threads.window().execute(() -> end(file, why, shows));
        });
        job = engine.begin(Words.of("shell.report.job", project.file().name()), thread::interrupt);
        thread.start();
    }

    private void end(Path file, @Nullable RuntimeException why, Consumer<Path> shows) {
        writing = false;
        notices.withdraw(Words.of("shell.report.writing"));
        job.tell(
                switch (why) {
                    case null -> new Event.Finished(0);
                    case CancellationException c -> new Event.Cancelled();
                    case Problem problem -> Event.Failed.of(problem, null);
                    default -> Event.Failed.of(unexpected(why), null);
                });
        switch (why) {
            case null -> {
                notices.written(Words.of("shell.report.done"), file, true, shows);
                shows.accept(file);
            }
            case CancellationException c ->
                notices.warn(Words.of("shell.report.cancelled"), Words.of("shell.report.cancelled.more"));
            case Problem problem -> notices.tell(problem);
            default -> {
                LOG.error("the report", why);
                notices.tell(unexpected(why));
            }
        }
    }

    private static Problem unexpected(RuntimeException why) {
        return Problem.plain(
                Words.of("shell.report.failed", String.valueOf(why.getMessage())),
                Words.of("shell.report.failed.more"),
                why);
    }

    /// The engine's answers. Without them the report is still written.
    private Findings findings(ReportSubject subject) {
        try {
            return new Inquiry(this::ask).about(subject);
        } catch (Problem e) {
            LOG.warn("the report goes without the engine: {}", e.what());
            return Findings.NONE;
        }
    }

    private void tell(String stage) {
        job.tell(new Event.Progress(Stage.OTHER, stage, 0, 0));
    }

    private void ask(Request request, Consumer<Event> listener) {
        CountDownLatch last = new CountDownLatch(1);
        AtomicReference<@Nullable Event> end = new AtomicReference<>();
        AtomicReference<Runnable> cancel = new AtomicReference<>(() -> {});
        threads.window().execute(() -> {
            Job before = engine.current().get();
            if (before != null && !before.beside()) {
                tell(Words.of("jobs.waits-for", before.title()));
            }
            cancel.set(engine.ask(request, event -> {
                tell(Words.of("shell.report.asking"));
                listener.accept(event);
                if (event.isLast()) {
                    end.set(event);
                    last.countDown();
                }
            }));
        });
        try {
            last.await();
        } catch (InterruptedException e) {
            threads.window().execute(() -> Objects.requireNonNull(cancel.get()).run());
            throw new CancellationException();
        }
        if (end.get() instanceof Event.Failed f) {
            throw f.problem();
        }
    }
}

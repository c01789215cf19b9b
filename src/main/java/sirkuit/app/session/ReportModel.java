package sirkuit.app.session;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sirkuit.AtomicFile;
import sirkuit.Problem;
import sirkuit.app.look.Words;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.app.work.WindowEngine;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
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
        Thread.ofVirtual().name("report").start(() -> {
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
    }

    private void end(Path file, @Nullable RuntimeException why, Consumer<Path> shows) {
        writing = false;
        notices.withdraw(Words.of("shell.report.writing"));
        switch (why) {
            case null -> {
                notices.inform(Words.of("shell.report.done"), file.toString());
                shows.accept(file);
            }
            case Problem problem -> notices.tell(problem);
            default -> {
                LOG.error("the report", why);
                notices.tell(Problem.plain(
                        Words.of("shell.report.failed", String.valueOf(why.getMessage())),
                        Words.of("shell.report.failed.more"),
                        why));
            }
        }
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

    private void ask(Request request, Consumer<Event> listener) {
        CountDownLatch last = new CountDownLatch(1);
        AtomicReference<@Nullable Event> end = new AtomicReference<>();
        threads.window()
                .execute(() -> engine.ask(request, event -> {
                    listener.accept(event);
                    if (event.isLast()) {
                        end.set(event);
                        last.countDown();
                    }
                }));
        try {
            last.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (end.get() instanceof Event.Failed f) {
            throw f.problem();
        }
    }
}

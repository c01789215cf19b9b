package sirkuit.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Problem;
import sirkuit.app.work.Job;
import sirkuit.app.work.NoEngine;
import sirkuit.app.work.Notice;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.app.work.WindowEngine;
import sirkuit.mask.HeadMask;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;

/// A requested report is written, or its notice says why not.
class ReportModelTest {
    @TempDir
    Path folder = Path.of("");

    private final NoEngine engine = new NoEngine();
    private final Notices notices = new Notices();
    private final WindowEngine window = new WindowEngine(states -> engine, notices);
    /// What waits for the window's thread, which is the one of the test.
    private final BlockingQueue<Runnable> later = new LinkedBlockingQueue<>();

    private final ReportModel model = new ReportModel(window, notices, new Threads(Runnable::run, later::add));
    private final List<Path> shown = new ArrayList<>();
    private Path file = Path.of("");
    private @Nullable Project made;

    @BeforeEach
    void aProjectWithAMask() {
        DataFile texts = new DataFile(folder.resolve("texts.csv").toString());
        Project project = Project.create(
                folder.resolve("project"),
                new ProjectFile(
                        ProjectFile.VERSION,
                        "Small",
                        folder.resolve("model").toString(),
                        null,
                        new ProjectFile.Language("Indonesian", texts, texts),
                        null,
                        16));
        project.saveMask("current", HeadMask.all(1, 4));
        file = project.folder().resolve(ReportModel.FILE);
        made = project;
    }

    private Project project() {
        return Objects.requireNonNull(made);
    }

    @AfterEach
    void close() {
        project().close();
    }

    /// Does the work of the window's thread until then.
    private void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Runnable next = later.poll(60, TimeUnit.SECONDS);
            assertThat(next).as("something to do").isNotNull();
            next.run();
        }
    }

    private Job requested() throws InterruptedException {
        model.write(project(), shown::add);
        Job job = window.jobs().all().getFirst();
        assertThat(job.status().get()).isEqualTo(Job.Status.RUNNING);
        until(() -> !engine.asked().isEmpty());
        return job;
    }

    private void answer(Event last) {
        engine.last(Request.Faithfulness.class).answer(last);
    }

    private Notice told() {
        assertThat(notices.open()).hasSize(1);
        return notices.open().getFirst();
    }

    @Test
    void theReportIsWrittenAndShownAndItsNoticeOpensIt() throws Exception {
        Job job = requested();
        assertThat(told().what()).isEqualTo("Writing the report");
        answer(new Event.Finished(1));
        until(() -> job.over().get());
        assertThat(job.status().get()).isEqualTo(Job.Status.DONE);
        assertThat(file).content().contains("Small");
        assertThat(shown).containsExactly(file);
        assertThat(told().what()).isEqualTo("The report is written");
        assertThat(told().choices()).extracting(Notice.Choice::id).containsExactly("open", "show");
        told().choices().forEach(choice -> choice.deed().run());
        assertThat(shown).containsExactly(file, file, project().folder());
    }

    @Test
    void itIsWrittenWithoutTheAnswersOfAnEngineThatFails() throws Exception {
        Job job = requested();
        answer(Event.Failed.of(Problem.plain("It was killed.", "Run it again."), null));
        until(() -> job.over().get());
        assertThat(job.status().get()).isEqualTo(Job.Status.DONE);
        assertThat(file).exists();
    }

    @Test
    void aFileThatCannotBeWrittenIsToldOfAndNotShown() throws Exception {
        Files.createDirectories(file.resolve("in the way"));
        Job job = requested();
        answer(new Event.Finished(1));
        until(() -> job.over().get());
        assertThat(job.status().get()).isEqualTo(Job.Status.FAILED);
        assertThat(job.line().getValue()).contains(ReportModel.FILE);
        assertThat(told().kind()).isEqualTo(Notice.Kind.ERROR);
        assertThat(told().what()).contains(ReportModel.FILE);
        assertThat(shown).isEmpty();
    }

    @Test
    void aCancelledReportIsNotWrittenAndItsQuestionIsCancelledToo() throws Exception {
        Job job = requested();
        job.cancel();
        until(() -> job.over().get());
        assertThat(job.status().get()).isEqualTo(Job.Status.CANCELLED);
        until(() -> engine.cancels() == 1);
        assertThat(told().what()).isEqualTo("The report was not written, because it was cancelled.");
        assertThat(file).doesNotExist();
        assertThat(shown).isEmpty();
    }

    @Test
    void itSaysWhichRunItWaitsFor() throws Exception {
        window.submit("Tuning All", new Request.Tune(null, "run"), event -> {});
        model.write(project(), shown::add);
        Job job = window.jobs().all().stream()
                .filter(j -> j.title().startsWith("Report"))
                .findFirst()
                .orElseThrow();
        until(() -> engine.asked().size() == 2);
        assertThat(job.line().getValue()).isEqualTo("Waits for: Tuning All");
        answer(new Event.Finished(1));
        until(() -> job.over().get());
    }

    @Test
    void aSecondRequestIsIgnoredWhileItIsBeingWritten() throws Exception {
        Job job = requested();
        model.write(project(), shown::add);
        assertThat(window.jobs().all()).containsExactly(job);
        answer(new Event.Finished(1));
        until(() -> job.over().get());
        assertThat(shown).hasSize(1);
    }
}

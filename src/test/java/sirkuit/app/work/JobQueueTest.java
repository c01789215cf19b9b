package sirkuit.app.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import sirkuit.Message;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;

class JobQueueTest {
    private static final Request SCORE = new Request.Inspect("folder");

    private final List<Object> order = new ArrayList<>();
    private final NoEngine engine = new NoEngine() {
        @Override
        public void order(List<Runnable> sent) {
            order.clear();
            order.addAll(sent);
        }
    };
    private final WindowEngine session = new WindowEngine(listener -> engine, new Notices());
    private final JobQueue jobs = session.jobs();

    private Job submit(String title, Request request) {
        return session.submit(title, request, event -> {});
    }

    private Job run(String title) {
        return submit(title, new Request.Tune(null, title));
    }

    private void answer(int request, Event... events) {
        engine.asked().get(request).answer(events);
    }

    @Test
    void theFirstJobRunsAndTheOthersSayWhatTheyWaitFor() {
        Job first = run("Tuning Minangkabau, seed 0");
        Job second = submit("Scoring", SCORE);
        assertThat(first.status().get()).isEqualTo(Job.Status.RUNNING);
        assertThat(second.status().get()).isEqualTo(Job.Status.WAITING);
        assertThat(second.line().getValue()).isEqualTo("Waits for: Tuning Minangkabau, seed 0");
        assertThat(jobs.summary().get()).isEqualTo("Tuning Minangkabau, seed 0, 1 waiting");
        answer(0, new Event.Finished(1));
        assertThat(second.status().get()).isEqualTo(Job.Status.RUNNING);
        assertThat(second.line().getValue()).isEqualTo("running");
        assertThat(jobs.summary().get()).isEqualTo("Scoring");
        answer(1, new Event.Finished(1));
        assertThat(jobs.summary().get()).isEmpty();
        assertThat(jobs.current().get()).isNull();
        assertThat(jobs.all()).as("newest first").containsExactly(second, first);
    }

    @Test
    void aJobSaysHowItEndedAndWhy() {
        Job paused = run("paused");
        Job cancelled = run("cancelled");
        Job failed = submit("failed", SCORE);
        Job done = submit("done", SCORE);
        answer(0, Event.Paused.of(7, Message.plain("stopped"), true), new Event.Cancelled());
        answer(1, new Event.Cancelled());
        answer(2, new Event.Failed("The disk is full.", "Make room.", null));
        answer(3, new Event.Finished(2));
        assertThat(paused.line().getValue()).isEqualTo("paused");
        assertThat(cancelled.line().getValue()).isEqualTo("cancelled");
        assertThat(failed.line().getValue()).isEqualTo("failed: The disk is full. Make room.");
        assertThat(done.line().getValue()).isEqualTo("done");
    }

    @Test
    void waitingJobsAreMovedAndTheEngineIsTold() {
        Job running = run("running");
        Job first = run("first");
        Job second = run("second");
        Job third = run("third");
        assertThat(jobs.movable(running, false)).isFalse();
        assertThat(jobs.movable(first, true)).as("not before what runs").isFalse();
        assertThat(jobs.movable(third, false)).isFalse();
        assertThat(jobs.movable(null, true)).isFalse();
        jobs.move(third, true);
        assertThat(jobs.all()).containsExactly(running, first, third, second);
        assertThat(order).containsExactly(first.sent(), third.sent(), second.sent());
        jobs.move(first, false);
        assertThat(jobs.all()).containsExactly(running, third, first, second);
        assertThat(order).containsExactly(third.sent(), first.sent(), second.sent());
        answer(0, new Event.Finished(1));
        assertThat(third.status().get()).as("as the engine does it").isEqualTo(Job.Status.RUNNING);
        assertThat(jobs.movable(third, false)).isFalse();
    }

    @Test
    void exportsAndWhatTheWindowDoesRunBesideTheOthers() {
        Job tuning = run("tuning");
        Job export = submit("export", new Request.Export("run", "out", Request.Export.Form.WHOLE, null, false));
        List<String> cancelled = new ArrayList<>();
        WindowEngine.Task report = session.begin("report", () -> cancelled.add("report"));
        Job waiting = submit("scoring", SCORE);
        assertThat(export.status().get()).isEqualTo(Job.Status.RUNNING);
        Job listed = jobs.all().stream()
                .filter(j -> j.title().equals("report"))
                .findFirst()
                .orElseThrow();
        assertThat(listed.status().get()).isEqualTo(Job.Status.RUNNING);
        assertThat(waiting.reason().get()).contains("tuning");
        assertThat(jobs.all()).containsExactly(tuning, export, listed, waiting);
        listed.cancel();
        assertThat(cancelled).containsExactly("report");
        report.tell(new Event.Cancelled());
        assertThat(listed.status().get()).isEqualTo(Job.Status.CANCELLED);
        assertThat(jobs.all().getLast()).isSameAs(listed);
    }

    @Test
    void onlyTheLatestEndedJobsAreKept() {
        for (int i = 0; i < 60; i++) {
            submit("job " + i, SCORE);
            answer(i, new Event.Finished(1));
        }
        assertThat(jobs.all()).hasSize(50);
        assertThat(jobs.all().getFirst().title()).isEqualTo("job 59");
    }

    @Test
    void aJobThatIsCancelledSaysSoUntilItHasEnded() {
        Job job = run("tuning");
        List<String> told = new ArrayList<>();
        Consumer<String> hear = told::add;
        var line = job.line();
        line.subscribe(hear);
        job.cancel();
        assertThat(told.getLast()).isEqualTo("stopping…");
        answer(0, Event.Paused.of(7, Message.plain("stopped"), true), new Event.Cancelled());
        assertThat(told.getLast()).isEqualTo("paused");
    }
}

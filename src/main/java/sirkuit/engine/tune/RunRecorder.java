package sirkuit.engine.tune;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sirkuit.Problem;
import sirkuit.engine.work.Work;
import sirkuit.protocol.Event;
import sirkuit.record.RunConfig;
import sirkuit.run.EventLog;
import sirkuit.run.RunFolder;
import sirkuit.tuning.ResumePoints;
import sirkuit.tuning.TrainingState;

/// Records a run: its events, which are also sent to the requester, and its resume points.
final class RunRecorder implements ResumePoints {
    private static final Logger LOG = LoggerFactory.getLogger(RunRecorder.class);

    private final Work work;
    private final EventLog log;
    private final RunFolder folder;
    private final TuneInputs inputs;
    private final ResumePoint.Machine machine;
    private final DiskRoom room;
    private long lastPoint = System.nanoTime();
    private int savedStep;

    /// @param savedStep step of the existing resume point; -1 for none
    RunRecorder(
            Work work, EventLog log, RunFolder folder, TuneInputs inputs, ResumePoint.Machine machine, int savedStep) {
        this.work = work;
        this.log = log;
        this.folder = folder;
        this.inputs = inputs;
        this.machine = machine;
        this.savedStep = savedStep;
        room = new DiskRoom(work, log::append);
    }

    /// Writes the same line to the run's file and to the requester.
    void tell(Event event) {
        String line = work.line(event);
        room.insist(() -> log.append(line));
        work.send(line);
    }

    /// Records the last event of a successful run. [Work#end] sends it.
    void finish(Event.Finished event) {
        String line = work.ending(event);
        room.insist(() -> log.append(line));
    }

    /// Records the last event of any other run. If it cannot be written, the first reason is the one to report.
    void conclude(Event event, Throwable reason) {
        append(work.ending(event), reason);
    }

    /// Reports that a run was stopped at a point where it can be resumed.
    void pause(Event.Paused event, Throwable reason) {
        String line = work.line(event);
        append(line, reason);
        work.send(line);
    }

    private void append(String line, Throwable reason) {
        try {
            log.append(line);
        } catch (Problem e) {
            reason.addSuppressed(e);
        }
    }

    /// See [DiskRoom].
    DiskRoom room() {
        return room;
    }

    /// Step of the latest resume point; -1 for none.
    int savedStep() {
        return savedStep;
    }

    @Override
    public boolean due(int step, boolean evaluated) {
        RunConfig.Course course = inputs.config().course();
        return evaluated
                || (course.saveSteps() > 0 && step % course.saveSteps() == 0)
                || (course.saveSeconds() > 0 && System.nanoTime() - lastPoint > 1_000_000_000L * course.saveSeconds());
    }

    @Override
    public void keep(TrainingState standing, List<Part> parts) {
        try {
            room.insist(() -> {
                log.force(); // the events must be on disk before the point that counts them
                new ResumePoint(standing, log.length(), inputs, machine).write(folder, parts);
            });
            savedStep = standing.step();
        } catch (Problem e) {
            if (!work.isCancelled()) {
                throw e;
            }
            LOG.info("the former resume point stays", e);
        }
        lastPoint = System.nanoTime();
    }

    /// Deletes the resume point once the run is over.
    void forget() {
        try {
            folder.removeResumePoint();
        } catch (Problem e) {
            LOG.info("the resume point stays", e);
        }
    }
}

package sirkuit.engine.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Message;
import sirkuit.engine.work.Work;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.protocol.Wire;
import sirkuit.run.EventLog;
import sirkuit.run.RunFolder;

/// A run's file has the very lines that whoever asked has got.
class RunRecorderTest {
    @TempDir
    Path folder = Path.of("");

    private final List<String> sent = new ArrayList<>();
    private final Work work = new Work(7, new Request.Quit(), sent::add);

    @Test
    void aFinishedRunsFileIsWhatWasSent() {
        try (EventLog log = EventLog.create(run().eventsFile())) {
            RunRecorder recorder = recorder(log);
            recorder.tell(new Event.Started("demo", 8, 1, 1, 2, 3));
            recorder.tell(Event.Noted.of(Message.plain("Text é with \"quotes\"\nand a line break.")));
            recorder.tell(new Event.Stepped(1, 0.125, Double.NaN, 1e-3, 1, 500));
            recorder.finish(new Event.Finished(2.5));
        }
        work.end(new Event.Finished(3)); // the worker counts from when it began with the request
        assertThat(sent).hasSize(4).isEqualTo(run().eventLines());
        assertThat(Wire.event(sent.getLast()).body()).isEqualTo(new Event.Finished(2.5));
        assertThat(Wire.event(sent.getLast()).id()).isEqualTo(7);
    }

    @Test
    void aPausedRunsFileIsWhatWasSent() {
        try (EventLog log = EventLog.create(run().eventsFile())) {
            RunRecorder recorder = recorder(log);
            recorder.tell(new Event.Started("demo", 8, 1, 1, 2, 3));
            CancellationException cancelled = new CancellationException();
            recorder.pause(new Event.Paused(4, "It was stopped.", true, null), cancelled);
            recorder.conclude(new Event.Cancelled(), cancelled);
        }
        work.end(new Event.Cancelled());
        assertThat(sent).hasSize(3).isEqualTo(run().eventLines());
    }

    /// Cancelled while it waited to write that it had finished.
    @Test
    void anEndOfAnotherKindIsNotTheOneThatWasKept() {
        try (EventLog log = EventLog.create(run().eventsFile())) {
            RunRecorder recorder = recorder(log);
            recorder.finish(new Event.Finished(2.5));
        }
        work.end(new Event.Cancelled());
        assertThat(Wire.event(sent.getLast()).body()).isEqualTo(new Event.Cancelled());
    }

    private RunFolder run() {
        return new RunFolder(folder.resolve("run"));
    }

    /// Inputs and machine are for resume points, of which these runs have none.
    @SuppressWarnings("NullAway")
    private RunRecorder recorder(EventLog log) {
        return new RunRecorder(work, log, run(), null, null, -1);
    }
}

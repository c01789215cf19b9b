package sirkuit.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a process writes to its error output: all of it goes to the log, and the last lines are kept.
final class ErrorOutput {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorOutput.class);
    private static final int KEPT_LINES = 40;
    private static final int MILLISECONDS_TO_END = 1000;

    private final Process process;
    private final Deque<String> lines = new ArrayDeque<>();
    private final Thread reader;

    /// Starts to read.
    ErrorOutput(Process process) {
        this.process = process;
        reader = Thread.ofVirtual().name("engine-stderr").start(this::read);
    }

    private void read() {
        try (BufferedReader err =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = err.readLine(); line != null; line = err.readLine()) {
                LOG.debug("engine: {}", line);
                synchronized (lines) {
                    lines.addLast(line);
                    if (lines.size() > KEPT_LINES) {
                        lines.removeFirst();
                    }
                }
            }
        } catch (IOException e) {
            LOG.debug("engine's error output ended", e);
        }
    }

    /// The last lines. Called when the process has ended: waits a moment for those still in the pipe.
    String last() throws InterruptedException {
        reader.join(MILLISECONDS_TO_END);
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }
}

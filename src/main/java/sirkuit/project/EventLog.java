package sirkuit.project;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import sirkuit.AtomicFile;
import sirkuit.Problem;

/// Appends the event stream of a run to its `events.jsonl`, a line an event.
public final class EventLog implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private boolean cut;

    private EventLog(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Starts a new log.
    ///
    /// @throws Problem when there is one already (nothing is overwritten) or it cannot be made
    public static EventLog create(Path file) {
        if (Files.exists(file)) {
            throw new Problem(file + " exists already.", "Choose an empty folder for the run; nothing was changed.");
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return new EventLog(file, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(file, e);
        }
    }

    /// Appends one line. The system has it when this returns, so that it survives the death of this process.
    ///
    /// @throws Problem when it cannot be written, for instance because the disk is full
    public void append(String line) {
        // After a write that failed half a line may stand there: what follows gets a line of its own.
        ByteBuffer bytes = ByteBuffer.wrap(((cut ? "\n" : "") + line + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            cut = false;
        } catch (IOException e) {
            cut = true;
            throw AtomicFile.cannotWrite(file, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.force(true);
            channel.close();
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(file, e);
        }
    }
}

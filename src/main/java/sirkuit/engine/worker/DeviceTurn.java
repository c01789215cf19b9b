package sirkuit.engine.worker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sirkuit.RegularFile;
import sirkuit.engine.EngineCommand;
import sirkuit.engine.work.Work;
import sirkuit.protocol.Event;
import sirkuit.protocol.Stage;

/// Only one run uses the device at a time, whichever window started it. Two at once would be slower than one after the
/// other. The turn is a lock on a file, which the system releases when this process dies.
///
/// @param channel null if runs do not take turns
record DeviceTurn(@Nullable FileChannel channel) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceTurn.class);
    private static final int MILLIS = 300;

    /// Waits until no other process has the lock.
    ///
    /// @throws CancellationException when the work is cancelled meanwhile
    static DeviceTurn take(Work work) {
        String file = System.getenv(EngineCommand.DEVICE_LOCK);
        if (file == null || file.isBlank()) {
            return new DeviceTurn(null);
        }
        try {
            Path path = Path.of(file).toAbsolutePath();
            Files.createDirectories(path.getParent());
            RegularFile.requireItself(path);
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            DeviceTurn turn = new DeviceTurn(channel);
            try {
                FileLock lock = channel.tryLock();
                while (lock == null) {
                    work.tell(new Event.Progress(Stage.WAITING, 0, 0));
                    Thread.sleep(MILLIS);
                    work.stopPoint();
                    lock = channel.tryLock();
                }
                return turn;
            } catch (InterruptedException e) {
                turn.close();
                Thread.currentThread().interrupt();
                throw new CancellationException();
            } catch (RuntimeException | IOException e) {
                turn.close();
                throw e;
            }
        } catch (IOException e) {
            LOG.warn("runs do not take turns: {} cannot be locked", file, e);
            return new DeviceTurn(null);
        }
    }

    @Override
    public void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("closing gives the lock back either way", e);
            }
        }
    }
}

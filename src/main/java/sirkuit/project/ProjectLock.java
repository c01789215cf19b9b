package sirkuit.project;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The claim to write a project: a lock on its `.lock` file, let go by the system when the process ends however it
/// ends.
final class ProjectLock implements AutoCloseable {
    private final @Nullable FileChannel channel;
    private final boolean held;

    private ProjectLock(@Nullable FileChannel channel, boolean held) {
        this.channel = channel;
        this.held = held;
    }

    /// Never fails: a lock that another has, or that cannot be made (a read-only folder), is simply not held.
    static ProjectLock acquire(Path folder) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new ProjectLock(channel, true);
            }
        } catch (IOException | OverlappingFileLockException e) {
            // not ours to write
        }
        close(channel);
        return new ProjectLock(null, false);
    }

    boolean held() {
        return held;
    }

    @Override
    public void close() {
        close(channel);
    }

    private static void close(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // closing gives the lock back either way
            }
        }
    }
}

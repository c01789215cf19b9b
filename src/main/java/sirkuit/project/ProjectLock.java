package sirkuit.project;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The right to write a project: a lock on its `.lock` file, which the system releases whenever and however the process
/// ends.
final class ProjectLock implements AutoCloseable {
    /// Folders that this process has locked. They are checked first, because on POSIX, closing any channel of a
    /// file releases the lock that another channel of the same process has on it.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final @Nullable FileChannel channel;
    private final boolean held;

    private final Path folder;

    private ProjectLock(Path folder, @Nullable FileChannel channel, boolean held) {
        this.folder = folder;
        this.channel = channel;
        this.held = held;
    }

    /// Takes the lock. This never fails: if another process has it, or it cannot be made (a read-only folder), it
    /// is not held.
    static ProjectLock acquire(Path folder) {
        Path real = real(folder);
        if (!HELD.add(real)) {
            return new ProjectLock(real, null, false);
        }
        FileChannel channel = null;
        try {
            Path file = folder.resolve(".lock");
            // Not through a link, and not a pipe, which would block.
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    || Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            }
            FileLock lock = channel == null ? null : channel.tryLock();
            if (lock != null) {
                return new ProjectLock(real, channel, true);
            }
        } catch (IOException | OverlappingFileLockException e) {
            // we may not write it
        }
        close(channel);
        HELD.remove(real);
        return new ProjectLock(real, null, false);
    }

    /// No lock.
    static ProjectLock none(Path folder) {
        return new ProjectLock(real(folder), null, false);
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder.toAbsolutePath().normalize();
        }
    }

    boolean held() {
        return held;
    }

    @Override
    public void close() {
        if (channel != null && channel.isOpen()) {
            close(channel);
            HELD.remove(folder);
        }
    }

    private static void close(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // closing releases the lock in any case
            }
        }
    }
}

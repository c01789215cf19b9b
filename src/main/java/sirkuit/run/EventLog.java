package sirkuit.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import sirkuit.AtomicFile;
import sirkuit.Problem;
import sirkuit.RegularFile;

/// Appends the event stream of a run to its `events.jsonl`, one line for each event.
public final class EventLog implements AutoCloseable {
    /// The files that this process writes. On some systems, opening and closing such a file again would release its
    /// lock.
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private boolean cut;

    private EventLog(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Starts a new log.
    ///
    /// @throws Problem when there is one already (nothing is overwritten) or it cannot be created
    public static EventLog create(Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw Problem.of("run.events-exist", file);
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return owned(
                    file,
                    FileChannel.open(
                            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(file, e);
        }
    }

    /// Continues a log at the length `length`. Later events will be written again.
    ///
    /// @throws Problem when another process is writing it, it is shorter than that, it is a link or not a file, or
    ///         it cannot be written
    public static EventLog from(Path file, long length) {
        RegularFile.requireItself(file);
        try {
            EventLog log = owned(
                    file,
                    FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
            if (log.length() < length) {
                log.close();
                throw Problem.of("run.events-cut-short", file);
            }
            log.channel.truncate(length).position(length);
            return log;
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(file, e);
        }
    }

    /// Opens the log with a lock, because two processes that write one run would damage it. The system releases the
    /// lock when this process dies.
    private static EventLog owned(Path file, FileChannel channel) throws IOException {
        FileLock lock;
        try {
            // A byte far beyond the end: some systems keep others from reading what is locked.
            lock = channel.tryLock(Long.MAX_VALUE - 1, 1, false);
        } catch (OverlappingFileLockException e) {
            lock = null;
        } catch (IOException e) {
            return new EventLog(file, channel); // some network disks have no locks
        }
        if (lock == null) {
            channel.close();
            throw Problem.of("run.run-in-use", file.toAbsolutePath().getParent());
        }
        OWN.add(key(file));
        return new EventLog(file, channel);
    }

    private static Path key(Path file) {
        return file.toAbsolutePath().normalize();
    }

    /// Whether this process is writing it.
    static boolean isOwn(Path file) {
        return OWN.contains(key(file));
    }

    /// Whether a process is writing it.
    static boolean isOwned(Path file) {
        if (isOwn(file)) {
            return true;
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false; // nobody writes to a link, and opening a pipe would block
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = channel.tryLock(Long.MAX_VALUE - 1, 1, false)) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            return false; // not writable for us, or a disk without locks
        }
    }

    /// Bytes so far.
    ///
    /// @throws Problem when it cannot be written
    public long length() {
        try {
            return channel.size();
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(file, e);
        }
    }

    /// Makes sure that what has been appended survives a crash of the system.
    ///
    /// @throws Problem when it cannot be written
    public void force() {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(file, e);
        }
    }

    /// Appends one line. The system has it when this returns, so that it survives a crash of this process.
    ///
    /// @throws Problem when it cannot be written, for instance because the disk is full
    public void append(String line) {
        // A failed write may have left half a line. The next event starts a new line.
        ByteBuffer bytes = ByteBuffer.wrap(((cut ? "\n" : "") + line + "\n").getBytes(StandardCharsets.UTF_8));
        long before = length();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            cut = false;
        } catch (IOException e) {
            takeBack(before);
            throw AtomicFile.cannotWrite(file, e);
        }
    }

    private void takeBack(long length) {
        try {
            channel.truncate(length).position(length);
        } catch (IOException e) {
            cut = true;
        }
    }

    @Override
    public void close() {
        try (channel) {
            OWN.remove(key(file));
            channel.force(true);
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(file, e);
        }
    }
}

package sirkuit.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sirkuit.AtomicFile;
import sirkuit.RegularFile;

/// Lets one Sirkuit at a time fetch a blob. The others wait and then find it in the cache.
final class HubLock implements AutoCloseable {
    private static final long BETWEEN_LOOKS = 200;

    private final FileChannel file;

    private HubLock(FileChannel file) {
        this.file = file;
    }

    /// @param waiting called once if another process has it
    static HubLock take(Path place, Runnable waiting) throws InterruptedException {
        try {
            Files.createDirectories(Objects.requireNonNull(place.getParent(), "it lies in a folder"));
            RegularFile.requireItself(place);
            FileChannel file = FileChannel.open(
                    place, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            boolean told = false;
            while (!taken(file)) {
                if (!told) {
                    waiting.run();
                    told = true;
                }
                try {
                    Thread.sleep(BETWEEN_LOOKS);
                } catch (InterruptedException e) {
                    file.close();
                    throw e;
                }
            }
            return new HubLock(file);
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(place, e);
        }
    }

    private static boolean taken(FileChannel file) {
        try {
            @Nullable FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // another window or command in this process
        } catch (IOException e) {
            return true; // a disk without locks: continue without one
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            // It is released at the latest when the process ends.
        }
    }
}

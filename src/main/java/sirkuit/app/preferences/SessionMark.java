package sirkuit.app.preferences;

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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sirkuit.app.data.TypedPath;

/// A file that is locked while a window is open and names its project. If one is left behind unlocked, its window was
/// not closed properly. Nothing here ever fails: the window works without the mark.
public final class SessionMark implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionMark.class);
    private static final String ENDING = ".open";

    private final @Nullable Path file;
    private final @Nullable FileChannel channel;
    private final List<Path> leftBehind;
    private final boolean unclean;

    private SessionMark(@Nullable Path file, @Nullable FileChannel channel, boolean unclean, List<Path> leftBehind) {
        this.file = file;
        this.channel = channel;
        this.unclean = unclean;
        this.leftBehind = leftBehind;
    }

    /// Begins a session, and removes the marks of sessions that did not end properly.
    ///
    /// @param folder of the preferences
    public static SessionMark begin(Path folder) {
        Path marks = folder.resolve("sessions");
        List<Path> projects = new ArrayList<>();
        boolean unclean = false;
        try {
            Files.createDirectories(marks);
            for (Path mark : marks(marks)) {
                unclean |= takeAway(mark, projects);
            }
            Path own = Files.createTempFile(marks, "window-", ENDING);
            FileChannel channel = FileChannel.open(own, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            channel.lock();
            return new SessionMark(own, channel, unclean, List.copyOf(projects));
        } catch (IOException | OverlappingFileLockException e) {
            LOG.info("no mark of this session in {}: {}", marks, e.toString());
            return new SessionMark(null, null, unclean, List.copyOf(projects));
        }
    }

    private static List<Path> marks(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(ENDING) && Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    /// @return whether its window is gone
    private static boolean takeAway(Path mark, List<Path> projects) {
        try (FileChannel channel =
                FileChannel.open(mark, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                return false;
            }
            ByteBuffer text = ByteBuffer.allocate((int) Math.min(channel.size(), 1 << 14));
            channel.read(text);
            String project = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
            Path place = project.isEmpty() ? null : TypedPath.of(project);
            if (place != null) {
                projects.add(place);
            }
            Files.deleteIfExists(mark);
            return true;
        } catch (IOException | OverlappingFileLockException e) {
            return false; // in use, or not readable for us
        }
    }

    /// Whether a window was not closed properly.
    public boolean unclean() {
        return unclean;
    }

    /// The projects that were open in it.
    public List<Path> leftBehind() {
        return leftBehind;
    }

    /// Records which project is open; null for none.
    public void opened(@Nullable Path project) {
        if (channel == null) {
            return;
        }
        try {
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap((project == null ? "" : project.toString()).getBytes(StandardCharsets.UTF_8)), 0);
        } catch (IOException e) {
            LOG.info("the mark of this session cannot be written: {}", e.toString());
        }
    }

    /// Ends the session properly.
    @Override
    public void close() {
        if (channel == null || file == null) {
            return;
        }
        try {
            Files.deleteIfExists(file);
            channel.close();
        } catch (IOException e) {
            LOG.info("the mark of this session stays: {}", e.toString());
        }
    }
}

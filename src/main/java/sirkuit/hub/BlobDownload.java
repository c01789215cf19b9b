package sirkuit.hub;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpHeaders;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sirkuit.AtomicFile;
import sirkuit.Problem;
import sirkuit.RegularFile;

/// Downloads one file into the cache, as `<digest>.incomplete`, resuming an earlier attempt of this or another program.
/// The file gets its final name once size and digest are as the hub stated.
final class BlobDownload {
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");
    private static final int CHUNK = 1 << 16;

    private final HubConnection connection;
    private final HubSettings settings;
    private final HubPatience patience;
    private final HubModel model;
    private final String commit;
    private final HubFile file;
    private final ContentDigest digest;
    private final Path blob;
    private final Path part;
    private boolean resumed;

    BlobDownload(
            HubConnection connection,
            HubSettings settings,
            HubPatience patience,
            HubModel model,
            String commit,
            HubFile file,
            HubCache cache) {
        this.connection = connection;
        this.settings = settings;
        this.patience = patience;
        this.model = model;
        this.commit = commit;
        this.file = file;
        digest = Objects.requireNonNull(file.digest(), "asked for before");
        blob = cache.blob(digest);
        part = blob.resolveSibling(digest.hex() + ".incomplete");
    }

    /// @param progress receives the number of bytes so far
    /// @throws Problem when it cannot be fetched, or is not what the hub stated; the bytes so far are kept if they
    ///         may be right
    void run(LongConsumer progress) throws InterruptedException {
        try {
            Files.createDirectories(Objects.requireNonNull(blob.getParent(), "it lies in a folder"));
            RegularFile.requireItself(part);
            while (!HubCache.isOf(blob, file.size())) {
                fill(progress);
                if (sound()) {
                    Files.move(part, blob, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            progress.accept(file.size());
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(part, e);
        }
    }

    /// Whether the partial file is complete and right. Otherwise it is deleted. A partial file of an earlier
    /// program gets one more try.
    private boolean sound() throws IOException {
        ContentDigest found = digest.of(part);
        if (found.equals(digest)) {
            return true;
        }
        Files.delete(part);
        if (resumed) {
            resumed = false;
            return false;
        }
        throw Problem.work("hub.digest-differs", file.name(), found.hex(), settings.host(), digest.hex());
    }

    private void fill(LongConsumer progress) throws InterruptedException {
        long furthest = have();
        resumed |= furthest > 0;
        int failures = 0;
        while (have() != file.size() || !Files.exists(part)) {
            try {
                attempt(progress);
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                long now = have();
                failures = now > furthest ? 1 : failures + 1;
                furthest = Math.max(furthest, now);
                if (failures >= patience.attempts()) {
                    throw lost(e, now);
                }
                patience.pause(failures, HubBusy.asked(e));
            }
        }
    }

    private Problem lost(IOException e, long have) {
        return e instanceof HubBusy busy
                ? Refusal.of(busy.status(), null, model, settings, file.name())
                : Problem.work(e, "hub.connection-lost", settings.host(), file.name(), Reason.of(e), have, file.size());
    }

    /// Downloads until the connection ends.
    private void attempt(LongConsumer progress) throws IOException, InterruptedException {
        long from = have();
        if (from > file.size()) {
            discard();
            from = 0;
        }
        if (file.size() == 0) {
            write(new byte[0], 0, 0);
            return;
        }
        try (HubConnection.Answer answer = connection.open(model, commit, file, from)) {
            if (begin(answer, from) != from) {
                discard();
            }
            if (answer.status() == 416) {
                throw new IOException("it has no such range");
            }
            copy(answer, progress);
        }
        if (have() < file.size()) {
            throw new IOException("it ended before the file did");
        }
    }

    /// The byte that an answer begins at.
    private long begin(HubConnection.Answer answer, long asked) {
        HttpHeaders headers = answer.headers();
        if (answer.status() != 206) {
            long stated = HubConnection.size(headers, "content-length");
            if (stated >= 0) {
                requireSize(stated);
            }
            return 0; // it ignores ranges
        }
        Matcher range = RANGE.matcher(headers.firstValue("content-range").orElse(""));
        if (!range.matches()) {
            return 0;
        }
        if (!range.group(2).equals("*")) {
            requireSize(Long.parseLong(range.group(2)));
        }
        long begins = Long.parseLong(range.group(1));
        return begins == asked ? asked : 0;
    }

    private void requireSize(long told) {
        if (told != file.size()) {
            throw Problem.work("hub.size-differs", file.name(), told, settings.host(), file.size());
        }
    }

    private void copy(HubConnection.Answer answer, LongConsumer progress) throws IOException {
        byte[] buffer = new byte[CHUNK];
        long at = have();
        for (int read = answer.body().read(buffer);
                read >= 0;
                read = answer.body().read(buffer)) {
            at += read;
            if (at > file.size()) {
                discard();
                requireSize(at);
            }
            write(buffer, 0, read);
            progress.accept(at);
        }
    }

    /// Opens the file again for each chunk, so that an interruption closes only the current chunk.
    private void write(byte[] bytes, int offset, int length) throws ClosedByInterruptException {
        try (OutputStream out = Files.newOutputStream(
                part, StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS)) {
            out.write(bytes, offset, length);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(part, e);
        }
    }

    private void discard() {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(part, e);
        }
    }

    private long have() {
        try {
            return Files.exists(part) ? Files.size(part) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}

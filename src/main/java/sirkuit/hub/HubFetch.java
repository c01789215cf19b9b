package sirkuit.hub;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sirkuit.AtomicFile;
import sirkuit.Message;
import sirkuit.Problem;

/// Fetches checkpoints. Files that are already in the cache are not fetched again. If the hub cannot be reached, the
/// copy in the cache is used, and the result says so.
public final class HubFetch {
    private static final long BETWEEN_TELLS = 100_000_000L;

    private final HubSettings settings;
    private final HubPatience patience;

    public HubFetch(HubSettings settings) {
        this(settings, HubPatience.USUAL);
    }

    HubFetch(HubSettings settings, HubPatience patience) {
        this.settings = settings;
        this.patience = patience;
    }

    /// Fetches a checkpoint into the cache.
    ///
    /// @throws Problem when it cannot be fetched; the bytes so far are kept, and the next fetch resumes from there
    /// @throws InterruptedException when the thread was asked to stop; the same holds
    public Fetched fetch(HubModel model, FetchProgress progress) throws InterruptedException {
        HubCache cache = new HubCache(settings.cache(), model);
        if (settings.offline()) {
            Fetched known = cached(cache, model, Message.of("hub.not-asked"));
            if (known == null) {
                throw Problem.of("hub.not-cached-offline", model, settings.cache());
            }
            return known;
        }
        try (HubConnection connection = new HubConnection(settings, patience)) {
            return new Round(connection, cache, model, connection.listing(model), progress).run();
        } catch (IOException e) {
            Fetched known = cached(cache, model, Message.of("hub.unreachable", settings.host(), Reason.of(e)));
            if (known != null) {
                return known;
            }
            throw Problem.work(e, "hub.hub-unreachable", settings.host(), Reason.of(e), model);
        }
    }

    private static @Nullable Fetched cached(HubCache cache, HubModel model, Message why) {
        String commit = cache.commit(model);
        if (commit == null || ModelFiles.missing(cache.snapshot(commit)) != null) {
            return null;
        }
        return new Fetched(cache.snapshot(commit), commit, List.of(), 0, why, List.of());
    }

    /// Copies a checkpoint out of the cache, as real files.
    ///
    /// @param folder created if it does not exist
    /// @throws Problem when something else is in it, or it cannot be written
    public static Fetched copy(Fetched fetched, Path folder) {
        requireEmpty(folder);
        try (var files = Files.list(fetched.folder())) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                AtomicFile.write(folder.resolve(file.getFileName()), out -> Files.copy(file, out));
            }
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(folder, e);
        }
        return fetched.in(folder);
    }

    /// @throws Problem when the folder exists and is not empty
    public static void requireEmpty(Path folder) {
        AtomicFile.requireWritable(folder.resolve(ModelFiles.CONFIG));
        AtomicFile.sweep(folder);
        if (Files.isDirectory(folder)) {
            try (var there = Files.list(folder)) {
                if (there.findAny().isPresent()) {
                    throw Problem.of("hub.folder-not-empty", folder);
                }
            } catch (IOException e) {
                throw AtomicFile.cannotWrite(folder, e);
            }
        }
    }

    /// The fetch of one revision of one model.
    private final class Round {
        private final HubConnection connection;
        private final HubCache cache;
        private final HubModel model;
        private final HubListing listing;
        private final FetchProgress progress;
        private final List<String> names = new ArrayList<>();
        private long done;
        private long total;
        private long came;
        private long told;

        Round(HubConnection connection, HubCache cache, HubModel model, HubListing listing, FetchProgress progress) {
            this.connection = connection;
            this.cache = cache;
            this.model = model;
            this.listing = listing;
            this.progress = progress;
        }

        Fetched run() throws IOException, InterruptedException {
            List<HubFile> wanted = ModelFiles.wanted(model, listing);
            all(wanted);
            Path snapshot = cache.snapshot(listing.commit());
            if (wanted.getLast().name().equals(ModelFiles.INDEX)) {
                all(ModelFiles.shards(model, listing, snapshot.resolve(ModelFiles.INDEX)));
            }
            cache.remember(model, listing.commit());
            List<Message> notes =
                    ModelFiles.haveTokenizer(names) ? List.of() : List.of(Message.of("hub.no-tokenizer-files"));
            return new Fetched(snapshot, listing.commit(), names, came, null, notes);
        }

        private void all(List<HubFile> files) throws IOException, InterruptedException {
            List<HubFile> known = new ArrayList<>();
            for (HubFile file : files) {
                known.add(file.known() ? file : connection.described(model, listing.commit(), file));
            }
            total += known.stream().mapToLong(HubFile::size).sum();
            requireRoom(known);
            for (HubFile file : known) {
                one(file);
                names.add(file.name());
                done += file.size();
            }
        }

        private void one(HubFile file) throws InterruptedException {
            tell(file, 0);
            if (cache.holds(listing.commit(), file)) {
                return;
            }
            ContentDigest digest = Objects.requireNonNull(file.digest(), "asked for before");
            try (HubLock lock = HubLock.take(cache.lock(digest), () -> tell(file, 0))) {
                boolean there = HubCache.isOf(cache.blob(digest), file.size());
                new BlobDownload(connection, settings, patience, model, listing.commit(), file, cache)
                        .run(bytes -> tell(file, bytes));
                came += there ? 0 : file.size();
            }
            cache.link(listing.commit(), file);
        }

        private void tell(HubFile file, long bytes) {
            long now = System.nanoTime();
            if (now - told > BETWEEN_TELLS || bytes == 0 || bytes == file.size()) {
                told = now;
                progress.at(file.name(), done + bytes, total);
            }
        }

        /// Checks the disk space before anything is fetched.
        private void requireRoom(List<HubFile> files) {
            long wanted = files.stream()
                    .filter(f -> !cache.holds(listing.commit(), f))
                    .mapToLong(HubFile::size)
                    .sum();
            Path there = settings.cache().toAbsolutePath();
            while (!Files.exists(there) && there.getParent() != null) {
                there = Objects.requireNonNull(there.getParent());
            }
            try {
                FileStore disk = Files.getFileStore(there);
                if (disk.getUsableSpace() < wanted) {
                    throw Problem.work(
                            "hub.no-disk-space",
                            model,
                            megabytes(wanted),
                            settings.cache(),
                            megabytes(disk.getUsableSpace()));
                }
            } catch (IOException e) {
                // A disk that does not state its free space fails when it is full.
            }
        }

        private static String megabytes(long bytes) {
            return (bytes + 999_999) / 1_000_000 + " MB";
        }
    }
}

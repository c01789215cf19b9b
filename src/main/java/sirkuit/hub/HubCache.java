package sirkuit.hub;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sirkuit.AtomicFile;

/// One model's folder in the cache, laid out as Python's `huggingface_hub` does:
///
/// ```
/// models--ORG--NAME/blobs/<digest>              the bytes, once each
///                  /refs/<revision>             the commit it meant when it was last fetched
///                  /snapshots/<commit>/<file>   links to ../../blobs/<digest>
/// .locks/models--ORG--NAME/<digest>.lock
/// ```
final class HubCache {
    private final Path folder;
    private final Path locks;

    HubCache(Path root, HubModel model) {
        String name = "models--" + model.repository().replace("/", "--");
        folder = root.resolve(name);
        locks = root.resolve(".locks").resolve(name);
    }

    /// The commit of a revision when it was last fetched; null if it never was.
    @Nullable
    String commit(HubModel model) {
        if (model.pinned()) {
            return model.revision();
        }
        if (!Files.isRegularFile(folder.resolve("refs").resolve(model.revision()))) {
            return null;
        }
        try {
            String commit = Files.readString(folder.resolve("refs").resolve(model.revision()))
                    .strip();
            return HubListing.COMMIT.matcher(commit).matches() ? commit : null;
        } catch (IOException e) {
            return null;
        }
    }

    void remember(HubModel model, String commit) {
        if (!model.pinned() && !commit.equals(commit(model))) {
            AtomicFile.write(folder.resolve("refs").resolve(model.revision()), commit);
        }
    }

    Path snapshot(String commit) {
        return folder.resolve("snapshots").resolve(commit);
    }

    Path blob(ContentDigest digest) {
        return folder.resolve("blobs").resolve(digest.hex());
    }

    Path lock(ContentDigest digest) {
        return locks.resolve(digest.hex() + ".lock");
    }

    /// Whether the cache has the complete file.
    boolean holds(String commit, HubFile file) {
        return isOf(snapshot(commit).resolve(file.name()), file.size());
    }

    static boolean isOf(Path file, long size) {
        try {
            return Files.isRegularFile(file) && Files.size(file) == size;
        } catch (IOException e) {
            return false;
        }
    }

    /// Adds a blob to a snapshot: as a relative symbolic link if the system allows one, otherwise as a hard link,
    /// otherwise as a copy.
    void link(String commit, HubFile file) {
        Path blob = blob(Objects.requireNonNull(file.digest(), "asked for before"));
        Path place = snapshot(commit).resolve(file.name());
        Path beside = Objects.requireNonNull(place.getParent(), "it lies in the snapshot");
        try {
            Files.createDirectories(beside);
            Files.deleteIfExists(place);
            linked(place, beside.relativize(blob), blob);
        } catch (FileAlreadyExistsException e) {
            // Another process was faster and made the same.
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(place, e);
        }
    }

    private static void linked(Path place, Path relative, Path blob) throws IOException {
        try {
            Files.createSymbolicLink(place, relative);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException noSymbolic) {
            try {
                Files.createLink(place, blob);
            } catch (IOException | UnsupportedOperationException noHard) {
                Files.copy(blob, place, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}

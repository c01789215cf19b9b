package sirkuit.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.StateFolder;

/// Files outside a folder that its own files name. A project's checkpoint and texts may be anywhere, and a project from
/// somebody else may name files that its user does not expect. Files that this program itself has written, or that the
/// user has agreed to, are known and not asked about again (decision 37).
///
/// @param home  the folder
/// @param files real paths of what lies outside
public record OutsideFiles(Path home, SortedSet<Path> files) {
    private static final Logger LOG = LoggerFactory.getLogger(OutsideFiles.class);
    private static final int MOST_RECORDS = 512;
    private static final int MOST_NAMED = 5;

    /// The option to agree.
    public static final String OPTION = "--allow-outside";

    /// The record of an agreement: files that belong together.
    private record Agreed(
            @JsonProperty(required = true) int schemaVersion,
            String home,
            @JsonProperty(required = true) List<String> outside) {}

    /// @param named absolute paths
    public static OutsideFiles of(Path home, Collection<String> named) {
        Path real = Paths.real(home);
        SortedSet<Path> outside = new TreeSet<>();
        for (String path : named) {
            Path place = Paths.real(Path.of(path));
            if (!place.startsWith(real)) {
                outside.add(place);
            }
        }
        return new OutsideFiles(real, outside);
    }

    public boolean isEmpty() {
        return files.isEmpty();
    }

    /// Whether there are no files outside, or an agreement for exactly these files was recorded.
    public boolean known() {
        return files.isEmpty() || records().stream().anyMatch(r -> Files.isRegularFile(r, LinkOption.NOFOLLOW_LINKS));
    }

    /// Records that they may be read together. If that fails, the user is asked again next time.
    public void remember() {
        if (files.isEmpty() || records().stream().allMatch(Files::exists)) {
            return;
        }
        try {
            prune();
            String agreed = Json.pretty(new Agreed(
                    1, home.toString(), files.stream().map(Path::toString).toList()));
            records().forEach(record -> AtomicFile.write(record, agreed));
        } catch (Problem e) {
            LOG.info("not remembered: {}", e.what());
        }
    }

    /// @throws Problem naming the files when there are any
    public void require() {
        if (!isEmpty()) {
            throw Problem.of("record.outside-files", home, named());
        }
    }

    /// The first few of them.
    public String named() {
        String first = files.stream().limit(MOST_NAMED).map(Path::toString).collect(Collectors.joining(", "));
        return files.size() <= MOST_NAMED ? first : first + " and " + (files.size() - MOST_NAMED) + " more";
    }

    /// The places of the record. One is for the owner of the folder and the files, because a copy of the folder
    /// reads the same files. The other is for the folder itself and the relative paths, because a folder may be
    /// moved together with its neighbours.
    private List<Path> records() {
        List<Path> records = new ArrayList<>(List.of(
                record(owner() + "\n" + files.stream().map(Path::toString).collect(Collectors.joining("\0")))));
        try {
            Object disk = Files.getAttribute(home, "unix:dev");
            // The number of a deleted folder is used again for another.
            Object number = Files.getAttribute(home, "unix:ino") + ":" + Files.getAttribute(home, "creationTime");
            records.add(record(owner() + "\n" + disk + ":" + number + "\n"
                    + files.stream().map(f -> home.relativize(f).toString()).collect(Collectors.joining("\0"))));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // Folders have no numbers on this system.
        }
        return records;
    }

    private static Path record(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return StateFolder.folder("agreed").resolve(HexFormat.of().formatHex(digest) + ".json");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private String owner() {
        try {
            return Files.getOwner(home).getName();
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    /// Removes records whose files are all gone.
    private static void prune() {
        try (Stream<Path> records = Files.list(StateFolder.folder("agreed"))) {
            List<Path> all = records.toList();
            if (all.size() < MOST_RECORDS) {
                return;
            }
            for (Path record : all) {
                if (Json.read(record, Agreed.class).outside.stream().noneMatch(p -> Files.exists(Path.of(p)))) {
                    Files.deleteIfExists(record);
                }
            }
        } catch (IOException | Problem e) {
            LOG.info("not tidied: {}", e.toString());
        }
    }
}

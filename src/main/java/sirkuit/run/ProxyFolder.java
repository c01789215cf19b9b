package sirkuit.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.AtomicFile;
import sirkuit.Problem;
import sirkuit.record.ProxyRecord;

/// The folder of a proxy: a checkpoint once it is made, and in `training` the run that makes it.
///
/// @param folder it may not exist yet
public record ProxyFolder(Path folder) {
    private static final String TRAINING = "training";
    private static final String CONFIG = "config.json";

    public ProxyFolder {
        folder = folder.toAbsolutePath().normalize();
    }

    /// The proxy that a run makes; null for any other run.
    public static @Nullable ProxyFolder of(RunFolder run) {
        Path place = run.folder().toAbsolutePath().normalize();
        Path above = place.getParent();
        return above != null && place.endsWith(TRAINING) && Files.exists(place.resolve(ProxyRecord.FILE))
                ? new ProxyFolder(above)
                : null;
    }

    /// The run that makes it.
    public RunFolder run() {
        return new RunFolder(folder.resolve(TRAINING));
    }

    /// The checkpoint that the run starts from: the base with a new classifier.
    public Path start() {
        return run().folder().resolve("start");
    }

    /// Whether it is a checkpoint.
    public boolean made() {
        return Files.exists(folder.resolve(CONFIG));
    }

    /// @throws Problem when there is something in the folder. What an attempt left that ended before its run began
    ///         does not count.
    public void requireNew() {
        if (Files.exists(run().configFile()) && !made()) {
            throw Problem.of("run.proxy-begun", folder);
        }
        if (Files.exists(folder)
                && (!Files.isDirectory(folder) || !(entries(folder).isEmpty() || leftOver()))) {
            throw Problem.of("run.proxy-exists", folder);
        }
    }

    /// Whether there is nothing but what an attempt leaves that ends before its run begins.
    private boolean leftOver() {
        return entries(folder).equals(List.of(run().folder()))
                && entries(run().folder()).stream()
                        .map(file -> String.valueOf(file.getFileName()))
                        .allMatch(name ->
                                name.matches("start|\\.start\\.part-.*|(\\.proxy\\.json\\.tmp-.*|proxy\\.json)"));
    }

    /// Removes what is there before the run begins. Does nothing afterwards, and nothing to other files.
    public void discardUnlessBegun() {
        if (!leftOver()) {
            return;
        }
        remove(run().folder());
        try {
            Files.delete(folder);
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(folder, e);
        }
    }

    /// Makes the run's checkpoint the proxy. It is moved file by file, `config.json` last, so that the folder is a
    /// checkpoint only when it is complete. Continues where it was interrupted.
    ///
    /// @throws Problem when a file cannot be moved, or a link leads out of the folder
    public void take() {
        run().requireOwn();
        Path from = run().adapted();
        List<Path> files = entries(from).stream()
                .sorted(Comparator.comparing((Path file) -> file.endsWith(CONFIG))
                        .thenComparing(p -> p))
                .toList();
        for (Path file : files) {
            try {
                Files.move(file, folder.resolve(file.getFileName()));
            } catch (IOException e) {
                throw AtomicFile.cannotWrite(folder.resolve(file.getFileName()), e);
            }
        }
        remove(from);
        remove(start());
    }

    private static List<Path> entries(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw Problem.of(e, "ground.unreadable-file", folder, e.getMessage());
        }
    }

    private static void remove(Path part) {
        if (!Files.isDirectory(part)) {
            return;
        }
        try (Stream<Path> files = Files.walk(part)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(part, e);
        }
    }
}

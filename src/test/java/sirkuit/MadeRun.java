package sirkuit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.protocol.Event;
import sirkuit.protocol.Quality;
import sirkuit.protocol.Wire;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;
import sirkuit.run.RunFolder;

/// Folders of finished runs whose figures a test says, as the engine would have written them.
public final class MadeRun {
    private static final int LAYERS = 2;
    private static final int HEADS = 4;

    /// The heads that the masked ones train.
    public static final HeadMask TOP =
            new HeadMask(LAYERS, HEADS, List.of(new Head(0, 1), new Head(1, 2)), "top 2 by cdt");

    /// Their classes.
    public static final List<String> LABELS = List.of("negative", "neutral", "positive");

    private MadeRun() {}

    /// A language whose files are in a folder called after it.
    public static ProjectFile.Language language(Path data, String name) {
        Path folder = data.resolve(name.toLowerCase(java.util.Locale.ROOT));
        return new ProjectFile.Language(name, texts(folder, "train", 6), texts(folder, "test", 4));
    }

    private static DataFile texts(Path folder, String split, int rows) {
        Path file = folder.resolve(split + ".csv");
        try {
            Files.createDirectories(folder);
            StringBuilder text = new StringBuilder("text,label\n");
            for (int i = 0; i < rows; i++) {
                text.append(split)
                        .append(' ')
                        .append(folder.getFileName())
                        .append(i)
                        .append(i % 2 == 0 ? ",negative\n" : ",positive\n");
            }
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new DataFile(file.toString());
    }

    /// Settings of a run, by the names of a project.
    ///
    /// @param mask null for full fine-tuning
    public static RunConfig config(
            String name,
            String checkpoint,
            @Nullable HeadMask mask,
            ProjectFile.Language target,
            ProjectFile.Language source) {
        return new RunConfig(
                        RunConfig.VERSION,
                        name,
                        checkpoint,
                        LABELS,
                        new RunConfig.Parameters(
                                mask == null ? RunConfig.Trained.FULL : RunConfig.Trained.MASK, mask, true, false),
                        new RunConfig.Data(target.train(), target.test(), source.test()),
                        RunConfig.Settings.DEFAULT)
                .named(target.name(), source.name());
    }

    /// The digests of the texts as they are now.
    public static Map<String, String> digests(RunConfig config) {
        return config.files().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().digest(LABELS)));
    }

    /// Events of a run that took the target from 51.75 % and the source from 87.5 % to what is given.
    ///
    /// @param digests of its texts; empty for a run of an older version, which has no names either
    public static List<String> events(RunConfig config, double target, double source, Map<String, String> digests) {
        boolean old = digests.isEmpty();
        List<Event> events = List.of(
                new Event.Started(
                        config.name(),
                        20,
                        1,
                        100,
                        1000,
                        6,
                        "c0ffee",
                        old ? null : config.target(),
                        old ? null : config.source(),
                        digests),
                new Event.Evaluated(0, 0, quality(0.5175), quality(0.875)),
                new Event.Evaluated(20, 1, quality(target), quality(source)),
                new Event.Written("adapted", 20, quality(target), quality(source)),
                new Event.Finished(2));
        return events.stream().map(e -> Wire.line(1, e, Instant.EPOCH)).toList();
    }

    /// The whole folder.
    public static RunFolder write(
            Path folder, RunConfig config, double target, double source, Map<String, String> digests) {
        RunFolder run = new RunFolder(folder);
        run.writeConfig(config);
        try {
            Files.createDirectories(run.adapted());
            Files.write(run.eventsFile(), events(config, target, source, digests));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return run;
    }

    /// Puts a line that is no event among a run's events, and half a line behind them.
    public static void damageLines(RunFolder run) {
        try {
            List<String> lines = new java.util.ArrayList<>(Files.readAllLines(run.eventsFile()));
            lines.add(2, "{\"type\":\"evalua");
            lines.add(3, "\u0000 no JSON");
            Files.writeString(run.eventsFile(), String.join("\n", lines) + "\n{\"v\":1,\"ty");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Leaves no event of a run.
    public static void damage(RunFolder run) {
        try {
            Files.write(run.eventsFile(), new byte[] {'{', (byte) 0xff, 0, '\n', 'x', '\n'});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Quality quality(double accuracy) {
        return new Quality(400, accuracy, accuracy, 1, new int[][] {{1, 0}, {0, 1}});
    }
}

package sirkuit.app.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import sirkuit.mask.HeadEdges;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskStrategy;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Quality;
import sirkuit.protocol.Wire;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;
import sirkuit.record.ScoreRecord;
import sirkuit.run.RunFolder;

/// Writes a project as large as somebody's after months, with numbers by chance.
final class BenchProject {
    static final int STEPS = 300;
    private static final int EVALUATE_EVERY = 30;
    private static final ScoreMethod[] METHODS = {
        ScoreMethod.GRADIENT, ScoreMethod.ABLATION, ScoreMethod.CDT_MAGNITUDE, ScoreMethod.CDT
    };

    private BenchProject() {}

    /// @param examples per score whose values are kept; 0 for none
    /// @param edges    whether CD-T's keep edges
    static void write(Path folder, int layers, int heads, int runs, int scores, int examples, boolean edges)
            throws IOException {
        Path model = Files.createDirectories(folder.resolveSibling("model"));
        DataFile texts = new DataFile(folder.resolveSibling("texts.csv").toString());
        Files.writeString(folder.resolveSibling("texts.csv"), "text,label\na text,neutral\n");
        ProjectFile.Language language = new ProjectFile.Language("Indonesian", texts, texts);
        ProjectFile file = new ProjectFile(
                ProjectFile.VERSION,
                "Large",
                model.toString(),
                null,
                language,
                new ProjectFile.Language("Minangkabau", texts, texts),
                64);
        Random random = new Random(1);
        try (Project project = Project.create(folder, file)) {
            for (int i = 0; i < scores; i++) {
                project.saveScores(record(METHODS[i % METHODS.length], layers, heads, examples, edges, random));
            }
            RelevanceScores by =
                    record(ScoreMethod.CDT, layers, heads, 0, false, random).scores();
            HeadMask mask = new MaskStrategy.TopK(layers * heads / 4).apply(by);
            project.saveMask("current", mask);
            for (int i = 0; i < runs; i++) {
                write(project.newRun(), config(project, layers, heads, "Run " + i), random);
            }
        }
    }

    static RunConfig config(Project project, int layers, int heads, String name) {
        ProjectFile file = project.resolved();
        ProjectFile.Language target = file.target() == null ? file.source() : file.target();
        List<sirkuit.mask.Head> some =
                HeadMask.all(layers, heads).selected().stream().limit(12).toList();
        return new RunConfig(
                RunConfig.VERSION,
                name,
                file.checkpoint(),
                null,
                RunConfig.Parameters.of(new HeadMask(layers, heads, some, "top 12 by cdt")),
                new RunConfig.Data(target.train(), target.test(), file.source().test()),
                RunConfig.Settings.DEFAULT);
    }

    private static void write(RunFolder folder, RunConfig config, Random random) throws IOException {
        folder.writeConfig(config);
        StringBuilder lines = new StringBuilder();
        for (Event event : events(config.name(), STEPS, EVALUATE_EVERY, random)) {
            lines.append(Wire.line(1, event, Instant.now())).append('\n');
        }
        Files.writeString(folder.eventsFile(), lines);
    }

    /// All that a run tells, with an evaluation every so many steps.
    static List<Event> events(String name, int steps, int every, Random random) {
        List<Event> all = new ArrayList<>();
        all.add(new Event.Started(name, steps, 4, 100_000, 2_000_000, 500));
        all.add(evaluated(0, 0, steps, random));
        for (int i = 1; i <= steps; i++) {
            double epoch = 4.0 * i / steps;
            all.add(new Event.Stepped(
                    i,
                    epoch,
                    Math.exp(-2.0 * i / steps) + 0.1 * random.nextDouble(),
                    1e-3 * (steps - i) / steps,
                    1,
                    5000));
            if (i % every == 0) {
                all.add(evaluated(i, epoch, steps, random));
            }
        }
        all.add(new Event.Finished(20));
        return all;
    }

    private static Event evaluated(int step, double epoch, int steps, Random random) {
        double gained = 0.25 * step / steps + 0.03 * random.nextDouble();
        int[][] confusion = {{100, 20, 13}, {10, 100, 23}, {9, 20, 105}};
        return new Event.Evaluated(
                step,
                epoch,
                new Quality(400, 0.5 + gained, 0.5 + gained, 0.7, confusion),
                new Quality(400, 0.9 - gained / 2, 0.9 - gained / 2, 0.4, confusion));
    }

    static ScoreRecord record(ScoreMethod method, int layers, int heads, int examples, boolean edges, Random random) {
        ScoreRecord.PerExample values =
                examples == 0 ? null : new ScoreRecord.PerExample(new int[examples], new int[examples], null);
        if (values != null) {
            double[][][] each = new double[layers][heads][examples];
            for (double[][] layer : each) {
                for (double[] head : layer) {
                    fill(head, random);
                }
            }
            values = new ScoreRecord.PerExample(new int[examples], new int[examples], each);
        }
        HeadEdges shares = null;
        if (edges && method == ScoreMethod.CDT) {
            double[][] all = new double[layers * heads][];
            for (int s = 0; s < all.length; s++) {
                all[s] = new double[HeadEdges.targets(layers, heads, s / heads)];
                fill(all[s], random);
            }
            shares = new HeadEdges(layers, heads, all);
        }
        return new ScoreRecord(
                ScoreRecord.VERSION,
                method,
                false,
                new ScoreRecord.Values(
                        layers, heads, numbers(layers, heads, random), errors(layers, heads, random), 120),
                new ScoreRecord.Samples(
                        180, new int[] {60, 60, 60}, 0, 0, List.of("negative", "neutral", "positive"), 64, 0),
                1,
                null,
                new ScoreRecord.Details(null, values, shares),
                null,
                null);
    }

    static double[][] numbers(int layers, int heads, Random random) {
        double[][] all = new double[layers][heads];
        for (double[] row : all) {
            fill(row, random);
        }
        return all;
    }

    private static double[][] errors(int layers, int heads, Random random) {
        double[][] all = numbers(layers, heads, random);
        for (double[] row : all) {
            java.util.Arrays.setAll(row, i -> Math.abs(row[i]) / 2);
        }
        return all;
    }

    private static void fill(double[] row, Random random) {
        java.util.Arrays.setAll(row, i -> ScoreRecord.rounded(random.nextGaussian()));
    }
}

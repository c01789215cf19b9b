package sirkuit.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sirkuit.AtomicFile;
import sirkuit.Problem;
import sirkuit.app.project.SampleFolder;
import sirkuit.app.shell.WindowLauncher;
import sirkuit.cli.shared.CommandEngine;
import sirkuit.cli.shared.Options;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskStrategy;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.Defaults;
import sirkuit.record.GuessedNames;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;
import sirkuit.record.RunTexts;
import sirkuit.record.ScoreRecord;
import sirkuit.report.Inquiry;
import sirkuit.report.Report;
import sirkuit.report.ReportSubject;
import sirkuit.run.RunFolder;
import sirkuit.run.RunKind;
import sirkuit.run.state.RunState;

/// `sirkuit demo`.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Opens the window on a copy of the sample project.",
            "Without a display, the sample runs in the terminal: it scores the heads, selects the top"
                    + " ones, tunes them, and writes a report and pictures of the window."
        },
        footer = {"", "Example: sirkuit demo"})
final class DemoCommand implements Callable<Integer> {
    private static final int BAR = 40;
    private static final String[] SHADES = {"\u00b7", "\u2591", "\u2592", "\u2593", "\u2588"};

    @Option(names = "--terminal", description = "Run in the terminal even if there is a display.")
    boolean terminal;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Folder for the copy of the sample and, without a display, for the results (default: a new"
                    + " folder sirkuit-demo here).")
    @Nullable
    Path out;

    @Mixin
    Options.Device device = new Options.Device();

    @Override
    public Integer call() {
        SampleFolder sample = SampleFolder.find("reviews");
        if (!terminal && display()) {
            return OpenCommand.window(sample.working(out));
        }
        if (device.threads == null) {
            device.threads = 1; // the sample's arrays are too small for a second thread
        }
        Instant begun = Instant.now();
        Path folder = out == null ? free(Path.of("sirkuit-demo").toAbsolutePath()) : out.toAbsolutePath();
        if (!terminal) {
            System.out.println("There is no display here, so the sample\u2019s main job is done in the terminal.");
        }
        Path project = folder.resolve("reviews");
        sample.copyTo(project);
        try (Project opened = Project.open(project)) {
            work(opened, folder);
        }
        pictures(project, folder);
        System.out.printf(
                Locale.ROOT,
                "%nIn %s:%n  report.html   everything on one page%n  window-1.png  the window, light; window-2.png, dark%n"
                        + "  reviews/      the project: sirkuit open %s%n%d seconds.%n",
                folder,
                project,
                Duration.between(begun, Instant.now()).toSeconds());
        return 0;
    }

    /// Whether there is a display. On Linux the environment names it; elsewhere a desktop is assumed.
    private static boolean display() {
        if ("Headless".equals(System.getProperty("glass.platform"))) {
            return true; // requested: a window without a screen
        }
        boolean linux =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
        return !linux || given("DISPLAY") || given("WAYLAND_DISPLAY");
    }

    private static boolean given(String variable) {
        String value = System.getenv(variable);
        return value != null && !value.isBlank();
    }

    private static Path free(Path wanted) {
        Path folder = wanted;
        for (int i = 2; Files.exists(folder); i++) {
            folder = wanted.resolveSibling(wanted.getFileName() + "-" + i);
        }
        return folder;
    }

    private void work(Project project, Path folder) {
        ProjectFile file = project.resolved();
        ProjectFile.Language target = Objects.requireNonNull(file.target(), "the sample has a target");
        Request.Model model = new Request.Model(file.checkpoint(), file.labels(), file.maxLength(), file.prompt());
        System.out.printf(
                "%n1  Score: which heads carry the task in %s?%n", file.source().name());
        try (CommandEngine engine = new CommandEngine(device.engine())) {
            ScoreRecord record = score(engine, model, file);
            project.saveScores(record);
            RelevanceScores scores = record.scores();
            draw(scores);
            int k = k(project);
            HeadMask mask = new MaskStrategy.TopK(k).apply(scores);
            System.out.printf(
                    Locale.ROOT,
                    "%n2  Choose: the %d highest of %d heads, %s%n",
                    k,
                    scores.layers() * scores.heads(),
                    mask.selected().stream()
                            .map(h -> "L" + h.layer() + " H" + h.head())
                            .collect(java.util.stream.Collectors.joining(", ")));
            System.out.printf("%n3  Tune: only those heads and the norms, on %s%n", target.name());
            RunFolder run = project.newRun();
            tune(
                    engine,
                    new RunConfig(
                                    RunConfig.VERSION,
                                    "demo: top " + k + " by " + ScoreMethod.CDT.nameInRuns(),
                                    model.checkpoint(),
                                    model.labels(),
                                    model.prompt(),
                                    RunConfig.Parameters.of(mask),
                                    new RunConfig.Data(
                                            target.train(),
                                            target.test(),
                                            file.source().test()),
                                    madeBefore(project).map(RunConfig::settings).orElse(RunConfig.Settings.DEFAULT),
                                    RunConfig.Course.DEFAULT)
                            .named(target.name(), file.source().name()),
                    run);
            table(project, run, target.name(), file.source().name());
            System.out.println("\n4  Report: the causal check, and which sentences were gained and lost");
            ReportSubject subject = ReportSubject.of(project, null);
            AtomicFile.write(
                    folder.resolve("report.html"),
                    Report.of(subject, new Inquiry(engine::run).about(subject), LocalDate.now()));
        }
    }

    private static ScoreRecord score(CommandEngine engine, Request.Model model, ProjectFile file) {
        List<ScoreRecord> scored = new ArrayList<>();
        engine.run(
                new Request.Score(
                        model,
                        file.source().train(),
                        ScoreMethod.CDT,
                        false,
                        Defaults.BASELINE_EXAMPLES,
                        Defaults.EXAMPLES,
                        Defaults.SEED,
                        null),
                event -> {
                    if (event instanceof Event.Scored s) {
                        scored.add(s.scores());
                    }
                });
        return scored.getFirst();
    }

    /// The number of heads that the sample's own run has.
    private static int k(Project project) {
        return madeBefore(project)
                .map(c -> Objects.requireNonNull(c.mask()).size())
                .orElse(1);
    }

    /// The sample's own run of selected heads.
    private static Optional<RunConfig> madeBefore(Project project) {
        return project.runs().stream()
                .map(RunFolder::config)
                .filter(c -> RunKind.of(c) == RunKind.TOP)
                .findFirst();
    }

    private static void tune(CommandEngine engine, RunConfig config, RunFolder run) {
        RunState[] state = {RunState.NONE};
        engine.run(new Request.Tune(config, run.folder().toString()), event -> {
            state[0] = state[0].apply(event);
            if (event instanceof Event.Evaluated e) {
                System.out.printf(
                        Locale.ROOT,
                        "   step %4d  target %s %5.1f %%   source %s %5.1f %%%n",
                        e.step(),
                        bar(e.learnt().accuracy()),
                        100 * e.learnt().accuracy(),
                        e.source() == null ? "" : bar(e.source().accuracy()),
                        e.source() == null ? Double.NaN : 100 * e.source().accuracy());
            }
        });
        if (state[0].finalTarget() == null) {
            throw new CommandEngine.WorkFailed("the run ended without a result: " + state[0].why());
        }
    }

    private static String bar(double share) {
        int full = (int) Math.round(share * BAR / 2);
        return "\u2588".repeat(full) + "\u00b7".repeat(BAR / 2 - full);
    }

    private static void draw(RelevanceScores scores) {
        double range = scores.range() > 0 ? scores.range() : 1;
        for (int l = 0; l < scores.layers(); l++) {
            StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "   L%-2d ", l));
            for (int h = 0; h < scores.heads(); h++) {
                double share = Math.max(0, scores.score()[l][h]) / range;
                String shade = SHADES[(int) Math.clamp(Math.ceil(share * (SHADES.length - 1) - 0.05), 0, 4)];
                row.append(shade.repeat(2)).append(' ');
            }
            System.out.println(row);
        }
    }

    private static void table(Project project, RunFolder made, String target, String source) {
        System.out.printf("%n   %-34s %14s %14s%n", "", target, source);
        boolean first = true;
        GuessedNames names = GuessedNames.reading();
        RunTexts learnt = RunState.of(made).texts(made.config(), names);
        for (RunFolder run : project.runs()) {
            RunState state = RunState.of(run);
            Event.Evaluated before = state.before();
            boolean alike = state.texts(run.config(), names).differences(learnt).isEmpty();
            if (!alike
                    || state.finalTarget() == null
                    || state.finalSource() == null
                    || before == null
                    || before.target() == null
                    || before.source() == null) {
                continue;
            }
            if (first) {
                row("before", before.target().accuracy(), before.source().accuracy());
                first = false;
            }
            row(
                    (run.folder().equals(made.folder()) ? "now: " : "")
                            + run.config().name(),
                    Objects.requireNonNull(state.finalTarget()).accuracy(),
                    Objects.requireNonNull(state.finalSource()).accuracy());
        }
    }

    private static void row(String name, double target, double source) {
        System.out.printf(Locale.ROOT, "   %-34s %12.1f %% %12.1f %%%n", name, 100 * target, 100 * source);
    }

    /// Saves pictures of the window. Without them the demo still writes its report.
    private static void pictures(Path project, Path folder) {
        try {
            Path config = Files.createTempDirectory("sirkuit-demo");
            WindowLauncher.portray(project, folder, config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Problem e) {
            System.err.println("note: no pictures of the window: " + e.what());
        }
    }
}

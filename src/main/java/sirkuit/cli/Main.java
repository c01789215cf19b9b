package sirkuit.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import sirkuit.LogFiles;
import sirkuit.Printable;
import sirkuit.Problem;
import sirkuit.Program;
import sirkuit.Version;
import sirkuit.cli.model.BenchCommand;
import sirkuit.cli.model.EvaluateCommand;
import sirkuit.cli.model.FaithfulnessCommand;
import sirkuit.cli.model.FetchCommand;
import sirkuit.cli.model.InspectCommand;
import sirkuit.cli.model.MaskCommand;
import sirkuit.cli.model.ScoreCommand;
import sirkuit.cli.model.VerifyCommand;
import sirkuit.cli.model.WordsCommand;
import sirkuit.cli.run.ExportCommand;
import sirkuit.cli.run.ProxyCommand;
import sirkuit.cli.run.ReportCommand;
import sirkuit.cli.run.RunsCommand;
import sirkuit.cli.run.StudyCommand;
import sirkuit.cli.run.TuneCommand;
import sirkuit.cli.shared.CommandEngine;
import sirkuit.cli.shared.ExitStatus;
import sirkuit.cli.shared.Printed;

/// `sirkuit`: the window if there is no command, otherwise one of the commands. Exit status 0 done, 1 the work failed,
/// 2 wrong usage or unusable input.
@Command(
        name = "sirkuit",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Versions.class,
        header = "Find and edit transformer circuits: score attention heads, select some, fine-tune only" + " those.",
        footer = {
            "",
            "Without a command the window opens.",
            "",
            "Example: score, select, tune",
            "  sirkuit score --checkpoint DIR --data train.csv --method cdt --out scores.json",
            "  sirkuit mask --scores scores.json --top-k 12 --out mask.json",
            "  sirkuit tune --checkpoint DIR --mask mask.json --train target/train.csv \\",
            "      --target-eval target/test.csv --source-eval source/test.csv --out run"
        },
        subcommands = {
            FetchCommand.class,
            ProxyCommand.class,
            InspectCommand.class,
            EvaluateCommand.class,
            ScoreCommand.class,
            MaskCommand.class,
            FaithfulnessCommand.class,
            WordsCommand.class,
            TuneCommand.class,
            StudyCommand.class,
            RunsCommand.class,
            ExportCommand.class,
            ReportCommand.class,
            VerifyCommand.class,
            BenchCommand.class,
            MakeSamplesCommand.class,
            EngineCommandLine.class,
            OpenCommand.class,
            DemoCommand.class,
            CommandLine.HelpCommand.class,
            picocli.AutoComplete.GenerateCompletion.class
        })
public final class Main implements Callable<Integer> {
    /// The character that Java uses for bytes that do not exist in the locale's encoding.
    private static final char LOST = '\uFFFD';

    static final class Versions implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"sirkuit " + Version.current()};
        }
    }

    public static void main(String[] args) {
        if (!isEngine(args)) {
            System.setOut(Printed.standardOutput());
        }
        System.exit(run(args));
    }

    /// Runs a command line.
    ///
    /// @return exit status
    static int run(String... args) {
        try {
            Logging.start(isEngine(args));
        } catch (Problem noPlace) {
            tell(noPlace);
            return ExitStatus.UNUSABLE;
        }
        for (String arg : args) {
            if (arg.indexOf(LOST) >= 0) {
                System.err.println("sirkuit: the argument \"" + Printable.line(arg.replace(LOST, '?'))
                        + "\" contains characters that could not be decoded.");
                System.err.println("  Set a UTF-8 locale that this system has: export LC_ALL=C.UTF-8 (locale -a lists"
                        + " others), and write the argument in UTF-8.");
                return ExitStatus.UNUSABLE;
            }
        }
        PrintStream out = System.out;
        PrintStream err = System.err;
        Printed printed = new Printed(out);
        // The standard output of an engine belongs to the protocol, which opens it itself.
        if (!isEngine(args)) {
            System.setOut(printed);
        }
        System.setErr(new Printed(err));
        try {
            int status = new CommandLine(new Main())
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .setUsageHelpAutoWidth(true)
                    .setParameterExceptionHandler(Main::misused)
                    .setExecutionExceptionHandler(Main::failed)
                    .setOut(new PrintWriter(out, true)) // help has colours
                    .setErr(new PrintWriter(System.err, true))
                    .execute(args);
            return isEngine(args) ? status : whole(printed, status);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private static boolean isEngine(String... args) {
        return args.length > 0 && args[0].equals(Program.ENGINE);
    }

    /// The exit status, which is a failure if output was lost, even if the work succeeded.
    private static int whole(Printed printed, int status) {
        try {
            printed.requireWhole();
            return status;
        } catch (Problem lost) {
            tell(lost);
            return status == 0 ? ExitStatus.FAILED : status;
        }
    }

    @Override
    public Integer call() {
        return OpenCommand.window(null);
    }

    /// Prints one line with the mistake and one that says where to look. The whole usage would scroll the first out
    /// of sight.
    private static int misused(CommandLine.ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("sirkuit: " + Printable.of(String.valueOf(e.getMessage())));
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
            err.println("  Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitStatus.UNUSABLE;
    }

    private static void tell(Problem problem) {
        System.err.println("sirkuit: " + problem.what());
        System.err.println("  " + problem.remedy());
    }

    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        if (e instanceof Problem problem) {
            tell(problem);
            return problem.kind() == Problem.Kind.INPUT ? ExitStatus.UNUSABLE : ExitStatus.FAILED;
        }
        if (e instanceof CommandEngine.WorkFailed) {
            System.err.println("sirkuit: " + e.getMessage());
            return ExitStatus.FAILED;
        }
        LoggerFactory.getLogger(Main.class).error("unexpected", e);
        System.err.println("sirkuit: an unexpected error: " + e + " (details in " + LogFiles.window() + ")");
        return ExitStatus.FAILED;
    }
}

package sirkuit.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sirkuit.Problem;
import sirkuit.cli.shared.CommandEngine;
import sirkuit.engine.EngineCommand;
import sirkuit.record.Defaults;
import sirkuit.sample.Samples;

/// `sirkuit make-samples`.
@Command(
        name = "make-samples",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the sample projects: texts, checkpoints, scores, masks and finished runs.",
            "On one machine the same seed gives the same files, byte for byte."
        },
        footer = {"", "Example: sirkuit make-samples --only reviews OUT"})
final class MakeSamplesCommand implements Callable<Integer> {
    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "" + Defaults.SEED,
            description = "Seed of everything (default: ${DEFAULT-VALUE}).")
    long seed = Defaults.SEED;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description = "Make only this sample: reviews, inference or decoder.")
    @Nullable
    String only;

    @Option(names = "--replace", description = "Replace samples that are already in the folder.")
    boolean replace;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "CPU threads (default: ${DEFAULT-VALUE}, the fastest for such small models). Another"
                    + " number changes the last digits of the results.")
    int threads = 1;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "OUT",
            defaultValue = "sample-projects",
            description = "Folder for the projects (default: ${DEFAULT-VALUE}).")
    Path out = Path.of("sample-projects");

    @Override
    public Integer call() {
        if (threads < 1) {
            throw Problem.of("cli.threads-too-few", threads);
        }
        for (String name : only == null ? Samples.names() : List.of(only)) {
            try (CommandEngine engine =
                    new CommandEngine(EngineCommand.ofThisProgram("cpu", OptionalInt.of(threads)))) {
                Path made = Samples.make(
                        name, seed, out, replace, threads, engine::run, line -> System.err.println(name + ": " + line));
                System.out.println(made);
            }
        }
        return 0;
    }
}

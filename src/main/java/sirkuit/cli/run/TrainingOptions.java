package sirkuit.cli.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import sirkuit.cli.shared.Options;
import sirkuit.record.DataFile;
import sirkuit.record.Defaults;

/// The options that a run and a study of runs share.
final class TrainingOptions {
    @Option(names = "--source-eval", paramLabel = "FILE", description = "Held-out source texts, to measure forgetting.")
    @Nullable
    Path sourceEval;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "Name of the source language or task (default: taken from its column \"language\", its"
                    + " filter, its file or its folder).")
    @Nullable
    String source;

    @Option(
            names = "--watch",
            paramLabel = "NAME=FILE",
            description = "Held-out texts of another language or task, to evaluate too. May be repeated.")
    Map<String, Path> watch = new LinkedHashMap<>();

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "" + Defaults.EPOCHS,
            description = "Default: ${DEFAULT-VALUE}.")
    int epochs = Defaults.EPOCHS;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "" + Defaults.BATCH_SIZE,
            description = "Default: ${DEFAULT-VALUE}.")
    int batchSize = Defaults.BATCH_SIZE;

    @Option(
            names = "--evaluate-every",
            paramLabel = "N",
            defaultValue = "0",
            description = "Steps between evaluations (default: each epoch).")
    int evaluateEvery;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "0",
            description = "Train on a label-balanced sample of N texts (default: all).")
    int examples;

    @Option(names = "--no-norms", description = "With a mask: keep the norms frozen.")
    boolean noNorms;

    Map<String, DataFile> watched(Options.Columns columns) {
        Map<String, DataFile> watched = new LinkedHashMap<>();
        watch.forEach((name, file) -> watched.put(name, columns.of(file)));
        return watched;
    }
}

package sirkuit.cli.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sirkuit.CommaList;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.cli.shared.CommandEngine;
import sirkuit.cli.shared.GivenOptions;
import sirkuit.cli.shared.OptionRange;
import sirkuit.cli.shared.Options;
import sirkuit.cli.shared.OutFile;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.protocol.Wire;
import sirkuit.record.DataFile;
import sirkuit.record.Defaults;
import sirkuit.record.RunConfig;
import sirkuit.run.ProxyFolder;
import sirkuit.run.RunFolder;

/// `sirkuit proxy`.
@Command(
        name = "proxy",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes a classifier in the source language from a base model, by full fine-tuning: the checkpoint that"
                    + " all the rest starts from.",
            "The valid split chooses the epoch. The test texts are measured before the first step and for the kept one.",
            "--resume DIR continues where it was paused or interrupted. It ends with the same results."
        },
        footer = {
            "",
            "Example: sirkuit proxy --base DIR --train indonesian/train.csv --valid indonesian/valid.csv \\",
            "    --test indonesian/test.csv --out indonesian-bert",
            "         sirkuit proxy --resume indonesian-bert"
        })
public final class ProxyCommand implements Callable<Integer> {
    @Option(
            names = "--base",
            paramLabel = "DIR",
            description = "Folder of a base model: config.json, model.safetensors and tokenizer.json.")
    @Nullable
    Path base;

    @Option(
            names = "--labels",
            paramLabel = "A,B,C",
            description = "The classes, in the order of the logits (default: the labels of --train, numbers by size,"
                    + " others by the alphabet).")
    @Nullable
    String labels;

    @Option(names = "--train", paramLabel = "FILE", description = "Texts to learn.")
    @Nullable
    Path train;

    @Option(
            names = "--valid",
            paramLabel = "FILE",
            description = "Texts that choose the epoch (default: a part of --train that is kept aside).")
    @Nullable
    Path valid;

    @Option(
            names = "--keep-aside",
            paramLabel = "SHARE",
            description = "Without --valid: keep this share of the training texts aside, balanced by label, to choose"
                    + " the epoch (default: 0.2).")
    @Nullable
    Double keepAside;

    @Option(names = "--test", paramLabel = "FILE", description = "Test texts. They choose nothing.")
    @Nullable
    Path test;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "Name of the language or task (default: taken from the column \"language\" of --train, its"
                    + " filter, its file or its folder).")
    @Nullable
    String source;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "" + Defaults.PROXY_EPOCHS,
            description = "Default: ${DEFAULT-VALUE}.")
    int epochs = Defaults.PROXY_EPOCHS;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "" + Defaults.BATCH_SIZE,
            description = "Default: ${DEFAULT-VALUE}.")
    int batchSize = Defaults.BATCH_SIZE;

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            defaultValue = Defaults.PROXY_RATE_TEXT,
            description = "Default: ${DEFAULT-VALUE}, which suits encoders of the size of BERT base.")
    double learningRate = Defaults.PROXY_RATE;

    @Option(
            names = "--max-length",
            paramLabel = "N",
            defaultValue = "" + Defaults.MAX_LENGTH,
            description = "Maximum length in tokens. Longer texts are cut (default: ${DEFAULT-VALUE}).")
    int maxLength = Defaults.MAX_LENGTH;

    @Option(
            names = "--evaluate-every",
            paramLabel = "N",
            defaultValue = "0",
            description = "Steps between evaluations (default: each epoch).")
    int evaluateEvery;

    @Option(
            names = "--patience",
            paramLabel = "N",
            defaultValue = "0",
            description = "Stop after N evaluations without a better accuracy on the valid split (default: never).")
    int patience;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "0",
            description = "Train on a label-balanced sample of N texts (default: all).")
    int examples;

    @Mixin
    StepOptions steps = new StepOptions();

    @Mixin
    PaceOptions pace = new PaceOptions();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "" + Defaults.SEED,
            description = "Of the new classifier, the order and the dropout (default: ${DEFAULT-VALUE}).")
    long seed = Defaults.SEED;

    @Mixin
    Options.Columns columns = new Options.Columns();

    @Option(names = "--out", paramLabel = "DIR", description = "New folder for the checkpoint.")
    @Nullable
    Path out;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description = "Resume a proxy that is not finished. Its settings are those in its training/config.json.")
    @Nullable
    Path resume;

    @Mixin
    Options.Outside outside = new Options.Outside();

    @Mixin
    Options.Running running = new Options.Running();

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        if (resume != null) {
            GivenOptions.of(spec).requireOnlyResume("a resumed proxy keeps the settings in its training/config.json");
            ProxyFolder proxy = new ProxyFolder(resume);
            if (ProxyFolder.of(proxy.run()) == null || !Files.exists(proxy.run().configFile())) {
                throw Problem.of("cli.no-proxy", proxy.folder(), proxy.run().configFile());
            }
            return run(new Request.Resume(proxy.run().folder().toString(), outside.allowed), proxy);
        }
        OutFile.requireFolder(out, "--out");
        Path given = given(base, "--base").toAbsolutePath().normalize();
        ProxyFolder proxy = new ProxyFolder(given(out, "--out"));
        proxy.requireNew();
        return run(
                new Request.Proxy(
                        config(given, name(proxy.folder())), proxy.folder().toString()),
                proxy);
    }

    private static String name(Path folder) {
        return String.valueOf(folder.getFileName());
    }

    private int run(Request request, ProxyFolder proxy) {
        RunFolder folder = proxy.run();
        ProxyReport report = new ProxyReport();
        try (CommandEngine engine = running.start()) {
            engine.run(request, event -> {
                if (event instanceof Event.Resumed && resume != null) {
                    report.recall(folder.eventLines());
                }
                report.show(event);
                if (event instanceof Event.Failed failed && failed.kind() == Problem.Kind.WORK) {
                    folder.conclude(Wire.line(0, failed, Instant.now())); // the engine may have died without a message
                }
            });
        } catch (CommandEngine.WorkFailed e) {
            throw folder.resumable() && !e.saysHowToResume()
                    ? new CommandEngine.WorkFailed(
                            e.getMessage() + "\n  Resume it from its last resume point: " + folder.resumeCommand())
                    : e;
        }
        System.out.println(running.json() ? Json.line(report.result(proxy)) : report.summary(proxy));
        return 0;
    }

    private <T> T given(@Nullable T value, String option) {
        return GivenOptions.of(spec).required(value, option);
    }

    private RunConfig.Data data() {
        if (valid != null && keepAside != null) {
            throw Problem.of("record.two-valid-splits");
        }
        DataFile texts = columns.of(given(train, "--train"));
        DataFile held = columns.of(given(test, "--test"));
        Double share = valid != null ? null : keepAside == null ? (Double) RunConfig.Data.FIFTH : keepAside;
        return OptionRange.of(
                Map.of("validShare", "--keep-aside"),
                () -> new RunConfig.Data(texts, held, null, Map.of(), valid == null ? null : columns.of(valid), share));
    }

    private RunConfig config(Path from, String name) {
        List<String> names = labels == null ? null : CommaList.split(labels);
        RunConfig.Settings settings = OptionRange.of(() -> new RunConfig.Settings(
                new RunConfig.Batches(epochs, batchSize, steps.accumulate),
                steps.optimizer(learningRate),
                steps.dropout,
                evaluateEvery,
                patience,
                examples,
                maxLength,
                seed));
        return new RunConfig(
                        RunConfig.VERSION,
                        name,
                        from.toString(),
                        names,
                        null,
                        RunConfig.Parameters.FULL,
                        data(),
                        settings,
                        pace.course(null, Defaults.PROXY_SAVE_SECONDS))
                .named(source, null);
    }
}

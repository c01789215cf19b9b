package sirkuit.cli.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sirkuit.Json;
import sirkuit.Printable;
import sirkuit.cli.shared.CommandEngine;
import sirkuit.cli.shared.Options;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;

/// `sirkuit inspect CHECKPOINT`.
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = "Shows the family, sizes, parameters, labels and dtype of a checkpoint, or what is not"
                + " supported and why.",
        footer = {
            "",
            "Examples:",
            "  sirkuit inspect ~/models/indonesian-sentiment-bert",
            "  sirkuit inspect DIR --data train.csv test.csv"
        })
public final class InspectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CHECKPOINT", description = "Folder with config.json, model.safetensors, tokenizer.json.")
    Path checkpoint = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Also describe these files: classes, lengths, duplicates, texts that are in more than one"
                    + " file.")
    List<Path> data = List.of();

    @Mixin
    Options.Columns columns = new Options.Columns();

    @Mixin
    Options.Reading reading = new Options.Reading();

    @Mixin
    Options.Running running = new Options.Running();

    @Override
    public Integer call() {
        String folder = checkpoint.toAbsolutePath().normalize().toString();
        try (CommandEngine engine = running.start()) {
            engine.run(new Request.Inspect(folder), event -> {
                if (event instanceof Event.Inspected found) {
                    print(found);
                }
                if (event instanceof Event.Memory m && !running.json()) {
                    System.out.printf(
                            Locale.ROOT, "memory       %,d MB used, %,d MB free%n", m.used() >> 20, m.free() >> 20);
                }
            });
            List<DataFile> files = data.stream().map(columns::of).toList();
            for (DataFile file : files) {
                List<DataFile> others = files.stream().filter(f -> f != file).toList();
                engine.run(new Request.Describe(reading.model(checkpoint), file, others), event -> {
                    if (event instanceof Event.Described d) {
                        print(d);
                    }
                });
            }
        }
        return 0;
    }

    private void print(Event.Described d) {
        if (running.json()) {
            System.out.println(Json.line(d));
            return;
        }
        System.out.printf(
                Locale.ROOT,
                "%n%s%n  %,d texts, %.1f tokens on average, %,d cut, %,d repeated%n",
                d.file(),
                d.examples(),
                d.meanTokens(),
                d.truncated(),
                d.duplicates());
        for (int c = 0; c < d.labels().size(); c++) {
            System.out.printf(
                    Locale.ROOT, "  %-16s %,d%n", Printable.line(d.labels().get(c)), d.classCounts()[c]);
        }
        d.overlaps().forEach((file, count) -> System.out.printf(Locale.ROOT, "  %,d stand in %s too%n", count, file));
    }

    private void print(Event.Inspected m) {
        if (running.json()) {
            System.out.println(Json.line(m));
            return;
        }
        String text = String.format(
                Locale.ROOT,
                """
                checkpoint   %s
                family       %s (%s)
                heads        %d layers x %d heads of size %d, d_model %d
                parameters   %,d (%,d a head, %,d in norms)
                labels       %s
                longest text %d tokens, vocabulary %,d
                dtype        %s
                """,
                Printable.line(m.checkpoint()),
                m.family(),
                Printable.line(m.architecture()),
                m.layers(),
                m.heads(),
                m.shape().headSize(),
                m.shape().hidden(),
                m.parameters(),
                m.counts().headParameters(),
                m.counts().normParameters(),
                m.labels().isEmpty()
                        ? "none: a language model (--template, --verbalizer)"
                        : Printable.line(String.join(", ", m.labels())),
                m.maxPositions(),
                m.vocabulary(),
                m.dtype());
        System.out.print(text);
        m.notes().forEach(note -> System.out.println("note         " + note));
    }
}

package sirkuit.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import sirkuit.Json;
import sirkuit.engine.Event;
import sirkuit.engine.Request;

/// `sirkuit inspect CHECKPOINT`.
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = "Family, sizes, parameters, labels and dtype of a checkpoint; what is unsupported and why.",
        footer = {"", "Example: sirkuit inspect ~/models/indonesian-sentiment-bert"})
final class InspectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CHECKPOINT", description = "Folder with config.json, model.safetensors, tokenizer.json.")
    Path checkpoint = Path.of("");

    @Mixin
    Options.Output output = new Options.Output();

    @Mixin
    Options.Device device = new Options.Device();

    @Override
    public Integer call() {
        String folder = checkpoint.toAbsolutePath().normalize().toString();
        try (EngineSession engine = new EngineSession(device.engine())) {
            engine.run(new Request.Inspect(folder), event -> {
                if (event instanceof Event.Inspected found) {
                    print(found);
                }
            });
        }
        return 0;
    }

    private void print(Event.Inspected m) {
        if (output.json) {
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
                m.checkpoint(),
                m.family(),
                m.architecture(),
                m.layers(),
                m.heads(),
                m.headSize(),
                m.hidden(),
                m.parameters(),
                m.headParameters(),
                m.normParameters(),
                String.join(", ", m.labels()),
                m.maxPositions(),
                m.vocabulary(),
                m.dtype());
        System.out.print(text);
    }
}

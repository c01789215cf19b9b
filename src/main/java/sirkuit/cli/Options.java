package sirkuit.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import sirkuit.Problem;
import sirkuit.engine.EngineCommand;
import sirkuit.engine.Request;
import sirkuit.project.DataFile;

/// Options that several commands share.
final class Options {
    private Options() {}

    /// Where to compute.
    static final class Device {
        @Option(
                names = "--device",
                paramLabel = "auto|cpu|cuda|cuda:N",
                defaultValue = "auto",
                description = "Where to compute (default: ${DEFAULT-VALUE}).")
        String device = "auto";

        @Option(
                names = "--threads",
                paramLabel = "N",
                description = "Threads for the arithmetic on the CPU (default: one a core).")
        @Nullable
        Integer threads;

        EngineCommand engine() {
            if (threads != null && threads < 1) {
                throw new Problem("--threads is " + threads + ".", "Give a number of at least 1.");
            }
            return EngineCommand.ofThisProgram(device, threads == null ? OptionalInt.empty() : OptionalInt.of(threads));
        }
    }

    /// Which checkpoint.
    static final class Model {
        @Option(
                names = "--checkpoint",
                paramLabel = "DIR",
                required = true,
                description = "Folder with config.json, model.safetensors and tokenizer.json.")
        Path checkpoint = Path.of("");

        @Option(
                names = "--labels",
                paramLabel = "A,B,C",
                split = ",",
                description = "Class names in the order of the logits, when config.json has only LABEL_0, LABEL_1, ...")
        @Nullable
        List<String> labels;

        @Option(
                names = "--max-length",
                paramLabel = "N",
                defaultValue = "64",
                description = "Longest sequence in tokens; longer texts are cut (default: ${DEFAULT-VALUE}).")
        int maxLength = 64;

        private static final int SHORTEST = 3;

        Request.Model model() {
            if (maxLength < SHORTEST) {
                throw new Problem(
                        "--max-length is " + maxLength + ".",
                        "Give at least " + SHORTEST + " tokens: the first and the last are special ones.");
            }
            return new Request.Model(absolute(checkpoint), labels, maxLength);
        }
    }

    /// Which columns of a data file.
    static final class Columns {
        @Option(
                names = "--text-column",
                paramLabel = "NAME",
                defaultValue = "text",
                description = "Column with the text (default: ${DEFAULT-VALUE}).")
        String text = "text";

        @Option(
                names = "--label-column",
                paramLabel = "NAME",
                defaultValue = "label",
                description = "Column with the label (default: ${DEFAULT-VALUE}).")
        String label = "label";

        DataFile of(Path file) {
            return new DataFile(absolute(file), text, label);
        }
    }

    /// Result as JSON.
    static final class Output {
        @Option(names = "--json", description = "Print the result as JSON on standard output.")
        boolean json;
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }
}

package sirkuit.cli.shared;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sirkuit.CommaList;
import sirkuit.Json;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.engine.EngineCommand;
import sirkuit.project.OutsideSearch;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.Defaults;
import sirkuit.record.LabelChoices;
import sirkuit.record.OutsideFiles;
import sirkuit.record.Prompt;

/// Options that several commands share.
public final class Options {
    private Options() {}

    /// The device options.
    public static final class Device {
        private static final int THREADS_A_PROCESSOR = 4;

        @Option(
                names = "--device",
                paramLabel = "auto|cpu|cuda|cuda:N",
                defaultValue = "auto",
                description = "The device to compute on (default: ${DEFAULT-VALUE}).")
        public String device = "auto";

        @Option(
                names = "--threads",
                paramLabel = "N",
                description = "CPU threads (default: OMP_NUM_THREADS, or one for each core).")
        @Nullable
        public Integer threads;

        public EngineCommand engine() {
            return EngineCommand.ofThisProgram(device, threads());
        }

        /// The number of threads; empty for one per core.
        ///
        /// @throws Problem for more than four per processor, because they only wait for each other, and
        ///         thousands end the process
        public OptionalInt threads() {
            if (threads == null) {
                return OptionalInt.empty();
            }
            int processors = Runtime.getRuntime().availableProcessors();
            int most = THREADS_A_PROCESSOR * processors;
            if (threads < 1) {
                throw Problem.of("cli.threads-too-few", threads);
            }
            if (threads > most) {
                throw Problem.of(
                        "cli.threads-too-many",
                        threads,
                        Message.of(processors == 1 ? "cli.processor" : "cli.processors", processors),
                        most,
                        THREADS_A_PROCESSOR);
            }
            return OptionalInt.of(threads);
        }
    }

    /// The option for the checkpoint.
    public static final class Model {
        @Option(
                names = "--checkpoint",
                paramLabel = "DIR",
                required = true,
                description = "Folder with config.json, model.safetensors and tokenizer.json.")
        public Path checkpoint = Path.of("");

        @Mixin
        public Reading reading = new Reading();

        public Request.Model model() {
            return reading.model(checkpoint);
        }
    }

    /// How a checkpoint reads texts, and the names of its classes.
    public static final class Reading {
        @Option(
                names = "--labels",
                paramLabel = "A,B,C",
                description =
                        "Class names in the order of the logits, if config.json has only LABEL_0, LABEL_1, ... For"
                                + " the labels in the data, use --label-map.")
        @Nullable
        public String labels;

        @Option(
                names = "--max-length",
                paramLabel = "N",
                defaultValue = "" + Defaults.MAX_LENGTH,
                description = "Maximum length in tokens. Longer texts are cut (default: ${DEFAULT-VALUE}).")
        public int maxLength = Defaults.MAX_LENGTH;

        @Option(
                names = "--template",
                paramLabel = "TEXT",
                description = "Prompt for a causal language model, such as \"Review: {text} Sentiment:\". {pair} stands"
                        + " for the second text.")
        @Nullable
        public String template;

        @Option(
                names = "--verbalizer",
                paramLabel = "CLASS=WORD,...",
                description = "One word for each class of a causal language model, in the order of the classes:"
                        + " negative=bad,positive=good. A word that follows a space may need that space: \"negative="
                        + " bad,...\".")
        @Nullable
        public String verbalizer;

        public Request.Model model(Path checkpoint) {
            List<String> names = labels == null ? null : CommaList.split(labels);
            return OptionRange.of(() -> new Request.Model(absolute(checkpoint), names, maxLength, prompt()));
        }

        private @Nullable Prompt prompt() {
            if (template == null && verbalizer == null) {
                return null;
            }
            return new Prompt(
                    template == null ? "{text}" : template, verbalizer == null ? null : Prompt.verbalizer(verbalizer));
        }
    }

    /// The same where it is not always needed.
    public static final class MaybeModel {
        @Option(
                names = "--checkpoint",
                paramLabel = "DIR",
                description = "Folder with config.json, model.safetensors and tokenizer.json.")
        @Nullable
        public Path checkpoint;

        @Mixin
        public Reading reading = new Reading();
    }

    /// A checkpoint and labelled texts to use it on.
    public static final class Task {
        @Mixin
        public Model model = new Model();

        @Option(
                names = "--data",
                paramLabel = "FILE",
                required = true,
                description = "Texts with labels: CSV, TSV, JSONL or Parquet.")
        public Path data = Path.of("");

        @Mixin
        public Columns columns = new Columns();

        public Request.Model model() {
            return model.model();
        }

        public DataFile texts() {
            return columns.of(data);
        }
    }

    /// Which texts are drawn for what is measured against the mean baseline.
    public static final class Drawing {
        @Option(
                names = "--baseline-examples",
                paramLabel = "N",
                defaultValue = "" + Defaults.BASELINE_EXAMPLES,
                description = "Label-balanced examples for the mean baseline (default: ${DEFAULT-VALUE}).")
        public int baselineExamples = Defaults.BASELINE_EXAMPLES;

        @Option(
                names = "--seed",
                paramLabel = "N",
                defaultValue = "" + Defaults.SEED,
                description = "Seed for drawing the examples (default: ${DEFAULT-VALUE}).")
        public long seed = Defaults.SEED;
    }

    /// The columns of a data file.
    public static final class Columns {
        @Option(
                names = "--text-column",
                paramLabel = "NAME",
                defaultValue = "text",
                description = "Column with the text (default: ${DEFAULT-VALUE}); its number with --no-header.")
        public String text = "text";

        @Option(
                names = "--label-column",
                paramLabel = "NAME",
                defaultValue = "label",
                description = "Column with the label (default: ${DEFAULT-VALUE}).")
        public String label = "label";

        @Option(
                names = "--pair-column",
                paramLabel = "NAME",
                description = "Column with the second text, if the task is about pairs.")
        @Nullable
        public String pair;

        @Option(
                names = "--format",
                paramLabel = "csv|tsv|jsonl|parquet",
                description = "Format of the data (default: by the file's name; .gz is unpacked).")
        @Nullable
        public String format;

        @Option(
                names = "--filter",
                paramLabel = "COLUMN=VALUE",
                description = "Only rows where a column has that value, such as language=id.")
        @Nullable
        public String filter;

        @Option(
                names = "--label-map",
                paramLabel = "LABEL=CLASS,...",
                description = "The class of each label in the data, if its name or number would be read wrongly:"
                        + " 0=positive,1=neutral,2=negative.")
        @Nullable
        public String labelMap;

        @Option(
                names = "--no-header",
                description = "The CSV or TSV file has no header: name columns by number, from 1.")
        public boolean noHeader;

        @Option(
                names = "--quoting",
                paramLabel = "auto|none|standard",
                defaultValue = "auto",
                description = "Whether quotation marks around a text of CSV or TSV quote it (standard) or belong to it"
                        + " (none); auto decides from the whole file.")
        public String quoting = "auto";

        @Option(
                names = "--skip-label",
                paramLabel = "LABEL,...",
                description = "Leave out rows with these labels, which mark texts without a gold label, such as -1,-;"
                        + " \"\" for rows with no label.")
        @Nullable
        public List<String> skipLabels;

        public DataFile of(Path file) {
            return of(file, null);
        }

        /// @param own the file's own filter; null for the common one
        public DataFile of(Path file, @Nullable String own) {
            return new DataFile(
                    absolute(file),
                    text,
                    label,
                    pair,
                    format,
                    own == null ? filter : own,
                    choices(labelMap),
                    noHeader,
                    quoting,
                    skipLabels == null
                            ? null
                            : skipLabels.stream()
                                    .flatMap(some -> CommaList.split(some).stream())
                                    .toList());
        }

        /// @param own     the file's own filter; null for the common one
        /// @param ownMap  the file's own label map; null for the common one
        public DataFile of(Path file, @Nullable String own, @Nullable String ownMap) {
            DataFile common = of(file, own);
            return ownMap == null ? common : common.choosing(choices(ownMap));
        }

        private static @Nullable Map<String, String> choices(@Nullable String text) {
            return text == null ? null : LabelChoices.parse(text);
        }
    }

    /// Whether a folder from elsewhere may read outside files.
    public static final class Outside {
        @Option(
                names = OutsideFiles.OPTION,
                description = "Allow a project or run that was made elsewhere to read the files outside its folder that"
                        + " it names. The answer is remembered.")
        public boolean allowed;

        /// @throws Problem when there are such files and the user has not agreed
        public void require(OutsideFiles files) {
            if (allowed) {
                OutsideSearch.agree(files);
            } else {
                files.require();
            }
        }
    }

    /// Result as JSON.
    public static final class Output {
        @Option(names = "--json", description = "Print the result as JSON on standard output.")
        public boolean json;
    }

    /// Where to compute, and what to print.
    public static final class Running {
        @Mixin
        Device device = new Device();

        @Mixin
        Output output = new Output();

        public CommandEngine start() {
            return new CommandEngine(device.engine());
        }

        public boolean json() {
            return output.json;
        }

        /// Prints a result and writes it: printed first, so that what was computed is not lost with the file.
        /// Where the file is standard output, only it is written.
        ///
        /// @param out   null for no file
        /// @param json  what is printed with `--json`, as one line
        /// @param print prints it for people
        /// @param file  the content of the file
        public void finish(@Nullable Path out, Object json, Runnable print, Supplier<String> file) {
            if (!OutFile.standard(out)) {
                if (json()) {
                    System.out.println(Json.line(json));
                } else {
                    print.run();
                }
            }
            if (out != null) {
                OutFile.write(out, file.get());
                OutFile.confirm(out);
            }
        }
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }
}

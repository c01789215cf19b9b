package sirkuit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.ConfigLabels;
import sirkuit.checkpoint.delta.Changes;
import sirkuit.checkpoint.delta.CheckpointDelta;
import sirkuit.checkpoint.tokenizer.TokenizerPlan;
import sirkuit.dataset.LabelMap;
import sirkuit.mask.MaskFile;
import sirkuit.project.OutsideSearch;
import sirkuit.record.RunConfig;
import sirkuit.run.ModelCard;
import sirkuit.run.RunFolder;
import sirkuit.run.RunOutcome;
import sirkuit.run.state.Outcomes;
import sirkuit.run.state.RunState;
import sirkuit.transformer.family.Families;

/// `sirkuit export`.
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Writes a run's adapted checkpoint with a model card, or a delta with only the changed" + " values.",
        footer = {
            "",
            "Examples:",
            "  sirkuit export --run run --out minangkabau-bert",
            "  sirkuit export --run run --delta --out minangkabau.safetensors",
            "  sirkuit export --apply minangkabau.safetensors --to indonesian-bert --out minangkabau-bert"
        })
final class ExportCommand implements Callable<Integer> {
    private static final String CARD = "README.md";
    private static final String CONFIG = "config.json";
    private static final String DELTA = "delta.safetensors";
    private static final String TOKENIZER = "tokenizer";

    @Option(names = "--run", paramLabel = "RUN_DIR", description = "Folder of a finished run.")
    @Nullable
    Path run;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "New folder; with --delta also the name of a .safetensors file.")
    Path out = Path.of("");

    @Option(
            names = "--delta",
            description = "Write a delta: only the changed values, bit for bit. It is applied to the checkpoint that"
                    + " the run started from.")
    boolean delta;

    @Option(
            names = "--rounded",
            description = "With --delta: store the differences of F32 and F64 tensors in ten bits. The delta is a"
                    + " third of the size, and the values are close to the run's.")
    boolean rounded;

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description = "The checkpoint that the run started from, if it has been moved.")
    @Nullable
    Path checkpoint;

    @Option(names = "--apply", paramLabel = "DELTA", description = "Make the adapted checkpoint from this delta.")
    @Nullable
    Path apply;

    @Option(
            names = "--to",
            paramLabel = "CHECKPOINT",
            description = "With --apply: the checkpoint that the delta was made for.")
    @Nullable
    Path to;

    @Mixin
    Options.Outside outside = new Options.Outside();

    @Mixin
    Options.Output output = new Options.Output();

    /// The result as a script reads it.
    ///
    /// @param out     folder or file that was written
    /// @param digest  of the checkpoint that is exported, or that the delta leads to
    /// @param bytes   size of what was written
    /// @param tensors how many the delta changes; absent without one
    /// @param entries how many of their entries
    record Result(
            String out,
            String digest,
            long bytes,
            @Nullable Integer tensors,
            @Nullable Long entries) {}

    @Override
    public Integer call() {
        OutFile.requireFolder(out, "--out");
        requireSense();
        requireNew();
        Result result = apply != null ? applied(apply) : delta ? difference() : whole();
        if (output.json) {
            System.out.println(Json.line(result));
        } else {
            if (result.tensors != null) {
                System.out.printf("%,d entries of %d tensors differ%n", result.entries, result.tensors);
            }
            System.out.printf("written to %s (%,d bytes), digest %s%n", result.out, result.bytes, result.digest);
        }
        return 0;
    }

    private void requireSense() {
        if ((run == null) == (apply == null)) {
            throw Problem.of(run == null ? "cli.nothing-to-export" : "cli.run-and-apply");
        }
        require((apply == null) == (to == null), Problem.of("cli.apply-needs-to"));
        require(apply == null || !(delta || rounded || checkpoint != null), Problem.of("cli.apply-takes-no-other"));
        require(delta || !rounded, Problem.of("cli.rounded-needs-delta"));
    }

    private static void require(boolean holds, Problem otherwise) {
        if (!holds) {
            throw otherwise;
        }
    }

    private void requireNew() {
        if (Files.exists(out) && !empty(out)) {
            throw Problem.of("cli.output-exists", out);
        }
        AtomicFile.requireWritable(out.resolve(CARD));
    }

    private static boolean empty(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private Result applied(Path file) {
        CheckpointDelta read = CheckpointDelta.open(Files.isDirectory(file) ? file.resolve(DELTA) : file);
        String card = read.metadata().get("card");
        Checkpoint base = Checkpoint.open(java.util.Objects.requireNonNull(to));
        requireTokenizer(read, file, base);
        read.apply(base, out, card == null ? Map.of() : Map.of(CARD, card));
        return new Result(out.toString(), Checkpoint.open(out).digest(), size(out), null, null);
    }

    /// The digest of a checkpoint says nothing of its tokenizer, and other tokens give other results.
    private static void requireTokenizer(CheckpointDelta delta, Path file, Checkpoint base) {
        String wanted = delta.metadata().get(TOKENIZER);
        if (wanted == null) {
            System.err.println("note: " + file + " was written by an older version and does not say which tokenizer it"
                    + " was made with. Make sure that the tokenizer files of " + base.folder() + " are those of the"
                    + " checkpoint that the run started from: with others the results would differ.");
            return;
        }
        String found = TokenizerPlan.of(base).digest();
        if (!found.equals(wanted) && base.digest().equals(delta.metadata().get("base"))) {
            throw Problem.of("cli.delta-of-other-tokenizer", base.folder(), file, found, wanted);
        }
    }

    private Result whole() {
        RunFolder folder = folder();
        RunState state = RunState.of(folder);
        RunOutcome outcome = Outcomes.of(folder, state);
        RunConfig config = folder.config();
        String base = state.start().checkpointDigest();
        Checkpoint adapted = Checkpoint.open(folder.adapted());
        if (checkpoint != null || readable(config.checkpoint())) {
            changes(config, outcome, base, adapted); // the card names the base: it must not be another by now
        }
        String named = named(config, adapted);
        String digest = adapted.digest(Set.of(), adapted.weights()::bytes, named);
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(CARD, new ModelCard(config, outcome, base, digest, tokenizer(adapted), false).text());
        if (named != null) {
            texts.put(CONFIG, named);
        }
        adapted.writeAdapted(out, Set.of(), adapted.weights()::bytes, texts);
        return new Result(out.toString(), digest, size(out), null, null);
    }

    /// The config.json with the names that the run gave to the classes, where the adapted checkpoint does not have
    /// them: runs of older versions left them out. Null where nothing is to be changed.
    private static @Nullable String named(RunConfig config, Checkpoint adapted) {
        boolean words = config.prompt() != null && config.prompt().verbalizer() != null;
        if (config.labels() == null || words) {
            return null;
        }
        List<String> own = Families.spec(adapted).labels();
        List<String> names = new LabelMap(config.labels()).names();
        boolean same = names.size() != own.size()
                || IntStream.range(0, own.size()).allMatch(i -> own.get(i).equalsIgnoreCase(names.get(i)));
        return same ? null : ConfigLabels.renamed(adapted.config(), names);
    }

    /// A whole export does without a base that is gone.
    private static boolean readable(String checkpoint) {
        try {
            return Checkpoint.open(Path.of(checkpoint)).parameters() > 0;
        } catch (Problem e) {
            return false;
        }
    }

    private Result difference() {
        RunFolder folder = folder();
        RunState state = RunState.of(folder);
        RunOutcome outcome = Outcomes.of(folder, state);
        RunConfig config = folder.config();
        String known = state.start().checkpointDigest();
        Checkpoint adapted = Checkpoint.open(folder.adapted());
        Changes changes = changes(config, outcome, known, adapted);
        String named = named(config, adapted);
        if (named != null) {
            changes = changes.withConfig(named);
        }
        Path file = out.toString().endsWith(".safetensors") ? out : out.resolve(DELTA);
        String tokenizer = tokenizer(adapted);
        CheckpointDelta.Written written = CheckpointDelta.write(file, changes, rounded, result -> {
            Map<String, String> notes = new LinkedHashMap<>();
            notes.put("run", config.name());
            notes.put(TOKENIZER, tokenizer);
            notes.put("card", new ModelCard(config, outcome, known, result, tokenizer, rounded).text());
            if (config.mask() != null) {
                notes.put("mask", Json.line(MaskFile.content(new MaskFile.Saved(config.mask(), known))));
            }
            return notes;
        });
        if (!file.equals(out)) {
            AtomicFile.write(
                    out.resolve(CARD),
                    String.valueOf(CheckpointDelta.open(file).metadata().get("card")));
        }
        return new Result(file.toString(), written.result(), size(file), written.tensors(), written.entries());
    }

    /// Copied into the run's folder with the weights: that of the checkpoint that it started from, as it was then.
    private static String tokenizer(Checkpoint adapted) {
        return TokenizerPlan.of(adapted).digest();
    }

    private RunFolder folder() {
        RunFolder folder = new RunFolder(
                java.util.Objects.requireNonNull(run).toAbsolutePath().normalize());
        if (Files.exists(folder.configFile()) && Files.exists(folder.eventsFile())) {
            outside.require(OutsideSearch.ofExport(folder, folder.config(), checkpoint != null));
        }
        return folder;
    }

    /// @param known digest of the checkpoint that the run started from; null when an older version made the run
    /// @throws Problem when the checkpoint that the run started from is not there as it was
    private Changes changes(RunConfig config, RunOutcome outcome, @Nullable String known, Checkpoint adapted) {
        Checkpoint base;
        try {
            base = Checkpoint.open(checkpoint == null ? Path.of(config.checkpoint()) : checkpoint);
        } catch (Problem e) {
            throw checkpoint != null
                    ? e
                    : e.withRemedy(Message.of("cli.name-base.remedy"));
        }
        requireBase(base, known);
        String tokenizer = TokenizerPlan.of(base).digest();
        if (!tokenizer.equals(tokenizer(adapted))) {
            throw changed(
                    base, "its tokenizer has the digest " + tokenizer + ", and that of the run " + tokenizer(adapted));
        }
        Changes changes = Changes.between(base, adapted);
        // All that is known of a run that does not record what it started from.
        if (config.what() == RunConfig.Trained.MASK && changes.entries() > outcome.trainable()) {
            throw changed(
                    base, changes.entries() + " entries differ, and only " + outcome.trainable() + " were trained");
        }
        return changes;
    }

    private static void requireBase(Checkpoint base, @Nullable String known) {
        if (known == null) {
            return;
        }
        String digest = base.digest();
        if (!digest.equals(known)) {
            throw changed(base, "its digest is " + digest + ", and the run started from " + known);
        }
    }

    private static Problem changed(Checkpoint base, String how) {
        return Problem.of("cli.checkpoint-changed", base.folder(), how);
    }

    private static long size(Path written) {
        try (Stream<Path> files = Files.walk(written)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        } catch (IOException e) {
            throw Problem.of(e, "ground.unreadable-file", written, e.getMessage());
        }
    }
}

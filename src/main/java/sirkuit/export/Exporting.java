package sirkuit.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
import sirkuit.protocol.Request;
import sirkuit.record.OutsideFiles;
import sirkuit.record.RunConfig;
import sirkuit.run.ModelCard;
import sirkuit.run.RunFolder;
import sirkuit.run.RunOutcome;
import sirkuit.run.state.Outcomes;
import sirkuit.run.state.RunState;
import sirkuit.transformer.family.Families;

/// One export of a run's result.
///
/// @param out       new folder; for a delta also a new `.safetensors` file
/// @param stopPoint called often; an exception from it ends the work, and nothing is written then
public record Exporting(Path out, Runnable stopPoint) {
    private static final String CARD = "README.md";
    private static final String CONFIG = "config.json";
    private static final String DELTA = "delta.safetensors";
    private static final String TOKENIZER = "tokenizer";

    /// What was written.
    ///
    /// @param out     folder or file
    /// @param digest  of the exported checkpoint, or of the checkpoint that the delta gives
    /// @param bytes   size of what was written
    /// @param tensors how many the delta changes; absent without a delta
    /// @param entries how many entries of these it changes
    public record Exported(
            String out,
            String digest,
            long bytes,
            @Nullable Integer tensors,
            @Nullable Long entries) {}

    /// Exports a run.
    ///
    /// @param run          its folder
    /// @param checkpoint   the checkpoint that it started from; null for its recorded place
    /// @param allowOutside whether it may read files outside its folder without an earlier agreement
    /// @throws Problem when the output exists, the run has not finished, its base has changed, or nobody has agreed
    ///         to the files that are read
    public Exported run(Path run, Request.Export.Form form, @Nullable Path checkpoint, boolean allowOutside) {
        requireNew();
        RunFolder folder = new RunFolder(run.toAbsolutePath().normalize());
        if (folder.workedOnHere()) {
            throw Problem.of("export.run-goes-on", folder.folder());
        }
        if (Files.exists(folder.configFile()) && Files.exists(folder.eventsFile())) {
            OutsideFiles outside = OutsideSearch.ofExport(folder, folder.config(), checkpoint != null);
            if (allowOutside) {
                OutsideSearch.agree(outside);
            } else {
                outside.require();
            }
        }
        return switch (form) {
            case WHOLE -> whole(folder, checkpoint);
            case DELTA -> difference(folder, false, checkpoint);
            case ROUNDED -> difference(folder, true, checkpoint);
        };
    }

    private void requireNew() {
        if (Files.exists(out) && !empty(out)) {
            throw Problem.of("export.output-exists", out);
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

    /// Makes the adapted checkpoint from a delta.
    ///
    /// @param file  the delta, or the folder that holds it
    /// @param to    the checkpoint that it was made for
    /// @param notes receives what to know before trusting the result
    /// @throws Problem when the output exists, `to` is another checkpoint, or the delta is damaged
    public Exported apply(Path file, Path to, Consumer<Message> notes) {
        requireNew();
        CheckpointDelta read = CheckpointDelta.open(Files.isDirectory(file) ? file.resolve(DELTA) : file);
        String card = read.metadata().get("card");
        Checkpoint base = opened(to);
        requireTokenizer(read, file, base, notes);
        read.apply(base, out, card == null ? Map.of() : Map.of(CARD, card));
        return new Exported(out.toString(), opened(out).digest(), size(out), null, null);
    }

    /// Checks the tokenizer, which the digest of a checkpoint does not cover. Other tokens give other results.
    private static void requireTokenizer(CheckpointDelta delta, Path file, Checkpoint base, Consumer<Message> notes) {
        String wanted = delta.metadata().get(TOKENIZER);
        if (wanted == null) {
            notes.accept(Message.of("export.delta-without-tokenizer", file, base.folder()));
            return;
        }
        String found = TokenizerPlan.of(base).digest();
        if (!found.equals(wanted) && base.digest().equals(delta.metadata().get("base"))) {
            throw Problem.of("export.delta-of-other-tokenizer", base.folder(), file, found, wanted);
        }
    }

    private Exported whole(RunFolder folder, @Nullable Path checkpoint) {
        RunState state = RunState.of(folder);
        RunOutcome outcome = Outcomes.of(folder, state);
        RunConfig config = folder.config();
        String base = state.start().checkpointDigest();
        Checkpoint adapted = opened(folder.adapted());
        if (checkpoint != null || readable(config.checkpoint())) {
            // The card names the base, so it must be the one that the run started from.
            changes(config, outcome, base, adapted, checkpoint);
        }
        String named = named(config, adapted);
        String digest = adapted.digest(Set.of(), adapted.weights()::bytes, named);
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(CARD, new ModelCard(config, outcome, base, digest, tokenizer(adapted), false).text());
        if (named != null) {
            texts.put(CONFIG, named);
        }
        adapted.writeAdapted(out, Set.of(), adapted.weights()::bytes, texts);
        return new Exported(out.toString(), digest, size(out), null, null);
    }

    /// The config.json with the class names of the run, if the adapted checkpoint does not have them because an
    /// older version wrote it; null if nothing needs to change.
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

    /// Whether the base can be read. A whole export works without it.
    private static boolean readable(String checkpoint) {
        try {
            return Checkpoint.open(Path.of(checkpoint)).parameters() > 0;
        } catch (Problem e) {
            return false;
        }
    }

    private Exported difference(RunFolder folder, boolean rounded, @Nullable Path checkpoint) {
        RunState state = RunState.of(folder);
        RunOutcome outcome = Outcomes.of(folder, state);
        RunConfig config = folder.config();
        String known = state.start().checkpointDigest();
        Checkpoint adapted = opened(folder.adapted());
        Changes changes = changes(config, outcome, known, adapted, checkpoint);
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
        return new Exported(file.toString(), written.result(), size(file), written.tensors(), written.entries());
    }

    /// The tokenizer's digest. Its files were copied into the run's folder from the base, as they were then.
    private static String tokenizer(Checkpoint adapted) {
        return TokenizerPlan.of(adapted).digest();
    }

    /// @param known digest of the checkpoint that the run started from; null for a run of an older version
    /// @throws Problem when that checkpoint is missing or has changed
    private Changes changes(
            RunConfig config,
            RunOutcome outcome,
            @Nullable String known,
            Checkpoint adapted,
            @Nullable Path checkpoint) {
        Checkpoint base;
        try {
            base = opened(checkpoint == null ? Path.of(config.checkpoint()) : checkpoint);
        } catch (Problem e) {
            throw checkpoint != null ? e : e.withRemedy(Message.of("export.base-not-found.remedy"));
        }
        requireBase(base, known);
        String tokenizer = TokenizerPlan.of(base).digest();
        if (!tokenizer.equals(tokenizer(adapted))) {
            throw changed(base, Message.of("export.tokenizer-digests", tokenizer, tokenizer(adapted)));
        }
        Changes changes = Changes.between(base, adapted);
        // Nothing else is known about a run that does not record its base.
        if (config.what() != RunConfig.Trained.FULL && changes.entries() > outcome.trainable()) {
            throw changed(base, Message.of("export.too-many-differ", changes.entries(), outcome.trainable()));
        }
        return changes;
    }

    private static void requireBase(Checkpoint base, @Nullable String known) {
        if (known == null) {
            return;
        }
        String digest = base.digest();
        if (!digest.equals(known)) {
            throw changed(base, Message.of("export.checkpoint-digests", digest, known));
        }
    }

    private static Problem changed(Checkpoint base, Message how) {
        return Problem.of("export.checkpoint-changed", base.folder(), how);
    }

    private Checkpoint opened(Path folder) {
        return Checkpoint.open(folder, stopPoint);
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

package sirkuit.cli.run;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.cli.shared.Options;
import sirkuit.cli.shared.OutFile;
import sirkuit.export.Exporting;
import sirkuit.protocol.Request;

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
public final class ExportCommand implements Callable<Integer> {
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

    @Override
    public Integer call() {
        OutFile.requireFolder(out, "--out");
        requireSense();
        Exporting export = new Exporting(out, () -> {});
        Exporting.Exported result = apply != null
                ? export.apply(apply, Objects.requireNonNull(to), note -> System.err.println("note: " + note.english()))
                : export.run(Objects.requireNonNull(run), form(), checkpoint, outside.allowed);
        if (output.json) {
            System.out.println(Json.line(result));
        } else {
            if (result.tensors() != null) {
                System.out.printf("%,d entries of %d tensors differ%n", result.entries(), result.tensors());
            }
            System.out.printf("written to %s (%,d bytes), digest %s%n", result.out(), result.bytes(), result.digest());
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

    private Request.Export.Form form() {
        return rounded ? Request.Export.Form.ROUNDED : delta ? Request.Export.Form.DELTA : Request.Export.Form.WHOLE;
    }
}

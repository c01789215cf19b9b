package sirkuit.cli.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.cli.shared.ModelShape;
import sirkuit.cli.shared.Options;
import sirkuit.cli.shared.OutFile;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskFile;
import sirkuit.mask.MaskStrategy;
import sirkuit.mask.RelevanceScores;
import sirkuit.record.Defaults;
import sirkuit.record.Provenance;
import sirkuit.record.ScoreRecord;

/// `sirkuit mask`.
@Command(
        name = "mask",
        mixinStandardHelpOptions = true,
        description = "Makes a mask from scores, from named heads, or from two masks.",
        footer = {
            "",
            "Examples:",
            "  sirkuit mask --scores scores.json --top-k 12 --out mask.json",
            "  sirkuit mask --checkpoint DIR --heads 0.3,2.1 --out mask.json",
            "  sirkuit mask --union a.json b.json --out both.json",
            "A and B are mask files for models of the same shape, as --out writes them."
        })
public final class MaskCommand implements Callable<Integer> {
    @Option(
            names = "--scores",
            paramLabel = "scores.json",
            description = "Scores to select heads by. They also give the model's shape.")
    @Nullable
    Path scores;

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description = "The model whose shape the mask is for. Instead of --scores, where no scores are needed"
                    + " (--heads, --random, --all, --none).")
    @Nullable
    Path checkpoint;

    @ArgGroup(multiplicity = "1")
    Way way = new Way();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "" + Defaults.SEED,
            description = "Seed of --random (default: ${DEFAULT-VALUE}).")
    long seed = Defaults.SEED;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write the mask (JSON); - for standard output.")
    @Nullable
    Path out;

    @Mixin
    Options.Output output = new Options.Output();

    /// Exactly one way to select heads.
    static final class Way {
        @Option(names = "--top-k", paramLabel = "N", description = "The N heads with the highest scores.")
        @Nullable
        Integer topK;

        @Option(names = "--near-zero", paramLabel = "N", description = "The N heads with the smallest absolute scores.")
        @Nullable
        Integer nearZero;

        @Option(names = "--threshold", paramLabel = "X", description = "Every head with a score of at least X.")
        @Nullable
        Double threshold;

        @Option(names = "--random", paramLabel = "N", description = "N random heads (see --seed).")
        @Nullable
        Integer random;

        @Option(names = "--all", description = "Every head.")
        boolean all;

        @Option(names = "--none", description = "No head.")
        boolean none;

        @Option(
                names = "--heads",
                paramLabel = "L.H,...",
                split = ",",
                description = "These heads, such as 0.3,2.1 or L0H3,L2H1.")
        @Nullable
        List<String> heads;

        @Option(
                names = "--union",
                paramLabel = "A B",
                hideParamSyntax = true,
                arity = "2",
                description = "Heads in mask A, in mask B or in both.")
        @Nullable
        List<Path> union;

        @Option(
                names = "--intersection",
                paramLabel = "A B",
                hideParamSyntax = true,
                arity = "2",
                description = "Heads in both mask A and mask B.")
        @Nullable
        List<Path> intersection;

        @Option(
                names = "--difference",
                paramLabel = "A B",
                hideParamSyntax = true,
                arity = "2",
                description = "Heads in mask A that are not in mask B.")
        @Nullable
        List<Path> difference;
    }

    @Override
    public Integer call() {
        OutFile.requireWritable(out);
        MaskFile.Saved made = make();
        HeadMask mask = made.mask();
        if (mask.size() == 0 && !way.none) {
            System.err.println("note: the mask is empty: tuned with it, no head is trained.");
        }
        if (out != null) {
            OutFile.write(out, Json.pretty(MaskFile.content(made)));
        }
        if (OutFile.standard(out)) {
            return 0;
        }
        if (output.json) {
            System.out.println(Json.line(MaskFile.content(made)));
        } else {
            System.out.println(mask.size() + " of " + mask.layers() * mask.heads() + " heads (" + mask.madeBy() + "): "
                    + mask.selected().stream().map(Head::toString).collect(Collectors.joining(" ")));
            if (out != null) {
                System.out.println("written to " + out);
            }
        }
        return 0;
    }

    private MaskFile.Saved make() {
        if (way.union != null) {
            return ofTwo(way.union, HeadMask::union);
        }
        if (way.intersection != null) {
            return ofTwo(way.intersection, HeadMask::intersection);
        }
        if (way.difference != null) {
            return ofTwo(way.difference, HeadMask::difference);
        }
        if (scores == null && checkpoint == null) {
            throw Problem.of("cli.no-scores-or-checkpoint");
        }
        if (scores == null) {
            return new MaskFile.Saved(ofShape(ModelShape.of(Objects.requireNonNull(checkpoint))), null);
        }
        if (checkpoint != null) {
            throw Problem.of("cli.scores-and-checkpoint");
        }
        ScoreRecord record = ScoreRecord.read(scores);
        RelevanceScores s = record.scores();
        Provenance from = record.provenance();
        HeadMask mask = byScores() ? strategy().apply(s) : ofShape(new ModelShape(s.layers(), s.heads(), 0));
        return new MaskFile.Saved(mask, from == null ? null : from.checkpointDigest());
    }

    private static MaskFile.Saved ofTwo(List<Path> files, BinaryOperator<HeadMask> operation) {
        MaskFile.Saved one = MaskFile.open(files.get(0));
        MaskFile.Saved other = MaskFile.open(files.get(1));
        try {
            return one.with(other, operation);
        } catch (Problem e) {
            throw e.within("cli.two-masks", files.get(0), files.get(1));
        }
    }

    private boolean byScores() {
        return way.topK != null || way.nearZero != null || way.threshold != null;
    }

    private HeadMask ofShape(ModelShape shape) {
        if (byScores()) {
            throw Problem.of("cli.choice-needs-scores");
        }
        if (way.heads != null) {
            List<Head> heads = way.heads.stream().map(Head::parse).toList();
            return new HeadMask(shape.layers(), shape.heads(), heads, "by hand");
        }
        if (way.random != null) {
            return new MaskStrategy.RandomK(count(way.random, shape), seed).draw(shape.layers(), shape.heads());
        }
        return way.all ? shape.all() : HeadMask.none(shape.layers(), shape.heads());
    }

    private MaskStrategy strategy() {
        if (way.topK != null) {
            return new MaskStrategy.TopK(way.topK);
        }
        if (way.nearZero != null) {
            return new MaskStrategy.NearZero(way.nearZero);
        }
        return new MaskStrategy.Threshold(Objects.requireNonNull(way.threshold));
    }

    private static int count(int k, ModelShape shape) {
        int most = shape.layers() * shape.heads();
        if (k < 0 || k > most) {
            throw Problem.of("cli.bad-head-count", k, most);
        }
        return k;
    }
}

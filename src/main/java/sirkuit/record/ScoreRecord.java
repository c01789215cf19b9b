package sirkuit.record;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.ObjectReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.JsonKind;
import sirkuit.NullForNaN;
import sirkuit.Problem;
import sirkuit.ShellWord;
import sirkuit.mask.HeadEdges;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;

/// `scores.json`: the relevance of every head with what is needed to compute it again. In the file the fields of
/// `values`, `samples` and `details` stand beside the others.
///
/// @param schemaVersion 1
/// @param method        how it was computed
/// @param stabilised    whether the stabilised variant of CD-T was used
/// @param values        the scores
/// @param samples       the texts that they are of
/// @param seconds       how long it took
/// @param provenance    inputs and versions
/// @param details       what is known beyond the scores
/// @param prompt        how texts were put to a language model; null for a classifier
/// @param binding       which class every label of the data was taken to mean; null in older files
public record ScoreRecord(
        @JsonProperty(required = true) int schemaVersion,
        @JsonProperty(required = true) ScoreMethod method,
        boolean stabilised,
        @JsonUnwrapped Values values,
        @JsonUnwrapped Samples samples,
        double seconds,
        @Nullable Provenance provenance,
        @JsonUnwrapped Details details,
        @Nullable Prompt prompt,
        @Nullable LabelBinding binding) {
    public static final int VERSION = 1;
    private static final MathContext SIX_DIGITS = new MathContext(6);
    private static final double[][][] LEFT_OUT = {};
    private static final ObjectReader WITHOUT_VALUES =
            Json.MAPPER.copy().addMixIn(PerExample.class, ValuesLeftOut.class).readerFor(ScoreRecord.class);

    @JsonIgnoreProperties("values")
    private interface ValuesLeftOut {}

    /// @param layers        number of layers L
    /// @param heads         number of heads a layer H
    /// @param score         [L][H]; NaN where a head was not scored, null in the file
    /// @param standardError [L][H]
    /// @param examples      how many examples were scored
    public record Values(
            @JsonProperty(required = true) int layers,
            @JsonProperty(required = true) int heads,
            @JsonProperty(required = true) @NullForNaN double[][] score,
            @JsonProperty(required = true) @NullForNaN double[][] standardError,
            @JsonProperty(required = true) int examples) {
        /// @throws Problem when a field that is needed is missing
        public Values {
            Json.given(score, "score");
            Json.given(standardError, "standardError");
        }

        private boolean shaped() {
            return shaped(score) && shaped(standardError);
        }

        private boolean shaped(double[][] table) {
            if (table.length != layers || layers < 1 || heads < 1) {
                return false;
            }
            for (double[] row : table) {
                if (row == null || row.length != heads) {
                    return false;
                }
            }
            return true;
        }
    }

    /// @param baselineExamples how many examples the mean baseline was computed over
    /// @param baselinePerLabel the same for each label, in the order of `labels`
    /// @param sharedExamples   examples in both samples, because a label had too few for two disjoint ones
    /// @param truncated        texts that were longer than `maxLength`
    /// @param labels           class names in the order of the logits
    /// @param maxLength        longest sequence in tokens
    /// @param seed             of the samples
    public record Samples(
            int baselineExamples,
            int[] baselinePerLabel,
            int sharedExamples,
            int truncated,
            List<String> labels,
            int maxLength,
            long seed) {
        public Samples {
            baselinePerLabel = baselinePerLabel == null ? new int[0] : baselinePerLabel;
            labels = labels == null ? List.of() : List.copyOf(labels);
        }
    }

    /// What older files and the random control do not have.
    ///
    /// @param confidence how sure the top k heads are
    /// @param perExample the values behind the scores
    /// @param edges      how much of a later head's output came from a head (CD-T only)
    public record Details(
            @Nullable Confidence confidence,
            @Nullable PerExample perExample,
            @Nullable HeadEdges edges) {
        public static final Details NONE = new Details(null, null, null);

        private Details withoutValues() {
            return perExample == null
                    ? this
                    : new Details(confidence, new PerExample(perExample.rows, perExample.labels, LEFT_OUT), edges);
        }
    }

    /// @param topK     k
    /// @param inTopK   [L][H] share of bootstrap resamples in which a head is among the k highest
    /// @param level    probability that settles whether a head is among the k highest of the examples, when CD-T
    ///                 was computed only until then; null when all heads were scored on all examples
    /// @param settled  whether other examples would choose the same k: every head is among them, or is not, in that
    ///                 share of resamples (0.95 when it is null)
    /// @param examples [L][H] how many examples each head was scored on
    public record Confidence(
            int topK,
            @NullForNaN double[][] inTopK,
            @Nullable Double level,
            boolean settled,
            int[][] examples) {}

    /// @param rows   rows of the data file, counted from 0 after filtering
    /// @param labels class index of each
    /// @param values [L][H] values on these rows, as many as the head was scored on
    public record PerExample(
            int[] rows, int[] labels, @NullForNaN double[][][] values) {
        public PerExample {
            values = values == null ? LEFT_OUT : values;
        }
    }

    /// The scores alone.
    public ScoreRecord(
            int schemaVersion,
            ScoreMethod method,
            boolean stabilised,
            Values values,
            Samples samples,
            double seconds,
            @Nullable Provenance provenance) {
        this(schemaVersion, method, stabilised, values, samples, seconds, provenance, Details.NONE, null, null);
    }

    /// @throws Problem when a field that is needed is missing
    public ScoreRecord {
        Json.given(method, "method");
        details = details == null ? Details.NONE : details;
    }

    public int layers() {
        return values.layers;
    }

    public int heads() {
        return values.heads;
    }

    /// [L][H], see [Values].
    public double[][] score() {
        return values.score;
    }

    /// [L][H], see [Values].
    public double[][] standardError() {
        return values.standardError;
    }

    /// How many were scored.
    public int examples() {
        return values.examples;
    }

    /// Class names in the order of the logits.
    public List<String> labels() {
        return samples.labels;
    }

    public @Nullable Confidence confidence() {
        return details.confidence;
    }

    public @Nullable PerExample perExample() {
        return details.perExample;
    }

    public @Nullable HeadEdges edges() {
        return details.edges;
    }

    /// @throws Problem when the file is not a score file or comes from a newer version
    public static ScoreRecord read(Path file) {
        return shaped(file, Json.read(file, ScoreRecord.class, VERSION, JsonKind.SCORES));
    }

    /// The same for showing scores. The values of single examples, most of a file, are dropped. `perExample` shows
    /// that there are some, but is empty.
    ///
    /// @throws Problem as [#read(Path)]
    public static ScoreRecord readWithoutValues(Path file) {
        return shaped(file, Json.read(file, ScoreRecord.class, VERSION, JsonKind.SCORES, WITHOUT_VALUES));
    }

    /// @param file       where the scores were read
    /// @param checkpoint folder of the checkpoint they are for
    /// @throws Problem naming both when the checkpoint has another shape
    public void requireShape(Path file, Path checkpoint, int modelLayers, int modelHeads) {
        if (layers() != modelLayers || heads() != modelHeads) {
            throw Problem.of(
                    "record.scores-other-shape",
                    file,
                    layers(),
                    heads(),
                    checkpoint,
                    modelLayers,
                    modelHeads,
                    ShellWord.of(checkpoint.toAbsolutePath().normalize().toString()));
        }
    }

    private static ScoreRecord shaped(Path file, ScoreRecord record) {
        HeadEdges edges = record.edges();
        if (!record.values.shaped()
                || edges != null && (edges.layers() != record.layers() || edges.heads() != record.heads())) {
            throw Problem.of("record.scores-wrong-shape", file, record.layers(), record.heads());
        }
        return record;
    }

    /// The same scores with the paths of their provenance changed.
    public ScoreRecord withPaths(UnaryOperator<String> map) {
        return provenance == null ? this : with(provenance.withPaths(map), seconds, details);
    }

    /// The same scores in the form of [#readWithoutValues(Path)].
    public ScoreRecord withoutValues() {
        return with(provenance, seconds, details.withoutValues());
    }

    /// The same scores without their duration and with the time `createdAt`, so that making a sample again gives
    /// the same file.
    public ScoreRecord timeless(String createdAt) {
        return with(provenance == null ? null : provenance.madeAt(createdAt), 0, details);
    }

    private ScoreRecord with(@Nullable Provenance from, double took, Details known) {
        return new ScoreRecord(schemaVersion, method, stabilised, values, samples, took, from, known, prompt, binding);
    }

    /// @throws Problem when it cannot be written
    public void write(Path file) {
        AtomicFile.write(file, text());
    }

    /// The content of its file.
    public String text() {
        return Json.pretty(this);
    }

    /// The numbers alone.
    public RelevanceScores scores() {
        return new RelevanceScores(
                method,
                values.score,
                values.standardError,
                values.examples,
                provenance == null ? null : provenance.createdAt());
    }

    /// A measured number with six significant digits; NaN stays NaN. Single precision has no more.
    public static double rounded(double value) {
        return Double.isFinite(value) ? new BigDecimal(value).round(SIX_DIGITS).doubleValue() : Double.NaN;
    }
}

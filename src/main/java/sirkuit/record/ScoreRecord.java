package sirkuit.record;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
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
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;

/// `scores.json`: the relevance of every head with what is needed to compute it again.
///
/// @param schemaVersion    1
/// @param method           how it was computed
/// @param stabilised       whether the stabilised variant of CD-T was used
/// @param layers           number of layers L
/// @param heads            number of heads a layer H
/// @param score            [L][H]; NaN where a head was not scored, null in the file
/// @param standardError    [L][H]
/// @param examples         how many examples were scored
/// @param baselineExamples how many examples the mean baseline was computed over
/// @param baselinePerLabel the same for each label, in the order of `labels`
/// @param sharedExamples   examples in both, because a label had too few for two disjoint samples
/// @param truncated        texts that were longer than `maxLength`
/// @param labels           class names in the order of the logits
/// @param maxLength        longest sequence in tokens
/// @param seed             of the samples
/// @param seconds          how long it took
/// @param provenance       inputs and versions
/// @param confidence       how sure the top k heads are; null in older files and for the random control
/// @param perExample       the values behind the scores; null likewise
/// @param edges            [L][H][L][H] how much of a later head's output came from a head, source first, 0 to 1
///                         (CD-T only); null likewise
/// @param prompt           how texts were put to a language model; null for a classifier
/// @param binding          which class every label of the data was taken to mean; null in older files
public record ScoreRecord(
        @JsonProperty(required = true) int schemaVersion,
        @JsonProperty(required = true) ScoreMethod method,
        boolean stabilised,
        @JsonProperty(required = true) int layers,
        @JsonProperty(required = true) int heads,
        @JsonProperty(required = true) @NullForNaN double[][] score,
        @JsonProperty(required = true) @NullForNaN double[][] standardError,
        @JsonProperty(required = true) int examples,
        int baselineExamples,
        int[] baselinePerLabel,
        int sharedExamples,
        int truncated,
        List<String> labels,
        int maxLength,
        long seed,
        double seconds,
        @Nullable Provenance provenance,
        @Nullable Confidence confidence,
        @Nullable PerExample perExample,
        @Nullable Edges edges,
        @Nullable Prompt prompt,
        @Nullable LabelBinding binding) {
    public static final int VERSION = 1;
    private static final MathContext SIX_DIGITS = new MathContext(6);
    private static final double[][][] LEFT_OUT = {};
    private static final ObjectReader WITHOUT_VALUES =
            Json.MAPPER.copy().addMixIn(PerExample.class, ValuesLeftOut.class).readerFor(ScoreRecord.class);

    @JsonIgnoreProperties("values")
    private interface ValuesLeftOut {}

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

    /// @param share [L][H][L][H] source first; in the file the bare numbers
    public record Edges(@JsonValue @NullForNaN double[][][][] share) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public Edges(@NullForNaN double[][][][] share) {
            this.share = share;
        }
    }

    /// Without the fields of newer versions.
    public ScoreRecord(
            int schemaVersion,
            ScoreMethod method,
            boolean stabilised,
            int layers,
            int heads,
            double[][] score,
            double[][] standardError,
            int examples,
            int baselineExamples,
            int[] baselinePerLabel,
            int sharedExamples,
            int truncated,
            List<String> labels,
            int maxLength,
            long seed,
            double seconds,
            @Nullable Provenance provenance) {
        this(
                schemaVersion,
                method,
                stabilised,
                layers,
                heads,
                score,
                standardError,
                examples,
                baselineExamples,
                baselinePerLabel,
                sharedExamples,
                truncated,
                labels,
                maxLength,
                seed,
                seconds,
                provenance,
                null,
                null,
                null,
                null);
    }

    /// Without the classes of its labels.
    public ScoreRecord(
            int schemaVersion,
            ScoreMethod method,
            boolean stabilised,
            int layers,
            int heads,
            double[][] score,
            double[][] standardError,
            int examples,
            int baselineExamples,
            int[] baselinePerLabel,
            int sharedExamples,
            int truncated,
            List<String> labels,
            int maxLength,
            long seed,
            double seconds,
            @Nullable Provenance provenance,
            @Nullable Confidence confidence,
            @Nullable PerExample perExample,
            @Nullable Edges edges,
            @Nullable Prompt prompt) {
        this(
                schemaVersion,
                method,
                stabilised,
                layers,
                heads,
                score,
                standardError,
                examples,
                baselineExamples,
                baselinePerLabel,
                sharedExamples,
                truncated,
                labels,
                maxLength,
                seed,
                seconds,
                provenance,
                confidence,
                perExample,
                edges,
                prompt,
                null);
    }

    /// @throws Problem when a field that is needed is missing
    public ScoreRecord {
        Json.given(method, "method");
        Json.given(score, "score");
        Json.given(standardError, "standardError");
        baselinePerLabel = baselinePerLabel == null ? new int[0] : baselinePerLabel;
        labels = labels == null ? List.of() : List.copyOf(labels);
    }

    /// @throws Problem when the file is not a score file or comes from a newer version
    public static ScoreRecord read(Path file) {
        return shaped(file, Json.read(file, ScoreRecord.class, VERSION, JsonKind.SCORES));
    }

    /// The same for showing scores. The values of single examples, most of a file, are dropped. `perExample` shows that
    /// there are some, but is empty.
    ///
    /// @throws Problem as [#read(Path)]
    public static ScoreRecord readWithoutValues(Path file) {
        return shaped(file, Json.read(file, ScoreRecord.class, VERSION, JsonKind.SCORES, WITHOUT_VALUES));
    }

    private static ScoreRecord shaped(Path file, ScoreRecord record) {
        if (!shaped(record.score, record.layers, record.heads)
                || !shaped(record.standardError, record.layers, record.heads)) {
            throw Problem.of("record.scores-wrong-shape", file, record.layers, record.heads);
        }
        return record;
    }

    /// The same scores with the paths of their provenance changed.
    public ScoreRecord withPaths(UnaryOperator<String> map) {
        return provenance == null ? this : with(provenance.withPaths(map), perExample);
    }

    /// The same scores in the form of [#readWithoutValues(Path)].
    public ScoreRecord withoutValues() {
        return perExample == null
                ? this
                : with(provenance, new PerExample(perExample.rows, perExample.labels, LEFT_OUT));
    }

    private ScoreRecord with(@Nullable Provenance from, @Nullable PerExample values) {
        return new ScoreRecord(
                schemaVersion,
                method,
                stabilised,
                layers,
                heads,
                score,
                standardError,
                examples,
                baselineExamples,
                baselinePerLabel,
                sharedExamples,
                truncated,
                labels,
                maxLength,
                seed,
                seconds,
                from,
                confidence,
                values,
                edges,
                prompt,
                binding);
    }

    /// The same scores without their duration and with the time `createdAt`, so that making a sample again gives the
    /// same file.
    public ScoreRecord timeless(String createdAt) {
        return new ScoreRecord(
                schemaVersion,
                method,
                stabilised,
                layers,
                heads,
                score,
                standardError,
                examples,
                baselineExamples,
                baselinePerLabel,
                sharedExamples,
                truncated,
                labels,
                maxLength,
                seed,
                0,
                provenance == null ? null : provenance.madeAt(createdAt),
                confidence,
                perExample,
                edges,
                prompt,
                binding);
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
        return new RelevanceScores(method, score, standardError, examples);
    }

    /// A measured number with six significant digits; NaN stays NaN. Single precision has no more.
    public static double rounded(double value) {
        return Double.isFinite(value) ? new BigDecimal(value).round(SIX_DIGITS).doubleValue() : Double.NaN;
    }

    private static boolean shaped(double[][] values, int rows, int columns) {
        if (values.length != rows || rows < 1 || columns < 1) {
            return false;
        }
        for (double[] row : values) {
            if (row == null || row.length != columns) {
                return false;
            }
        }
        return true;
    }
}

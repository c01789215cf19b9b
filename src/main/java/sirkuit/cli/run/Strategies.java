package sirkuit.cli.run;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.cli.shared.ModelShape;
import sirkuit.cli.shared.OptionRange;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskOrigin;
import sirkuit.mask.MaskStrategy;
import sirkuit.record.Baseline;
import sirkuit.record.DataFile;
import sirkuit.record.Replay;
import sirkuit.record.ScoreRecord;
import sirkuit.study.StudyStrategy;

/// Reads the names of a study's strategies: `full`, `norms`, `all-heads`, `biases`, `top-layers-N`, `top-K:SCORES`,
/// `near-zero-K:SCORES`, `random-K`, `mask:FILE`; each may be followed by `+replay-SHARE` and `+l2-sp-ALPHA`.
///
/// @param checkpoint       folder of the model
/// @param shape            of the model
/// @param scores           score files by the names that strategies use for them
/// @param sourceTrain      source texts for replay; null for none
/// @param norms            whether masked strategies train the norms too
/// @param learningRate     of masked strategies and of the biases
/// @param fullLearningRate of full fine-tuning and of the last layers
record Strategies(
        Path checkpoint,
        ModelShape shape,
        Map<String, Path> scores,
        @Nullable DataFile sourceTrain,
        boolean norms,
        double learningRate,
        double fullLearningRate) {
    Strategies(
            Path checkpoint,
            Map<String, Path> scores,
            @Nullable DataFile sourceTrain,
            boolean norms,
            double learningRate,
            double fullLearningRate) {
        this(checkpoint, ModelShape.of(checkpoint), scores, sourceTrain, norms, learningRate, fullLearningRate);
    }

    /// What may follow a name: `+replay-0.25`, `+l2-sp-0.01`.
    private static final Pattern KEEPING = Pattern.compile("(.+)\\+(replay|l2-sp)-([0-9][0-9.eE-]*)");

    private static final Pattern BY_SCORE =
            Pattern.compile("(" + MaskOrigin.TOP.word() + "|" + MaskOrigin.NEAR_ZERO.word() + ")-(\\d{1,6}):(.+)");
    private static final Pattern RANDOM = Pattern.compile(MaskOrigin.RANDOM.word() + "-(\\d{1,6})");

    /// @throws Problem when it is none of these, or selects more heads than there are
    StudyStrategy strategy(String word) {
        Double l2sp = null;
        Replay replay = null;
        String plain = word;
        String ending = "";
        for (Matcher m = KEEPING.matcher(plain); m.matches(); m = KEEPING.matcher(plain)) {
            double number = number(word, m.group(3));
            boolean replays = m.group(2).equals("replay");
            if (replays ? replay != null : l2sp != null) {
                throw Problem.of("cli.unknown-strategy", word);
            }
            if (replays) {
                replay = OptionRange.of(() -> new Replay(sourceTexts(word), number));
            } else {
                l2sp = number;
            }
            plain = m.group(1);
            ending = word.substring(plain.length());
        }
        StudyStrategy trained = plain(plain);
        return l2sp == null && replay == null ? trained : trained.keeping(trained.name() + ending, l2sp, replay);
    }

    private static double number(String word, String digits) {
        try {
            return Double.parseDouble(digits);
        } catch (NumberFormatException e) {
            throw Problem.of(e, "cli.unknown-strategy", word);
        }
    }

    private DataFile sourceTexts(String word) {
        if (sourceTrain == null) {
            throw Problem.of("cli.strategy-without-source", word);
        }
        return sourceTrain;
    }

    private StudyStrategy plain(String word) {
        Matcher byScore = BY_SCORE.matcher(word);
        if (byScore.matches()) {
            int k = Integer.parseInt(byScore.group(2));
            String name = byScore.group(3);
            MaskStrategy way = byScore.group(1).equals(MaskOrigin.TOP.word())
                    ? new MaskStrategy.TopK(k)
                    : new MaskStrategy.NearZero(k);
            Path file = scores(word, name);
            ScoreRecord record = ScoreRecord.read(file);
            record.requireShape(file, checkpoint, shape.layers(), shape.heads());
            return StudyStrategy.byScores(way, record.scores(), name, norms, learningRate);
        }
        Matcher random = RANDOM.matcher(word);
        if (random.matches()) {
            int k = Integer.parseInt(random.group(1));
            return StudyStrategy.random(k, shape.layers(), shape.heads(), norms, learningRate);
        }
        if (word.startsWith("mask:")) {
            Path file = Path.of(word.substring("mask:".length()));
            String name = String.valueOf(file.getFileName()).replaceFirst("\\.json$", "");
            return masked(name, shape.mask(file, checkpoint).mask());
        }
        Baseline baseline = Baseline.of(word).orElseThrow(() -> Problem.of("cli.unknown-strategy", word));
        return switch (baseline) {
            case FULL -> StudyStrategy.full(fullLearningRate);
            case NORMS -> StudyStrategy.norms(shape.layers(), shape.heads(), learningRate);
            case ALL_HEADS -> StudyStrategy.allHeads(shape.layers(), shape.heads(), norms, learningRate);
            case BIASES -> StudyStrategy.biases(learningRate);
            case TOP_LAYERS -> topLayers(Objects.requireNonNull(Baseline.layersOf(word), "matched"));
        };
    }

    private StudyStrategy topLayers(int count) {
        if (count > shape.layers()) {
            throw Problem.of("tuning.bad-layer-count", count, shape.layers());
        }
        return StudyStrategy.topLayers(count, fullLearningRate);
    }

    private StudyStrategy masked(String name, HeadMask mask) {
        return StudyStrategy.masked(name, mask, norms, learningRate);
    }

    private Path scores(String word, String name) {
        @Nullable Path file = scores.get(name);
        if (file == null) {
            throw Problem.of("cli.scores-not-named", word, name);
        }
        return file;
    }
}

package sirkuit.record;

import java.util.Arrays;
import java.util.List;

/// The default numbers. Window, command line, engine and report read them here.
///
/// Options need constant texts. So a number that people write differently from Java is a text here, and the number is
/// read from it.
public final class Defaults {
    /// Label-balanced texts for the mean baseline.
    public static final int BASELINE_EXAMPLES = 180;

    /// Label-balanced texts to score heads on, and to check a mask on.
    public static final int EXAMPLES = 120;

    public static final String CONFIDENCE_TEXT = "0.95";

    /// How certain it must be whether a head is among the k highest.
    public static final double CONFIDENCE = Double.parseDouble(CONFIDENCE_TEXT);

    /// Longest sequence in tokens.
    public static final int MAX_LENGTH = 64;

    public static final int EPOCHS = 10;

    public static final int BATCH_SIZE = 16;

    public static final int ACCUMULATE = 1;

    public static final String MASKED_RATE_TEXT = "1e-3";

    /// Peak learning rate of runs with a mask.
    public static final double MASKED_RATE = Double.parseDouble(MASKED_RATE_TEXT);

    public static final String FULL_RATE_TEXT = "2e-4";

    /// Peak learning rate of full fine-tuning.
    public static final double FULL_RATE = Double.parseDouble(FULL_RATE_TEXT);

    public static final String PROXY_RATE_TEXT = "5e-5";

    /// Peak learning rate of the full fine-tuning that makes a proxy from a base model.
    public static final double PROXY_RATE = Double.parseDouble(PROXY_RATE_TEXT);

    /// Epochs of it.
    public static final int PROXY_EPOCHS = 5;

    public static final String FULL_RATES_TEXT = "1e-5,2.7e-5,7.4e-5,2e-4";

    /// Learning rates that a study tries for full fine-tuning, evenly spaced in their logarithms.
    public static final List<Double> FULL_RATES = rates(FULL_RATES_TEXT);

    public static final String MASKED_RATES_TEXT = "2e-4,4.9e-4,1.2e-3,3e-3";

    /// The same for strategies with a mask.
    public static final List<Double> MASKED_RATES = rates(MASKED_RATES_TEXT);

    public static final String WEIGHT_DECAY_TEXT = "0.01";

    public static final double WEIGHT_DECAY = Double.parseDouble(WEIGHT_DECAY_TEXT);

    public static final String WARMUP_TEXT = "0.06";

    /// Share of the steps for the warm-up.
    public static final double WARMUP = Double.parseDouble(WARMUP_TEXT);

    public static final String CLIP_TEXT = "1.0";

    /// Largest global gradient norm.
    public static final double CLIP = Double.parseDouble(CLIP_TEXT);

    /// Seconds between resume points.
    public static final int SAVE_SECONDS = 30;

    /// The same for a proxy. A resume point of full fine-tuning has twelve bytes for each parameter.
    public static final int PROXY_SAVE_SECONDS = 300;

    /// Label-balanced texts for a quick look at all heads by gradient.
    public static final int PREVIEW_EXAMPLES = 60;

    /// Texts that are timed.
    public static final int BENCH_EXAMPLES = 96;

    /// How long each of them is made, in tokens.
    public static final int BENCH_TOKENS = 64;

    /// Seed of every draw: examples, random heads, the order of batches, dropout.
    public static final long SEED = 0;

    public static final String STUDY_SEEDS_TEXT = "0,1,2,3,4";

    /// Seeds of a study's runs.
    public static final List<Long> STUDY_SEEDS = seeds(STUDY_SEEDS_TEXT);

    /// Seeds that the window proposes for a study: fewer, as the computer is needed for other things too.
    public static final List<Long> WINDOW_STUDY_SEEDS = seeds("0,1,2");

    private Defaults() {}

    private static List<Long> seeds(String text) {
        return Arrays.stream(text.split(",")).map(Long::valueOf).toList();
    }

    private static List<Double> rates(String text) {
        return Arrays.stream(text.split(",")).map(Double::valueOf).toList();
    }

    /// Learning rates that a study tries by default, depending on what is trained.
    public static List<Double> rates(RunConfig.Trained what) {
        return wholeLayers(what) ? FULL_RATES : MASKED_RATES;
    }

    /// Default peak learning rate, depending on what is trained.
    public static double rate(RunConfig.Trained what) {
        return wholeLayers(what) ? FULL_RATE : MASKED_RATE;
    }

    /// Whole layers need smaller steps than some of their values.
    private static boolean wholeLayers(RunConfig.Trained what) {
        return what == RunConfig.Trained.FULL || what == RunConfig.Trained.TOP_LAYERS;
    }
}

package sirkuit.tuning;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;

/// Which weights a training ends with, and whether an evaluation ends it early. With patience or a valid split it keeps
/// the step with the best accuracy on the texts that choose; with a limit on forgetting, the last step within the
/// limit; with both, the best step within the limit; with neither, the last step.
final class EarlyStopping {
    /// In percentage points: exactly 5 lost points must not count as more than 5 because of rounding.
    private static final double ROUNDING = 1e-9;

    private final TuningSettings settings;
    private @Nullable Snapshot values;
    private @Nullable Evaluation sourceBefore;
    private @Nullable Measured kept;
    private int withoutGain;

    EarlyStopping(TuningSettings settings) {
        this.settings = settings;
    }

    /// Takes an evaluation.
    ///
    /// @param parameters with the values it was made with
    /// @return why to stop; null to continue
    @Nullable
    Message take(Measured now, TrainableParameters parameters) {
        if (sourceBefore == null) {
            sourceBefore = now.source();
        }
        Double lost = now.forgetting(sourceBefore);
        Double limit = settings.stopping().maxForgetting();
        if (limit != null && lost != null && lost > limit + ROUNDING && kept != null) {
            return Message.of(
                    "tuning.stopped-forgetting",
                    now.step(),
                    String.format(Locale.ROOT, "%.1f", lost),
                    limit,
                    kept.step());
        }
        boolean best = settings.stopping().keepBest();
        if (!best || kept == null || now.choosing().accuracy() > kept.choosing().accuracy()) {
            kept = now;
            withoutGain = 0;
            if (best || limit != null) {
                keep(parameters);
            }
            return null;
        }
        withoutGain++;
        int patience = settings.stopping().patience();
        return patience == 0 || withoutGain < patience
                ? null
                : Message.of("tuning.stopped-without-gain", now.step(), withoutGain, kept.step());
    }

    /// Replaces the values kept before.
    private void keep(TrainableParameters parameters) {
        if (values == null) {
            values = parameters.snapshot();
        } else {
            values.take();
        }
    }

    @Nullable
    Evaluation sourceBefore() {
        return sourceBefore;
    }

    /// The kept evaluation; null before the first.
    @Nullable
    Measured kept() {
        return kept;
    }

    int withoutGain() {
        return withoutGain;
    }

    /// The kept values; null if they are the current ones.
    @Nullable
    Snapshot values() {
        return values;
    }

    void goBack(TrainingState standing, @Nullable Snapshot then) {
        sourceBefore = standing.sourceBefore();
        kept = standing.kept();
        withoutGain = standing.withoutGain();
        if (values != null) {
            values.close();
        }
        values = then;
    }
}

package sirkuit.app.present;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;
import sirkuit.record.RunConfig;

/// The settings in which a full fine-tuning run differs from the run of some heads beside it. Such runs differ in more
/// than what was trained, so the page must say so.
final class OtherSettings {
    private OtherSettings() {}

    /// Each difference as people read it; empty if the settings are the same. The seed is left out, because it is
    /// not a setting.
    static List<String> of(RunConfig full, RunConfig masked) {
        RunConfig.Settings f = full.settings();
        RunConfig.Settings m = masked.settings();
        List<String> apart = new ArrayList<>();
        if (f.learningRate() != m.learningRate()) {
            apart.add(Words.of(
                    "present.forgetting.rate", Numbers.plain(f.learningRate()), Numbers.plain(m.learningRate())));
        }
        if (f.epochs() != m.epochs()) {
            apart.add(Words.of("present.forgetting.epochs", f.epochs() + "", m.epochs() + ""));
        }
        if (f.batchSize() * f.accumulate() != m.batchSize() * m.accumulate()) {
            apart.add(Words.of(
                    "present.forgetting.batch",
                    f.batchSize() * f.accumulate() + "",
                    m.batchSize() * m.accumulate() + ""));
        }
        if (f.examples() != m.examples()) {
            apart.add(Words.of("present.forgetting.examples", examples(f), examples(m)));
        }
        if (!rest(f).equals(rest(m)) || !course(full).equals(course(masked))) {
            apart.add(Words.of("present.forgetting.rest"));
        }
        return apart;
    }

    private static String examples(RunConfig.Settings s) {
        return s.examples() == 0 ? Words.of("present.forgetting.examples.all") : Numbers.count(s.examples());
    }

    /// Settings that are rarely changed and are not listed one by one.
    private static RunConfig.Settings rest(RunConfig.Settings s) {
        return new RunConfig.Settings(
                new RunConfig.Batches(1, 1, 1),
                s.optimizer().at(1),
                s.dropout(),
                s.patience() == 0 ? 0 : s.evaluateEvery(),
                s.patience(),
                0,
                s.maxLength(),
                0);
    }

    private static List<Object> course(RunConfig run) {
        RunConfig.Course course = run.course();
        return List.of(
                course.schedule(), Objects.requireNonNullElse(course.maxForgetting(), Double.NaN), course.bucketed());
    }
}

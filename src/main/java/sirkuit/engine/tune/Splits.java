package sirkuit.engine.tune;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.dataset.BalancedSample;
import sirkuit.dataset.Dataset;
import sirkuit.record.RunConfig;

/// Which of the training texts a run trains on, and which of them it keeps aside to choose the kept step
/// (`shared/spec/ct-sft.md`, section 9).
///
/// @param train indices of the texts to train on; null for all
/// @param aside indices of the texts that are kept aside; null for none
/// @param notes what to know about the splits
record Splits(@Nullable List<Integer> train, @Nullable List<Integer> aside, List<Message> notes) {
    /// @param all   all training texts
    /// @param valid the file of the valid split; null for none
    /// @param test  the reported target texts
    /// @throws Problem when the valid split is the reported texts, or too few texts are left to keep some aside
    static Splits of(RunConfig config, Dataset all, @Nullable Dataset valid, Dataset test) {
        RunConfig.Settings s = config.settings();
        Double share = config.data().validShare();
        if (share != null) {
            return keepingAside(all, s.examples() > 0 ? s.examples() : all.size(), s.seed(), share);
        }
        return new Splits(
                s.examples() > 0 ? BalancedSample.draw(all, s.examples(), s.seed()) : null,
                null,
                valid == null ? List.of() : inBoth(valid, test));
    }

    /// The few-shot sample is drawn first: what is kept aside counts among the texts that one has. Any first part of
    /// the sample is balanced.
    private static Splits keepingAside(Dataset all, int examples, long seed, double share) {
        List<Integer> used = BalancedSample.draw(all, examples, seed);
        int classes = all.labels().size();
        int count = (int) Math.round(share * used.size());
        if (count < classes || used.size() - count < classes) {
            throw Problem.of("engine.tune.too-few-to-keep-aside", used.size(), all.file(), classes);
        }
        List<Integer> rest = used.subList(count, used.size()).stream().sorted().toList();
        Message note = Message.of("engine.tune.kept-aside", count, used.size(), all.file(), seed);
        return new Splits(rest, used.subList(0, count), List.of(note));
    }

    private static List<Message> inBoth(Dataset valid, Dataset test) {
        int both = valid.overlap(test);
        if (both == valid.size()) {
            throw Problem.of("engine.tune.valid-is-test", valid.file(), test.file());
        }
        return both == 0
                ? List.of()
                : List.of(Message.of("engine.tune.valid-in-test", both, valid.size(), valid.file(), test.file()));
    }
}

package sirkuit.engine.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import sirkuit.Message;
import sirkuit.dataset.Dataset;
import sirkuit.record.RunConfig;
import sirkuit.tuning.MaskedTuning;

/// What to know about source texts that a run learns again.
final class Replayed {
    private Replayed() {}

    /// @param texts the source texts
    /// @param sets  all texts, by what for
    /// @throws sirkuit.Problem when the share of a step is none of its texts or all of them
    static List<Message> notes(
            RunConfig.Batches batches, MaskedTuning.Replay replay, Dataset texts, Map<String, Dataset> sets) {
        int all = batches.batchSize() * batches.accumulate();
        List<Message> notes = new ArrayList<>();
        notes.add(Message.of("engine.tune.replayed", replay.ofEach(all), all, texts.size(), texts.file()));
        sets.forEach((role, data) -> {
            boolean learnt = role.equals("train") || role.equals(RunConfig.REPLAY);
            int both = learnt ? 0 : data.overlap(texts);
            if (both > 0) {
                notes.add(Message.of("engine.tune.texts-in-both", both, data.size(), data.file(), texts.file()));
            }
        });
        return List.copyOf(notes);
    }
}

package sirkuit.sample;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.mask.HeadMask;
import sirkuit.presentation.ForgettingComparison;
import sirkuit.presentation.GivenText;
import sirkuit.presentation.GlossedText;
import sirkuit.presentation.PredictedRows;
import sirkuit.presentation.Rehearsed;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.run.RunFolder;

/// Computes the answers for a presentation of the sample in advance, in case the engine does not start there.
record SampleRehearsal(SampleFiles files, SampleMaker.Engine engine) {
    private static final int CANDIDATES = 60;

    /// Saves the answers, and the sentences to pick from. These are sentences that the model gets right; those whose
    /// answer changes without the mask's heads come first.
    ///
    /// @param full   the finished run of full fine-tuning
    /// @param masked that of the mask
    void write(Project project, HeadMask top, RunFolder full, RunFolder masked) {
        DataFile test = files.data(files.recipe().source(), "test");
        List<Asked> shown = shown(GivenText.readable(GlossedText.read(test, Integer.MAX_VALUE)).stream()
                .limit(CANDIDATES)
                .map(text -> asked(text, top))
                .toList());
        Map<String, Map<String, double[]>> answers = new LinkedHashMap<>();
        answers.put(Rehearsed.key(null), answers(shown, Asked::whole));
        answers.put(Rehearsed.key(top), answers(shown, Asked::without));
        ForgettingComparison kept = ForgettingComparison.of(
                full.id(),
                masked.id(),
                verdicts(files.checkpoint(), test),
                verdicts(full.adapted(), test),
                verdicts(masked.adapted(), test));
        AtomicFile.write(
                files.folder().resolve(Rehearsed.NAME),
                Json.pretty(new Rehearsed(
                        Rehearsed.VERSION,
                        project.file().checkpoint(),
                        shown.getFirst().whole.labels(),
                        answers,
                        kept)));
        Map<String, Object> stage = new LinkedHashMap<>();
        stage.put("schemaVersion", 1);
        stage.put("examples", shown.stream().map(a -> a.given.shown()).toList());
        AtomicFile.write(files.folder().resolve("present.json"), Json.pretty(stage));
    }

    /// @param whole   the answer with all heads
    /// @param without the answer without the mask's heads
    private record Asked(GivenText given, String label, Event.Explained whole, Event.Explained without) {
        boolean right() {
            return whole.labels().get(whole.predicted()).equals(label);
        }

        boolean changes() {
            return whole.predicted() != without.predicted();
        }
    }

    private Asked asked(GlossedText text, HeadMask top) {
        Request.WhatIf off = new Request.WhatIf(
                files.model(files.checkpoint()),
                text.text(),
                text.pair(),
                files.data(files.recipe().source(), "train"),
                null,
                null,
                List.copyOf(top.selected()),
                false);
        Request.Explain plain = new Request.Explain(off.model(), off.text(), off.pair(), null, null, null);
        return new Asked(
                new GivenText(text.text(), text.pair()),
                text.label(),
                engine.only(plain, Event.Explained.class),
                engine.only(off, Event.Explained.class));
    }

    /// One example of each label, and one more.
    private static List<Asked> shown(List<Asked> all) {
        List<Asked> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing((Asked a) -> !a.right()).thenComparing(a -> !a.changes()));
        Set<Asked> shown = new LinkedHashSet<>();
        Set<String> labels = new HashSet<>();
        sorted.stream().filter(a -> labels.add(a.label)).forEach(shown::add);
        sorted.stream().filter(a -> !shown.contains(a)).limit(1).forEach(shown::add);
        return List.copyOf(shown);
    }

    private static Map<String, double[]> answers(List<Asked> shown, Function<Asked, Event.Explained> of) {
        Map<String, double[]> answers = new LinkedHashMap<>();
        shown.forEach(a -> answers.put(a.given.shown(), of.apply(a).probabilities()));
        return answers;
    }

    private PredictedRows verdicts(Path checkpoint, DataFile data) {
        PredictedRows rows = new PredictedRows();
        engine.ask(new Request.Predict(files.model(checkpoint), data, 0), Event.Predicted.class, rows::hear);
        return rows;
    }
}

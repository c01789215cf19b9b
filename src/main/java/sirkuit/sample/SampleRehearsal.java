package sirkuit.sample;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    /// Saves the answers to the sentences among which the presentation finds striking ones.
    ///
    /// @param full   the finished run of full fine-tuning
    /// @param masked that of the mask
    void write(Project project, HeadMask top, RunFolder full, RunFolder masked) {
        DataFile test = files.data(files.recipe().source(), "test");
        List<Asked> shown = GivenText.candidates(GlossedText.read(test, Integer.MAX_VALUE, GlossedText.COLUMN)).stream()
                .map(text -> asked(text, top))
                .toList();
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
                        kept,
                        null)));
    }

    /// @param whole   the answer with all heads
    /// @param without the answer without the mask's heads
    private record Asked(GivenText given, Event.Explained whole, Event.Explained without) {}

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
                engine.only(plain, Event.Explained.class),
                engine.only(off, Event.Explained.class));
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

package sirkuit.engine.work;

import java.util.List;
import sirkuit.Message;
import sirkuit.dataset.ClassBinding;
import sirkuit.dataset.Dataset;
import sirkuit.protocol.Event;
import sirkuit.protocol.Quality;
import sirkuit.record.DataFile;
import sirkuit.record.LabelBinding;
import sirkuit.tuning.Evaluation;

/// What all requests that measure on a data file share.
public final class Measuring {
    private Measuring() {}

    /// Opens a file, and reports the classes of its labels.
    public static Dataset data(Models.Loaded loaded, DataFile file, Work work) {
        Dataset data = loaded.data(file);
        work.tell(new Event.Bound(Event.Bound.DATA, file.file(), LabelBinding.of(data.binding(), false)));
        data.notes().forEach(note -> work.tell(Event.Noted.of(note)));
        ClassBinding.notes(List.of(data.binding())).forEach(note -> work.tell(Event.Noted.of(note)));
        return data;
    }

    /// Notes it if the answers suggest that the labels mean other classes.
    public static void noteDoubt(Dataset data, Evaluation evaluation, Work work) {
        Message doubt = data.binding().doubt(evaluation.confusion());
        if (doubt != null) {
            work.tell(Event.Noted.of(doubt));
        }
    }

    /// The note on texts that were cut at the length limit: whether the limit can be raised, and how far.
    ///
    /// @param cut how many of them
    public static Message cut(Models.Loaded loaded, int cut, int of) {
        int limit = loaded.tokenizer().maxLength();
        int most = loaded.model().spec().maxPositions();
        return limit < most
                ? Message.of("engine.work.texts-cut", cut, of, limit, most)
                : Message.of("engine.work.texts-cut-by-checkpoint", cut, of, limit);
    }

    public static Quality quality(Evaluation e) {
        return new Quality(e.examples(), e.accuracy(), e.macroF1(), e.loss(), e.confusion());
    }
}

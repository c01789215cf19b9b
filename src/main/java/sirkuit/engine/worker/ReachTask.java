package sirkuit.engine.worker;

import java.util.List;
import sirkuit.dataset.BalancedSample;
import sirkuit.dataset.Dataset;
import sirkuit.engine.work.Models;
import sirkuit.engine.work.Work;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.protocol.Stage;
import sirkuit.relevance.AttentionPattern;

/// How far away a head looks, averaged over some texts.
record ReachTask(Models models) {
    private static final int FARTHEST = 8;

    void run(Request.Reach request, Work work) {
        Models.Loaded loaded = models.open(request.model());
        Dataset data = loaded.data(request.data());
        List<Dataset.Example> texts = data.select(BalancedSample.draw(data, request.examples(), 0));
        double[] shares = new double[2 * FARTHEST + 1];
        double special = 0;
        int counted = 0;
        for (Dataset.Example text : texts) {
            boolean[] own = own(loaded, text);
            float[][] pattern =
                    AttentionPattern.of(loaded.model(), loaded.tokens(List.of(text)), request.head(), work::stopPoint);
            double[] one = new double[shares.length];
            double special1 = 0;
            int readers = 0;
            for (int t = 0; t < pattern.length; t++) {
                if (!own[t]) {
                    continue;
                }
                readers++;
                for (int s = 0; s < pattern.length; s++) {
                    if (own[s]) {
                        one[FARTHEST + Math.clamp(s - t, -FARTHEST, FARTHEST)] += pattern[t][s];
                    } else {
                        special1 += pattern[t][s];
                    }
                }
            }
            if (readers > 0) {
                counted++;
                special += special1 / readers;
                for (int i = 0; i < one.length; i++) {
                    shares[i] += one[i] / readers;
                }
            }
            work.tell(new Event.Progress(Stage.READING, request.head().toString(), counted, texts.size()));
        }
        for (int i = 0; i < shares.length && counted > 0; i++) {
            shares[i] /= counted;
        }
        work.tell(new Event.Reached(shares, FARTHEST, counted == 0 ? 0 : special / counted, counted));
    }

    /// Which tokens represent characters of the text.
    private static boolean[] own(Models.Loaded loaded, Dataset.Example text) {
        var pieces = loaded.reading().pieces(text);
        boolean[] own = new boolean[pieces.size()];
        for (int i = 0; i < own.length; i++) {
            own[i] = pieces.get(i).start() >= 0;
        }
        return own;
    }
}

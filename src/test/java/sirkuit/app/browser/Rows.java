package sirkuit.app.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import sirkuit.protocol.Event;

/// Rows as the engine tells them.
final class Rows {
    static final List<String> LABELS = List.of("negative", "neutral", "positive");

    private Rows() {}

    /// @param sure probability of the predicted class
    static Event.Predicted.Row row(String text, int label, int predicted, double sure) {
        float[] probabilities = new float[3];
        for (int c = 0; c < 3; c++) {
            probabilities[c] = (float) (c == predicted ? sure : (1 - sure) / 2);
        }
        return new Event.Predicted.Row(text, null, label, null, predicted, probabilities);
    }

    static Event.Predicted.Row in(String language, Event.Predicted.Row row) {
        return new Event.Predicted.Row(
                row.text(), row.pair(), row.label(), language, row.predicted(), row.probabilities());
    }

    static Event.Predicted part(int from, int of, Event.Predicted.Row... rows) {
        return new Event.Predicted(from, of, LABELS, List.of(rows));
    }

    static Predictions store(Event.Predicted.Row... rows) {
        Predictions store = new Predictions(LABELS, rows.length);
        store.add(part(0, rows.length, rows));
        return store;
    }

    /// Many rows of made-up words, in parts as the engine sends them.
    static Predictions many(int count, long seed) {
        Random random = new Random(seed);
        Predictions store = new Predictions(LABELS, count);
        for (int from = 0; from < count; from += 512) {
            List<Event.Predicted.Row> rows = new ArrayList<>();
            List<Event.Predicted.Row> before = new ArrayList<>();
            for (int i = from; i < Math.min(count, from + 512); i++) {
                String text = words(random);
                int label = random.nextInt(3);
                rows.add(in(i % 3 == 0 ? "id" : "min", row(text, label, random.nextInt(3), random.nextDouble(0.4, 1))));
                before.add(row(text, label, random.nextInt(3), random.nextDouble(0.4, 1)));
            }
            store.add(new Event.Predicted(from, count, LABELS, rows));
            store.addBefore(new Event.Predicted(from, count, LABELS, before));
        }
        return store;
    }

    private static String words(Random random) {
        StringBuilder text = new StringBuilder();
        for (int w = random.nextInt(8, 30); w > 0; w--) {
            for (int c = random.nextInt(2, 9); c > 0; c--) {
                text.append((char) ('a' + random.nextInt(26)));
            }
            text.append(' ');
        }
        return text.toString();
    }
}

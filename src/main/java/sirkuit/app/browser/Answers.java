package sirkuit.app.browser;

import java.util.Arrays;
import sirkuit.protocol.Event;

/// One checkpoint's predictions for each row.
final class Answers {
    private static final int BEGIN = 1024;

    private final int classes;
    private short[] predicted = new short[BEGIN];
    private float[] probabilities;
    private int size;

    Answers(int classes) {
        this.classes = classes;
        probabilities = new float[BEGIN * classes];
    }

    int size() {
        return size;
    }

    void add(Event.Predicted.Row row) {
        if (size == predicted.length) {
            predicted = Arrays.copyOf(predicted, 2 * size);
            probabilities = Arrays.copyOf(probabilities, 2 * size * classes);
        }
        predicted[size] = (short) row.predicted();
        System.arraycopy(row.probabilities(), 0, probabilities, size * classes, classes);
        size++;
    }

    /// Index of the most probable class.
    int predicted(int row) {
        return predicted[row];
    }

    /// Probability of that class, 0 to 1.
    float confidence(int row) {
        return probabilities[row * classes + predicted[row]];
    }

    /// Of each class, 0 to 1.
    float[] probabilities(int row) {
        return Arrays.copyOfRange(probabilities, row * classes, (row + 1) * classes);
    }
}

package sirkuit.app.runs;

import java.util.Arrays;
import sirkuit.protocol.Event;

/// Loss and learning rate of every optimizer step, twelve bytes per step: an hour at fifty steps a second is two
/// megabytes.
public final class LossHistory {
    /// About how many steps the smoothed line averages over.
    public static final int SPAN = 20;

    private int[] steps = new int[64];
    private float[] losses = new float[64];
    private float[] rates = new float[64];
    private int size;

    /// Adds a step from an event. A resumed run reports the steps after its resume point again.
    void take(Event event) {
        switch (event) {
            case Event.Stepped s -> add(s);
            case Event.Resumed r -> forgetFrom(r.step() + 1);
            default -> {}
        }
    }

    /// Adds a step and discards what was known about it and later ones.
    void add(Event.Stepped s) {
        forgetFrom(s.step());
        if (size == steps.length) {
            steps = Arrays.copyOf(steps, 2 * size);
            losses = Arrays.copyOf(losses, 2 * size);
            rates = Arrays.copyOf(rates, 2 * size);
        }
        steps[size] = s.step();
        losses[size] = (float) s.loss();
        rates[size] = (float) s.learningRate();
        size++;
    }

    /// Discards that step and all later ones.
    void forgetFrom(int step) {
        while (size > 0 && steps[size - 1] >= step) {
            size--;
        }
    }

    public int size() {
        return size;
    }

    /// The last reported step; 0 before the first.
    public int last() {
        return size == 0 ? 0 : steps[size - 1];
    }

    /// Index of a step, or of the nearest one before it; -1 when there is none.
    public int index(int step) {
        int at = Arrays.binarySearch(steps, 0, size, step);
        return at >= 0 ? at : -at - 2;
    }

    public int step(int index) {
        return steps[index];
    }

    public float loss(int index) {
        return losses[index];
    }

    public float rate(int index) {
        return rates[index];
    }

    /// The loss to draw: [0] steps, [1] losses. If there are more than `most` steps, the lowest and highest loss of
    /// each section are kept, so that no spike is lost.
    public double[][] drawnLoss(int most) {
        return thinned(losses, most);
    }

    /// The same for the learning rate.
    public double[][] drawnRate(int most) {
        return thinned(rates, most);
    }

    /// The same for the loss as an exponential mean over about [#SPAN] steps, without bias at the start.
    public double[][] drawnSmooth(int most) {
        float[] smooth = new float[size];
        double keep = 1 - 2.0 / (SPAN + 1);
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < size; i++) {
            if (Float.isFinite(losses[i])) {
                sum = keep * sum + (1 - keep) * losses[i];
                weight = keep * weight + (1 - keep);
            }
            smooth[i] = weight == 0 ? Float.NaN : (float) (sum / weight);
        }
        return thinned(smooth, most);
    }

    private double[][] thinned(float[] values, int most) {
        if (size <= most) {
            double[][] all = new double[2][size];
            for (int i = 0; i < size; i++) {
                all[0][i] = steps[i];
                all[1][i] = values[i];
            }
            return all;
        }
        int stretches = Math.max(1, most / 2);
        double[][] drawn = new double[2][2 * stretches];
        for (int b = 0; b < stretches; b++) {
            int from = (int) ((long) b * size / stretches);
            int to = (int) ((long) (b + 1) * size / stretches);
            int low = from;
            int high = from;
            for (int i = from + 1; i < to; i++) {
                low = values[i] < values[low] ? i : low;
                high = values[i] > values[high] ? i : high;
            }
            put(drawn, 2 * b, Math.min(low, high), values);
            put(drawn, 2 * b + 1, Math.max(low, high), values);
        }
        return drawn;
    }

    private void put(double[][] drawn, int at, int index, float[] values) {
        drawn[0][at] = steps[index];
        drawn[1][at] = values[index];
    }
}

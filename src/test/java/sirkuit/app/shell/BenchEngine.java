package sirkuit.app.shell;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import sirkuit.app.work.Engine;
import sirkuit.mask.ScoreMethod;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.ScoreRecord;

/// Answers what a window asks by itself at once, with numbers by chance, so that only the window's own work is timed.
/// Runs are told by whoever times them.
final class BenchEngine implements Engine {
    private static final int SCORINGS = 10;

    private final int layers;
    private final int heads;
    private final Random random = new Random(1);
    private final ConcurrentLinkedDeque<Consumer<Event>> runs = new ConcurrentLinkedDeque<>();

    BenchEngine(int layers, int heads) {
        this.layers = layers;
        this.heads = heads;
    }

    /// Who hears of the run that was started last; null before it was.
    Consumer<Event> run() {
        return runs.pollLast();
    }

    @Override
    public void start() {}

    @Override
    public Runnable submit(Request request, Consumer<Event> listener) {
        List<Event> answer =
                switch (request) {
                    case Request.Inspect i ->
                        List.of(
                                new Event.Inspected(
                                        i.checkpoint(),
                                        "llama",
                                        "LlamaForSequenceClassification",
                                        new Event.Inspected.Shape(layers, heads, 8192, 128),
                                        new Event.Inspected.Counts(70_000_000_000L, 4_194_304L, 1_318_912L),
                                        List.of("negative", "neutral", "positive"),
                                        4096,
                                        32_000,
                                        "BF16"),
                                new Event.Finished(0.1));
                    case Request.Describe d ->
                        List.of(
                                new Event.Described(
                                        d.data().file(),
                                        500,
                                        List.of("negative", "neutral", "positive"),
                                        new int[] {200, 100, 200},
                                        24,
                                        0,
                                        0,
                                        Map.of(),
                                        List.of(new Event.Described.Row("a text", null, "neutral"))),
                                new Event.Finished(0.1));
                    case Request.Faithfulness f -> List.of(judged(f.mask().size()), new Event.Finished(0.1));
                    case Request.Score s -> scores(s.method());
                    case Request.Tune t -> {
                        runs.add(listener);
                        yield List.of();
                    }
                    default -> List.of(new Event.Cancelled());
                };
        for (Event event : answer) {
            BenchFrames.later(() -> listener.accept(event));
        }
        return () -> {};
    }

    private List<Event> scores(ScoreMethod method) {
        Event[] all = new Event[SCORINGS + 2];
        for (int i = 0; i < SCORINGS; i++) {
            all[i] = new Event.Scoring(method, numbers(), numbers(), 12 * (i + 1), 120);
        }
        all[SCORINGS] = new Event.Scored(record(method));
        all[SCORINGS + 1] = new Event.Finished(1);
        return Arrays.asList(all);
    }

    private ScoreRecord record(ScoreMethod method) {
        return BenchProject.record(method, layers, heads, 0, false, random);
    }

    private double[][] numbers() {
        return BenchProject.numbers(layers, heads, random);
    }

    private static Event judged(int heads) {
        Event.Judged.JudgedAccuracy kept = new Event.Judged.JudgedAccuracy(120, 0.75, 0.66, 0.82, 1.2, 0.1);
        return new Event.Judged(
                heads,
                List.of(new Event.Judged.JudgedSet(
                        "not in the baseline", kept, kept, kept, List.of(kept), List.of(kept))),
                List.of());
    }

    @Override
    public void detach() {}

    @Override
    public void close() {}
}

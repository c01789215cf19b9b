package sirkuit.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.RunConfig;
import sirkuit.transformer.TransformerSpec;
import sirkuit.transformer.family.Families;

/// Times how soon a sentence is answered, first by an idle engine and then beside a run that trains a quarter of the
/// heads. Not a test: run it by hand.
///
/// Arguments: folder of a checkpoint, training texts, another sentence for each question.
final class QuestionBench {
    private static final int LENGTH = 64;
    private static final int BATCH = 16;

    private QuestionBench() {}

    @SuppressWarnings("SystemOut") // what it is for
    public static void main(String[] args) throws Exception {
        String checkpoint = args[0];
        TransformerSpec spec = Families.spec(Checkpoint.open(Path.of(checkpoint)));
        List<String> sentences = List.of(args).subList(2, args.length);
        Path folder = Files.createTempDirectory("question-bench");
        try (EngineClient engine =
                new EngineClient(EngineCommand.ofThisProgram("cpu", OptionalInt.empty()), Runnable::run, state -> {})) {
            Request.Model model = new Request.Model(checkpoint, null, LENGTH);
            ask(engine, model, sentences.getFirst()); // loads the checkpoint
            System.out.println("idle: " + times(engine, model, sentences));
            BlockingQueue<Event> steps = new LinkedBlockingQueue<>();
            EngineClient.Ticket run = engine.submit(
                    new Request.Tune(
                            config(spec, checkpoint, args[1]),
                            folder.resolve("run").toString()),
                    event -> {
                        if (event instanceof Event.Stepped || event.isLast()) {
                            steps.add(event);
                        }
                    });
            if (steps.take() instanceof Event.Stepped && steps.take() instanceof Event.Stepped) {
                System.out.println("beside a run: " + times(engine, model, sentences));
            } else {
                System.out.println("the run ended early");
            }
            run.cancel();
        }
    }

    private static String times(EngineClient engine, Request.Model model, List<String> sentences) throws Exception {
        List<Double> seconds = new ArrayList<>();
        for (String sentence : sentences) {
            seconds.add(ask(engine, model, sentence));
            Thread.sleep(700); // so that the questions meet the steps at different places
        }
        List<Double> sorted = seconds.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "%d answers, median %.2f s, longest %.2f s",
                sorted.size(),
                sorted.get(sorted.size() / 2),
                sorted.getLast());
    }

    private static double ask(EngineClient engine, Request.Model model, String sentence) throws InterruptedException {
        BlockingQueue<Event> last = new LinkedBlockingQueue<>();
        long start = System.nanoTime();
        engine.submit(new Request.Explain(model, sentence, null, null, null, "sentence"), event -> {
            if (event.isLast() || event instanceof Event.Explained) {
                last.add(event);
            }
        });
        Event answer = last.take();
        if (!(answer instanceof Event.Explained)) {
            throw new IllegalStateException(answer.toString());
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static RunConfig config(TransformerSpec spec, String checkpoint, String train) {
        List<Head> quarter = IntStream.range(0, spec.layers())
                .boxed()
                .flatMap(l -> IntStream.range(0, spec.heads() / 4).mapToObj(h -> new Head(l, h)))
                .toList();
        HeadMask mask = new HeadMask(spec.layers(), spec.heads(), quarter, "a quarter");
        DataFile texts = new DataFile(train);
        RunConfig.Settings d = RunConfig.Settings.DEFAULT;
        return new RunConfig(
                RunConfig.VERSION,
                "run",
                checkpoint,
                null,
                RunConfig.Parameters.of(mask),
                new RunConfig.Data(texts, texts, null, Map.of()),
                new RunConfig.Settings(
                        new RunConfig.Batches(1, BATCH, 1), d.optimizer(), null, 0, 0, BATCH * 40, LENGTH, 0));
    }
}

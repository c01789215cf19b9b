package sirkuit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.device.Backend;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.ScoreMethod;
import sirkuit.relevance.RelevanceScoring;
import sirkuit.relevance.baseline.MeanActivation;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.family.Families;
import sirkuit.tuning.MaskedTuning;
import sirkuit.tuning.Measured;
import sirkuit.tuning.Schedule;
import sirkuit.tuning.TrainableParameters;
import sirkuit.tuning.TuningSettings;

/// Repeats each kind of work and prints by how many kB this process grew and how many arrays it left behind. A process
/// of its own, with a small heap touched from the start, so that what grows is native.
public final class MemoryProbe {
    private MemoryProbe() {}

    /// @param args folder, then kinds of work with their repetitions, such as `cdt=300`
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Checkpoint checkpoint = Checkpoint.open(TinyCheckpoint.write(folder.resolve("model"), 3));
        try (ProxyModel model = Families.load(checkpoint, List.of(), Backend.start("cpu", 2))) {
            LabelledTokens texts = texts(model, folder.resolve("texts.csv"));
            MeanActivation mean = MeanActivation.over(model, texts, () -> {});
            for (String word : List.of(args).subList(1, args.length)) {
                String kind = word.substring(0, word.indexOf('='));
                Runnable work = work(kind, model, mean, texts);
                int times = Integer.parseInt(word.substring(kind.length() + 1));
                repeat(work, times / 2); // until everything is compiled
                int arrays = model.manager().getManagedArrays().size();
                long before = residentKilobytes();
                repeat(work, times);
                System.out.println(kind + " " + (residentKilobytes() - before) + " "
                        + (model.manager().getManagedArrays().size() - arrays));
            }
        }
    }

    private static void repeat(Runnable work, int times) {
        for (int i = 0; i < times; i++) {
            work.run();
        }
    }

    private static LabelledTokens texts(ProxyModel model, Path csv) {
        return TinyCheckpoint.tokens(model, TinyCheckpoint.writeTexts(csv, 6, 4));
    }

    private static Runnable work(String kind, ProxyModel model, MeanActivation mean, LabelledTokens texts) {
        return switch (kind) {
            case "cdt" -> () -> score(model, mean, texts, ScoreMethod.CDT, false, () -> {});
            case "stabilised" -> () -> score(model, mean, texts, ScoreMethod.CDT, true, () -> {});
            case "gradient" -> () -> score(model, mean, texts, ScoreMethod.GRADIENT, false, () -> {});
            case "ablation" -> () -> score(model, mean, texts, ScoreMethod.ABLATION, false, () -> {});
            case "mean" -> () -> MeanActivation.over(model, texts, () -> {});
            case "training" -> () -> train(model, texts, () -> {});
            case "cancelled" ->
                () -> {
                    for (ScoreMethod method : List.of(ScoreMethod.CDT, ScoreMethod.GRADIENT, ScoreMethod.ABLATION)) {
                        cancelled(stop -> score(model, mean, texts, method, false, stop));
                    }
                    cancelled(stop -> train(model, texts, stop));
                };
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static void score(
            ProxyModel model,
            MeanActivation mean,
            LabelledTokens texts,
            ScoreMethod method,
            boolean stabilised,
            Runnable stop) {
        List<Head> all = List.copyOf(
                HeadMask.all(model.spec().layers(), model.spec().heads()).selected());
        new RelevanceScoring(method, stabilised, all, 0).score(model, mean, texts, (s, done, of) -> {}, stop);
    }

    private static void train(ProxyModel model, LabelledTokens texts, Runnable stop) {
        HeadMask mask = HeadMask.all(model.spec().layers(), model.spec().heads());
        try (TrainableParameters p = TrainableParameters.masked(model, mask, true, true)) {
            TuningSettings settings = new TuningSettings(
                    new TuningSettings.Batches(1, 3, 1, false),
                    new TuningSettings.Optimizer(1e-3, 0.01, 0, 1, Schedule.Kind.LINEAR),
                    new TuningSettings.Stopping(0, 1, null),
                    null,
                    0,
                    false);
            new MaskedTuning(model, p, settings, new MaskedTuning.Data(texts, texts, texts), new Silent(), stop).run();
        }
    }

    private static void cancelled(java.util.function.Consumer<Runnable> work) {
        int[] calls = {0};
        try {
            work.accept(() -> {
                if (++calls[0] == 4) {
                    throw new CancellationException();
                }
            });
            throw new AssertionError("not cancelled");
        } catch (CancellationException e) {
            // as it should be
        }
    }

    private static long residentKilobytes() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(l -> l.startsWith("VmRSS"))
                .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static final class Silent implements MaskedTuning.Listener {
        @Override
        public void started(int steps) {}

        @Override
        public void stepped(int step, double epoch, double loss, double rate, double norm, double tokensPerSecond) {}

        @Override
        public void evaluated(double epoch, Measured measured, @Nullable Double forgetting) {}
    }
}

package sirkuit.cli.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sirkuit.Json;
import sirkuit.Printable;
import sirkuit.cli.shared.CommandEngine;
import sirkuit.cli.shared.Options;
import sirkuit.cli.shared.OutFile;
import sirkuit.engine.PredictionsCsv;
import sirkuit.protocol.Event;
import sirkuit.protocol.Quality;
import sirkuit.protocol.Request;
import sirkuit.record.LabelBinding;

/// `sirkuit evaluate`.
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Accuracy, macro-F1, per-class precision and recall, confusion matrix.",
        footer = {"", "Example: sirkuit evaluate --checkpoint DIR --data test.csv"})
public final class EvaluateCommand implements Callable<Integer> {
    @Mixin
    Options.Task task = new Options.Task();

    @Option(
            names = "--predictions",
            paramLabel = "FILE.csv",
            description = "Also write each text with its label, the predicted class and all probabilities. With -,"
                    + " only these go to standard output.")
    @Nullable
    Path predictions;

    @Mixin
    Options.Running running = new Options.Running();

    private @Nullable LabelBinding binding;

    @Override
    public Integer call() {
        OutFile.requireWritable(predictions);
        try (CommandEngine engine = running.start()) {
            if (predictions == null) {
                engine.run(new Request.Evaluate(task.model(), task.texts()), event -> {
                    take(event);
                    if (event instanceof Event.Measured m) {
                        print(m);
                    }
                });
            } else {
                OutFile.write(predictions, out -> predict(engine, out));
            }
        }
        return 0;
    }

    /// Evaluates and predicts in one pass. The file appears once all rows are written.
    private void predict(CommandEngine engine, OutputStream out) throws IOException {
        List<PredictionsCsv> file = new ArrayList<>();
        List<Event.Measured> measured = new ArrayList<>();
        try {
            engine.run(new Request.Predict(task.model(), task.texts(), 0), event -> {
                take(event);
                if (event instanceof Event.Predicted p) {
                    if (file.isEmpty()) {
                        file.add(new PredictionsCsv(out, p.labels()));
                    }
                    for (int i = 0; i < p.rows().size(); i++) {
                        file.getFirst().write(p.from() + i, p.rows().get(i), null);
                    }
                } else if (event instanceof Event.Measured m) {
                    measured.add(m);
                }
            });
            for (PredictionsCsv csv : file) {
                csv.flush();
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (!OutFile.standard(predictions)) {
            measured.forEach(this::print);
        }
    }

    private void take(Event event) {
        if (event instanceof Event.Bound bound) {
            binding = bound.binding();
        }
    }

    private void print(Event.Measured m) {
        if (running.json()) {
            ObjectNode node = Json.MAPPER.valueToTree(m.quality());
            node.set("labels", Json.MAPPER.valueToTree(m.labels()));
            node.set("binding", Json.MAPPER.valueToTree(binding));
            node.put("seconds", m.seconds());
            System.out.println(Json.line(node));
            return;
        }
        Quality q = m.quality();
        System.out.printf(
                Locale.ROOT,
                "accuracy %.1f %%, macro-F1 %.3f, loss %.3f on %d texts%n%n",
                100 * q.accuracy(),
                q.macroF1(),
                q.loss(),
                q.examples());
        table(m.labels(), q.confusion());
    }

    private static String share(int part, int whole) {
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.3f", part / (double) whole);
    }

    private static void table(List<String> names, int[][] confusion) {
        List<String> labels = names.stream().map(Printable::line).toList();
        int width = Math.max(8, labels.stream().mapToInt(String::length).max().orElse(8)) + 2;
        StringBuilder head = new StringBuilder(String.format("%-" + width + "s", "gold \\ said"));
        labels.forEach(l -> head.append(String.format("%" + width + "s", l)));
        System.out.println(head.append("   precision  recall"));
        for (int c = 0; c < labels.size(); c++) {
            int said = 0;
            int gold = 0;
            StringBuilder row = new StringBuilder(String.format("%-" + Math.max(width, 11) + "s", labels.get(c)));
            for (int k = 0; k < labels.size(); k++) {
                row.append(String.format("%" + width + "d", confusion[c][k]));
                gold += confusion[c][k];
                said += confusion[k][c];
            }
            row.append(String.format(
                    Locale.ROOT, "   %9s  %6s", share(confusion[c][c], said), share(confusion[c][c], gold)));
            System.out.println(row);
        }
    }
}

package sirkuit.cli.model;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sirkuit.Json;
import sirkuit.Printable;
import sirkuit.Problem;
import sirkuit.cli.shared.CommandEngine;
import sirkuit.cli.shared.Options;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskFile;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;

/// `sirkuit words`.
@Command(
        name = "words",
        mixinStandardHelpOptions = true,
        description = {
            "How much each word of a text pushes toward the answer: gradient times input of the token embeddings,"
                    + " summed over the tokens of a word. The values are about the margin of one class: its logit minus"
                    + " the mean of the others.",
            "With --beside, the same for another checkpoint, such as one after a run, and the change."
        },
        footer = {"", "Example: sirkuit words --checkpoint DIR --beside run/adapted \"filmnya bagus sekali\""})
public final class WordsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TEXT", description = "The text.")
    String text = "";

    @Option(names = "--pair", paramLabel = "TEXT", description = "The second text, if the task is about pairs.")
    @Nullable
    String pair;

    @Mixin
    Options.Model model = new Options.Model();

    @Option(names = "--beside", paramLabel = "DIR", description = "Another checkpoint, to compare with.")
    @Nullable
    Path beside;

    @Option(
            names = "--class",
            paramLabel = "NAME",
            description = "The class that the values are about (default: the answer of --checkpoint).")
    @Nullable
    String label;

    @Option(
            names = "--leave-one-out",
            description = "Also leave out each word in turn, and print how much of the margin is lost without it.")
    boolean leaveOut;

    @Option(
            names = "--mask",
            paramLabel = "mask.json",
            description = "Switch these heads off: their outputs are replaced by their mean. Needs --data.")
    @Nullable
    Path mask;

    @Option(names = "--data", paramLabel = "FILE", description = "Texts with labels for the mean, with --mask.")
    @Nullable
    Path data;

    @Mixin
    Options.Columns columns = new Options.Columns();

    @Mixin
    Options.Running running = new Options.Running();

    @Override
    public Integer call() {
        if (mask != null && data == null) {
            throw Problem.of("cli.mask-needs-data");
        }
        HeadMask off = mask == null ? null : MaskFile.read(mask);
        Map<String, Event.Attributed> found = new LinkedHashMap<>();
        try (CommandEngine engine = running.start()) {
            Request.Model own = model.model();
            Event.Attributed first = ask(engine, own, null, off, leaveOut && label == null);
            if (label != null) {
                first = ask(engine, own, index(first.labels(), label), off, leaveOut);
            }
            found.put("checkpoint", first);
            if (beside != null) {
                found.put("beside", ask(engine, model.reading.model(beside), first.label(), off, leaveOut));
            }
        }
        if (running.json()) {
            System.out.println(Json.line(found));
        } else {
            print(List.copyOf(found.values()));
        }
        return 0;
    }

    private static int index(List<String> labels, String name) {
        int at = labels.indexOf(name);
        if (at < 0) {
            throw Problem.of("cli.no-such-class", name, String.join(", ", labels));
        }
        return at;
    }

    private Event.Attributed ask(
            CommandEngine engine,
            Request.Model of,
            @Nullable Integer toward,
            @Nullable HeadMask off,
            boolean leavingOut) {
        AtomicReference<Event.@Nullable Attributed> answer = new AtomicReference<>();
        engine.run(
                new Request.Attribute(
                        of, text, pair, toward, off, data == null ? null : columns.of(data), leavingOut, null),
                event -> {
                    if (event instanceof Event.Attributed attributed) {
                        answer.set(attributed);
                    }
                });
        return Objects.requireNonNull(answer.get());
    }

    private void print(List<Event.Attributed> answers) {
        Event.Attributed first = answers.getFirst();
        String toward = Printable.line(first.labels().get(first.label()));
        for (int i = 0; i < answers.size(); i++) {
            Event.Attributed a = answers.get(i);
            System.out.printf(
                    Locale.ROOT,
                    "%s: %s %.1f %%, margin of %s %+.3f logits%s%n",
                    i == 0 ? "checkpoint" : "beside",
                    Printable.line(a.labels().get(a.predicted())),
                    100 * a.probabilities()[a.predicted()],
                    toward,
                    a.margin(),
                    a.truncated() ? ", text cut" : "");
        }
        table("gradient x input, logits toward " + toward, answers, false);
        if (leaveOut) {
            table("lost when the word is left out, logits toward " + toward, answers, true);
        }
    }

    private static void table(String title, List<Event.Attributed> answers, boolean leftOut) {
        Event.Attributed first = answers.getFirst();
        int width = Math.max(
                16,
                first.words().stream()
                        .mapToInt(w -> Printable.line(w.text()).length())
                        .max()
                        .orElse(0));
        System.out.printf("%n%s%n", title);
        System.out.printf(
                "  %-" + width + "s %10s%s%n", "", "checkpoint", answers.size() > 1 ? "     beside     change" : "");
        for (int w = 0; w < first.words().size(); w++) {
            Event.Attributed.Word word = first.words().get(w);
            Double value = value(word, leftOut);
            Double other = answers.size() > 1 ? value(same(answers.get(1), word), leftOut) : null;
            row(Printable.line(word.text()), width, value, other, answers.size() > 1);
        }
        if (!leftOut) {
            row(
                    "(other tokens)",
                    width,
                    first.rest(),
                    answers.size() > 1 ? answers.get(1).rest() : null,
                    answers.size() > 1);
        }
    }

    private static void row(String name, int width, @Nullable Double value, @Nullable Double other, boolean both) {
        Double change = value == null || other == null ? null : other - value;
        System.out.printf(
                "  %-" + width + "s %10s%s%n",
                name,
                number(value),
                both ? " %10s %10s".formatted(number(other), number(change)) : "");
    }

    private static String number(@Nullable Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%+.4f", value);
    }

    private static @Nullable Double value(Event.Attributed.@Nullable Word word, boolean leftOut) {
        if (word == null) {
            return null;
        }
        return leftOut ? word.leftOut() : Double.valueOf(word.gradient());
    }

    private static Event.Attributed.@Nullable Word same(Event.Attributed in, Event.Attributed.Word word) {
        return in.words().stream()
                .filter(w -> w.part() == word.part() && w.start() == word.start() && w.end() == word.end())
                .findFirst()
                .orElse(null);
    }
}

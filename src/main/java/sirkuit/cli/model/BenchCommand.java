package sirkuit.cli.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.cli.shared.CommandEngine;
import sirkuit.cli.shared.Options;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.Defaults;

/// `sirkuit bench`.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description =
                "Times a forward pass, head scores and tuning steps, and prints the seconds as one JSON" + " object.",
        footer = {"", "Example: sirkuit bench --checkpoint DIR --data train.csv"})
public final class BenchCommand implements Callable<Integer> {
    @Mixin
    Options.Task task = new Options.Task();

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "" + Defaults.BENCH_EXAMPLES,
            description = "Default: ${DEFAULT-VALUE}.")
    int examples = Defaults.BENCH_EXAMPLES;

    @Option(
            names = "--tokens",
            paramLabel = "N",
            defaultValue = "" + Defaults.BENCH_TOKENS,
            description = "Default: ${DEFAULT-VALUE}.")
    int tokens = Defaults.BENCH_TOKENS;

    @Option(names = "--only", paramLabel = "NAME,...", split = ",", description = "Time only these, such as cdt.")
    @Nullable
    List<String> only;

    @Mixin
    Options.Device device = new Options.Device();

    @Override
    public Integer call() {
        requireKnown();
        Map<String, Double> result = new LinkedHashMap<>();
        List<String> steps = only == null ? Request.Bench.STEPS : only;
        List<String> others = new ArrayList<>(only == null ? Request.Bench.SCORING : only);
        others.removeAll(Request.Bench.STEPS);
        if (!others.isEmpty()) {
            time(others, "peak_mb", result);
        }
        for (String step : Request.Bench.STEPS) {
            if (steps.contains(step)) {
                time(List.of(step), step + "_peak_mb", result);
            }
        }
        System.out.println(Json.pretty(result));
        return 0;
    }

    private void requireKnown() {
        List<String> known = new ArrayList<>(Request.Bench.SCORING);
        known.addAll(Request.Bench.STEPS);
        List<String> unknown = new ArrayList<>(only == null ? List.of() : only);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw Problem.of("cli.unknown-benchmark", String.join(", ", unknown), String.join(", ", known));
        }
    }

    private void time(List<String> names, String peakOf, Map<String, Double> result) {
        try (CommandEngine engine = new CommandEngine(device.engine())) {
            engine.run(new Request.Bench(task.model(), task.texts(), examples, tokens, names), event -> {
                if (event instanceof Event.Benched(Map<String, Double> seconds)) {
                    result.putAll(seconds);
                }
                if (event instanceof Event.Memory(long used, long peak, long free) && peak > 0) {
                    result.put(peakOf, Math.rint(peak / 1e5) / 10);
                }
            });
        }
    }
}

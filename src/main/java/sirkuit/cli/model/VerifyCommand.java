package sirkuit.cli.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.cli.shared.CommandEngine;
import sirkuit.cli.shared.ExitStatus;
import sirkuit.cli.shared.Options;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;

/// `sirkuit verify CASE...`.
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Recomputes reference cases and prints the largest deviation of each quantity.",
        footer = {"", "Example: sirkuit verify golden/bert"})
public final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CASE", arity = "1..*", description = "Folder with model/ and expected.json.")
    List<Path> cases = List.of();

    @Option(names = "--write", paramLabel = "DIR", description = "Write what was computed as DIR/<case name>.json.")
    @Nullable
    Path write;

    @Mixin
    Options.Running running = new Options.Running();

    @Override
    public Integer call() {
        if (write != null) {
            AtomicFile.requireWritable(write.resolve("case.json"));
        }
        List<Event.Verified> results = new ArrayList<>();
        List<String> folders = cases.stream()
                .map(c -> c.toAbsolutePath().normalize().toString())
                .toList();
        String to = write == null ? null : write.toAbsolutePath().normalize().toString();
        try (CommandEngine engine = running.start()) {
            engine.run(new Request.Verify(folders, to), event -> {
                if (event instanceof Event.Verified v) {
                    results.add(v);
                    print(v);
                }
            });
        }
        if (running.json()) {
            System.out.println(Json.line(results));
        }
        return results.stream().allMatch(Event.Verified::passed) ? 0 : ExitStatus.FAILED;
    }

    private void print(Event.Verified v) {
        if (running.json()) {
            return;
        }
        System.out.println(v.name() + (v.passed() ? "  passed" : "  FAILED"));
        v.deviations().forEach((quantity, deviation) -> {
            double tolerance = v.tolerances().getOrDefault(quantity, 0.0);
            String mark = deviation <= tolerance ? "" : "  <-- beyond " + tolerance;
            System.out.printf(Locale.ROOT, "  %-38s %.2e%s%n", quantity, deviation, mark);
        });
    }
}

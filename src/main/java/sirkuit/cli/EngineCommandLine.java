package sirkuit.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import sirkuit.engine.worker.Worker;

/// `sirkuit engine`.
@Command(
        name = "engine",
        mixinStandardHelpOptions = true,
        description = "The worker: requests as JSON lines on standard input, events as JSON lines on standard output.",
        footer = {
            "",
            "It ends when told to quit, after what was asked before, or when its input ends, cancelling what it does.",
            "",
            "Example:",
            "  printf '%%s\\n' '{\"v\":1,\"request\":1,\"type\":\"inspect\",\"checkpoint\":\"DIR\"}' \\",
            "      '{\"v\":1,\"type\":\"quit\"}' | sirkuit engine --device cpu"
        })
final class EngineCommandLine implements Callable<Integer> {
    @Mixin
    Options.Device device = new Options.Device();

    @Override
    public Integer call() {
        return Worker.serve(System.in, device.device, device.threads == null ? 0 : device.threads);
    }
}

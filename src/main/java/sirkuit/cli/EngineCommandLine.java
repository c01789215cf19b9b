package sirkuit.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import sirkuit.Program;
import sirkuit.cli.shared.Options;
import sirkuit.engine.worker.Worker;

/// `sirkuit engine`.
@Command(
        name = Program.ENGINE,
        mixinStandardHelpOptions = true,
        description =
                "The engine process: requests as JSON lines on standard input, events as JSON lines on standard output.",
        footer = {
            "",
            "On a quit request it finishes the earlier requests, then ends. When its input ends, it"
                    + " cancels its work and ends.",
            "",
            "Example:",
            "  printf '%%s\\n' '{\"v\":1,\"request\":1,\"type\":\"inspect\",\"checkpoint\":\"DIR\"}' \\",
            "      '{\"v\":1,\"type\":\"quit\"}' | sirkuit engine --device cpu",
            "",
            "Other requests also name the model and the data for the heads' means:",
            "  {\"v\":1,\"request\":2,\"type\":\"explain\",\"text\":\"bagus sekali\",",
            "   \"model\":{\"checkpoint\":\"DIR\",\"maxLength\":64},\"baseline\":{\"file\":\"train.csv\"}}",
            "  whatIf: the same fields and \"off\":[[0,3],[2,1]],\"toZero\":false",
            "  examples: \"model\", \"data\", \"scores\":\"scores.json\", \"head\":[0,3], \"count\":5"
        })
final class EngineCommandLine implements Callable<Integer> {
    @Mixin
    Options.Device device = new Options.Device();

    @Override
    public Integer call() {
        return Worker.serve(System.in, device.device, device.threads().orElse(0));
    }
}

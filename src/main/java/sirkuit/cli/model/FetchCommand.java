package sirkuit.cli.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sirkuit.Json;
import sirkuit.cli.shared.Options;
import sirkuit.cli.shared.OutFile;
import sirkuit.cli.shared.ProgressPrinter;
import sirkuit.hub.Fetched;
import sirkuit.hub.HubFetch;
import sirkuit.hub.HubModel;
import sirkuit.hub.HubSettings;

/// `sirkuit fetch ORG/NAME`.
@Command(
        name = "fetch",
        mixinStandardHelpOptions = true,
        description = {
            "Fetches a checkpoint from a hub into the cache that Python's huggingface_hub uses:"
                    + " safetensors, config and tokenizer, each checked. Files that are already there are not"
                    + " fetched again. An interrupted download is resumed.",
            "Environment variables set the hub (HF_ENDPOINT), the token of your account (HF_TOKEN, or"
                    + " $HF_HOME/token) and the cache (HF_HUB_CACHE, or $HF_HOME/hub)."
        },
        footer = {
            "",
            "Examples:",
            "  sirkuit fetch ORG/NAME",
            "  sirkuit fetch ORG/NAME@v1.0 --to models/base",
            "  sirkuit inspect $(sirkuit fetch ORG/NAME --offline --quiet)"
        })
public final class FetchCommand implements Callable<Integer> {
    private static final long MEGABYTE = 1_000_000;

    @Parameters(
            paramLabel = "ORG/NAME[@REVISION]",
            description = "The model's name on the hub, or the address of its page.")
    String model = "";

    @Option(
            names = "--to",
            paramLabel = "FOLDER",
            description = "Also copy it to this folder, which must be new or empty.")
    @Nullable
    Path to;

    @Option(names = "--offline", description = "Use only the cache; do not contact the hub.")
    boolean offline;

    @Option(names = "--hub", paramLabel = "ADDRESS", description = "The hub to use, instead of HF_ENDPOINT.")
    @Nullable
    String hub;

    @Option(names = "--quiet", description = "Print only the folder.")
    boolean quiet;

    @Mixin
    Options.Output output = new Options.Output();

    @Override
    public Integer call() throws InterruptedException {
        HubSettings settings = HubSettings.of(System.getenv(), hub).offline(offline);
        HubModel wanted = HubModel.parse(model, settings);
        OutFile.requireFolder(to, "--to");
        if (to != null) {
            HubFetch.requireEmpty(to);
        }
        ProgressPrinter progress = new ProgressPrinter();
        Fetched fetched;
        try {
            fetched = new HubFetch(settings).fetch(wanted, (file, done, total) -> {
                long unit = total >= 10 * MEGABYTE ? MEGABYTE : 1000;
                String stage = file + (unit == MEGABYTE ? " (MB)" : " (kB)");
                progress.show(stage, done / unit, total / unit);
            });
        } finally {
            progress.clear();
        }
        if (fetched.unreachable() != null && !offline) {
            System.err.println("note: " + fetched.unreachable() + "; this is the copy in the cache");
        }
        fetched.notes().forEach(note -> System.err.println("note: " + note));
        print(wanted, settings, to == null ? fetched : HubFetch.copy(fetched, to));
        return 0;
    }

    private void print(HubModel wanted, HubSettings settings, Fetched fetched) {
        Path folder = fetched.folder().toAbsolutePath().normalize();
        if (output.json) {
            ObjectNode node = Json.MAPPER.createObjectNode();
            node.put("checkpoint", folder.toString());
            node.put("repository", wanted.repository());
            node.put("revision", wanted.revision());
            node.put("commit", fetched.commit());
            node.put("from", fetched.unreachable() == null ? settings.endpoint().toString() : "cache");
            node.put("bytes", fetched.bytes());
            node.set("files", Json.MAPPER.valueToTree(fetched.files()));
            System.out.println(Json.line(node));
            return;
        }
        if (!quiet) {
            System.err.printf(
                    "%s, commit %s: %s%n",
                    wanted,
                    fetched.commit().substring(0, 12),
                    fetched.unreachable() != null
                            ? "from the cache"
                            : fetched.bytes() == 0
                                    ? "nothing has changed"
                                    : fetched.files().size() + " files, " + fetched.bytes() / 1000
                                            + " kB fetched and checked");
        }
        System.out.println(folder);
    }
}

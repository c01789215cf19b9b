package sirkuit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.UsesProcess;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.protocol.Wire;

/// A client whose engine is a script.
@UsesProcess
class EngineClientTest {
    /// More than any pipe holds.
    private static final String LONG = "x".repeat(4_000_000);

    private static final String READY = "echo '{\"v\":1,\"request\":-1,\"type\":\"ready\",\"protocol\":1,\"pid\":1,"
            + "\"version\":\"1\",\"device\":\"cpu\",\"threads\":1,\"backend\":\"none\"}'; ";

    @TempDir
    Path folder = Path.of("");

    private final BlockingQueue<EngineClient.State> states = new LinkedBlockingQueue<>();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    private EngineClient client(String script, int silence) {
        return new EngineClient(new EngineCommand(List.of("sh", "-c", script)), Runnable::run, states::add, silence);
    }

    @Test
    void anEngineThatDoesNotReadItsPipeIsEndedByTheWatchdogAndNobodyWaitsMeanwhile() throws Exception {
        try (EngineClient client = client(READY + "exec sleep 600", 2)) {
            CompletableFuture<Void> asked =
                    CompletableFuture.runAsync(() -> client.submit(new Request.Inspect(LONG), events::add));
            asked.get(60, TimeUnit.SECONDS);
            CompletableFuture.supplyAsync(client::pid).get(60, TimeUnit.SECONDS);
            assertThat(events.poll(60, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Event.Failed.class, f -> assertThat(f.what()).contains("not said a word"));
        }
    }

    @Test
    void aStalledPipeDoesNotKeepAnyoneFromClosingOrDetaching() throws Exception {
        for (boolean detach : new boolean[] {false, true}) {
            EngineClient client = client(READY + "exec sleep 600", 600);
            client.start();
            long pid = client.pid();
            client.submit(new Request.Inspect(LONG), events::add);
            CompletableFuture.runAsync(detach ? client::detach : client::close).get(60, TimeUnit.SECONDS);
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void whatWasAskedReachesTheEngineInItsOrderBeforeItIsLeftAlone() throws Exception {
        Path read = folder.resolve("read");
        EngineClient client = client("cat > " + read, 600);
        client.start();
        ProcessHandle process = ProcessHandle.of(client.pid()).orElseThrow();
        EngineClient.Ticket ticket = client.submit(new Request.Inspect(LONG), events::add);
        ticket.cancel();
        client.detach();
        process.onExit().get(60, TimeUnit.SECONDS);
        assertThat(Files.readAllLines(read).stream().map(l -> Wire.request(l).body()))
                .containsExactly(new Request.Inspect(LONG), new Request.Cancel(1), new Request.Detach());
    }

    @Test
    void anEngineThatClosesItsPipeButLivesOnIsGivenUp() throws Exception {
        try (EngineClient client = client("exec 0<&-; " + READY + "exec sleep 600", 600)) {
            client.submit(new Request.Inspect(LONG), events::add);
            assertThat(events.poll(60, TimeUnit.SECONDS)).isInstanceOf(Event.Failed.class);
        }
    }
}

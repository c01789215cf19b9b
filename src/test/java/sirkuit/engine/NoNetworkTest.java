package sirkuit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;

/// An engine at work, looked at from outside by what the system knows of it.
@UsesProcess
class NoNetworkTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void anEngineListensToNobodyAndSpeaksToNobody() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "only Linux says what a process has open");
        Path model = TinyCheckpoint.write(folder.resolve("model"), 1);
        Path texts = TinyCheckpoint.writeTexts(folder.resolve("texts.csv"), 30, 2);
        try (EngineProcess engine = new EngineProcess()) {
            Set<String> seen = new HashSet<>();
            Event last = engine
                    .new Answer(
                            new Request.Evaluate(
                                    new Request.Model(model.toString(), null, 16, null),
                                    new DataFile(texts.toString())),
                            event -> seen.addAll(networkSockets(engine.client().pid())))
                    .await()
                    .getLast();
            assertThat(last).isInstanceOf(Event.Finished.class);
            seen.addAll(networkSockets(engine.client().pid()));
            assertThat(seen).isEmpty();
        }
    }

    /// Numbers of the process's sockets that are of TCP or UDP.
    private static Set<String> networkSockets(long process) {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + process + "/fd"))) {
            Set<String> sockets = open.map(NoNetworkTest::target)
                    .filter(t -> t.startsWith("socket:["))
                    .map(t -> t.replaceAll("\\D", ""))
                    .collect(Collectors.toSet());
            Set<String> network = new HashSet<>();
            for (String kind : new String[] {"tcp", "tcp6", "udp", "udp6"}) {
                Path table = Path.of("/proc/" + process + "/net/" + kind);
                if (Files.exists(table)) {
                    Files.readAllLines(table).stream()
                            .skip(1)
                            .map(line -> line.strip().split("\\s+")[9])
                            .filter(sockets::contains)
                            .forEach(network::add);
                }
            }
            return network;
        } catch (IOException e) {
            return Set.of("the process cannot be looked at: " + e);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}

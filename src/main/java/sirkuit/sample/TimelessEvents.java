package sirkuit.sample;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.record.Provenance;
import sirkuit.run.RunFolder;

/// Removes what differs each time from the engine's results: dates, durations, memory. So the same seed gives the same
/// files.
final class TimelessEvents {
    /// The time that is written where one is required.
    static final String AT = "2026-01-01T00:00:00Z";

    private static final Set<String> LEFT_OUT = Set.of("estimated", "memory", "progress", "alive");

    private TimelessEvents() {}

    static void rewrite(RunFolder run) {
        List<String> lines = run.eventLines();
        AtomicFile.write(
                run.eventsFile(),
                lines.stream()
                        .map(TimelessEvents::node)
                        .filter(node -> !LEFT_OUT.contains(node.path("type").asText()))
                        .map(TimelessEvents::line)
                        .collect(Collectors.joining("\n", "", "\n")));
    }

    private static String line(ObjectNode node) {
        node.put("at", AT);
        if (node.path("provenance").isObject()) {
            try {
                Provenance from = Json.MAPPER.treeToValue(node.path("provenance"), Provenance.class);
                node.set("provenance", Json.MAPPER.valueToTree(from.madeAt(AT)));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e); // the engine has just written it
            }
        }
        node.put("request", 1);
        for (String measured : List.of("seconds", "tokensPerSecond")) {
            if (node.has(measured)) {
                node.put(measured, Double.NaN); // unknown, so that no forecast uses it
            }
        }
        return Json.line(node);
    }

    private static ObjectNode node(String line) {
        try {
            return (ObjectNode) Json.MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // the engine has just written it
        }
    }
}

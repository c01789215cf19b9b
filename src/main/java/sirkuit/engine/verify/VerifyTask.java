package sirkuit.engine.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.device.Backend;
import sirkuit.engine.work.Work;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.protocol.Stage;

/// Recomputes reference cases (a folder with `model/` and `expected.json`) and compares every quantity.
public record VerifyTask(Backend backend) {
    public void run(Request.Verify request, Work work) {
        int done = 0;
        for (String folder : request.cases()) {
            work.stopPoint();
            work.tell(new Event.Progress(
                    Stage.VERIFYING,
                    String.valueOf(Path.of(folder).getFileName()),
                    done++,
                    request.cases().size()));
            Path place = Path.of(folder).toAbsolutePath().normalize();
            JsonNode expected = Json.tree(place.resolve("expected.json"));
            if (!ReferenceTexts.isIn(expected) || !expected.path("logits").isArray()) {
                throw Problem.of("engine.worker.not-reference-case", place.resolve("expected.json"));
            }
            ReferenceCase reference = new ReferenceCase(place, expected, backend, work::stopPoint);
            ObjectNode computed = reference.compute();
            Map<String, Double> deviations = reference.deviations(computed);
            Map<String, Double> tolerances = new LinkedHashMap<>();
            deviations.keySet().forEach(k -> tolerances.put(k, ReferenceCase.tolerance(k)));
            boolean passed =
                    deviations.entrySet().stream().allMatch(e -> e.getValue() <= ReferenceCase.tolerance(e.getKey()));
            String name = String.valueOf(place.getFileName());
            if (request.writeTo() != null) {
                AtomicFile.write(Path.of(request.writeTo()).resolve(name + ".json"), Json.pretty(computed));
            }
            work.tell(new Event.Verified(name, passed, deviations, tolerances));
        }
    }
}

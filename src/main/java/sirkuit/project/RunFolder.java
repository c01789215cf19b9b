package sirkuit.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.Problem;

/// One run's folder: `config.json`, `events.jsonl`, `adapted/`.
///
/// @param folder it may not exist yet
public record RunFolder(Path folder) {
    private static final Set<String> FINAL = Set.of("finished", "failed", "cancelled");

    public String id() {
        return folder.getFileName().toString();
    }

    public Path configFile() {
        return folder.resolve("config.json");
    }

    public Path eventsFile() {
        return folder.resolve("events.jsonl");
    }

    /// The adapted checkpoint, Hugging Face layout.
    public Path adapted() {
        return folder.resolve("adapted");
    }

    /// @throws Problem when there is none or it is damaged
    public RunConfig config() {
        return Json.read(configFile(), RunConfig.class);
    }

    /// @throws Problem when it cannot be written
    public void writeConfig(RunConfig config) {
        AtomicFile.write(configFile(), Json.pretty(config));
    }

    /// The lines of the event stream that are whole; a last line that was cut short by a crash is left out.
    ///
    /// @throws Problem when the file cannot be read
    public List<String> eventLines() {
        if (!Files.exists(eventsFile())) {
            return List.of();
        }
        try {
            String text = Files.readString(eventsFile());
            int end = text.lastIndexOf('\n');
            return end < 0 ? List.of() : text.substring(0, end).lines().toList();
        } catch (IOException e) {
            throw new Problem(
                    eventsFile() + " could not be read (" + e.getMessage() + ").", "Check its permissions.", e);
        }
    }

    /// Whether the event stream ends in a final event: finished, failed or cancelled.
    ///
    /// @throws Problem when the file cannot be read
    public boolean concluded() {
        List<String> lines = eventLines();
        try {
            return !lines.isEmpty()
                    && FINAL.contains(
                            Json.MAPPER.readTree(lines.getLast()).path("type").asText());
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /// Appends `eventLine` on a line of its own, unless the run is concluded already. Only for a run that nobody else
    /// writes any more.
    ///
    /// @throws Problem when it cannot be written
    public void conclude(String eventLine) {
        if (concluded()) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    eventsFile(),
                    (endsInTheMiddleOfALine() ? "\n" : "") + eventLine + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(eventsFile(), e);
        }
    }

    private boolean endsInTheMiddleOfALine() throws IOException {
        if (!Files.exists(eventsFile())) {
            return false;
        }
        String text = Files.readString(eventsFile());
        return !text.isEmpty() && !text.endsWith("\n");
    }
}

package sirkuit.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.Problem;

/// One run's folder: `config.json`, `events.jsonl`, `adapted/`.
///
/// @param folder it may not exist yet
public record RunFolder(Path folder) {
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
}

package sirkuit.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.JsonKind;
import sirkuit.Problem;
import sirkuit.RegularFile;
import sirkuit.record.OutsideFiles;
import sirkuit.record.Paths;
import sirkuit.record.RunConfig;

/// One run's folder: `config.json`, `events.jsonl`, `resume/`, `adapted/`.
///
/// @param folder it may not exist yet
public record RunFolder(Path folder) {
    /// `studies/<name>/runs/<target>/<strategy>/<rate>/<run>`.
    private static final int DEEPEST = 7;

    private static final Set<String> LAST = Set.of("finished", "failed", "cancelled");

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

    /// The resume point: arrays and the state of the training (decision 14).
    public Path resumePoint() {
        return resume().resolve("point.safetensors");
    }

    /// The folder of the resume point.
    public Path resume() {
        return folder.resolve("resume");
    }

    /// Whether the run has a resume point.
    public boolean resumable() {
        return Files.exists(resumePoint()) && !finished();
    }

    /// Asks the process that works on the run to pause it.
    ///
    /// @throws Problem when it cannot be written
    public void requestStop() {
        requireOwn(stopFile());
        AtomicFile.write(stopFile(), "");
    }

    /// Whether that was requested. This removes the request.
    public boolean takeStopRequest() {
        try {
            return Files.deleteIfExists(stopFile());
        } catch (IOException e) {
            return false;
        }
    }

    private Path stopFile() {
        return folder.resolve("stop");
    }

    /// Whether some process is working on the run.
    public boolean beingWorkedOn() {
        return EventLog.isOwned(eventsFile());
    }

    /// Whether this process is working on the run. Then it must not read the run's events, because that would
    /// release the lock that keeps other processes away.
    public boolean workedOnHere() {
        return EventLog.isOwn(eventsFile());
    }

    /// Whether the run has finished.
    ///
    /// @throws Problem when the file cannot be read
    public boolean finished() {
        return new EventLines(eventsFile()).lastType().equals("finished");
    }

    /// Removes what only an unfinished run needs.
    public void removeResumePoint() {
        remove(resume());
    }

    /// Removes an adapted checkpoint that was written before the run's last event. It will be written again.
    public void removeAdapted() {
        remove(adapted());
    }

    private void remove(Path part) {
        if (!Files.isDirectory(part)) {
            return;
        }
        requireOwn(part.resolve("file"));
        try (Stream<Path> files = Files.walk(part)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(part, e);
        }
    }

    /// The folder that contains all of the run's files: its project's or study's folder, otherwise its own.
    public Path home() {
        Path above = folder.toAbsolutePath().normalize();
        Path study = null;
        for (int i = 0; i <= DEEPEST && above != null; i++, above = above.getParent()) {
            if (i > 0 && Files.exists(above.resolve("project.json"))) {
                return above;
            }
            study = study == null && i > 0 && Files.exists(above.resolve("study.json")) ? above : study;
        }
        return study == null ? folder.toAbsolutePath().normalize() : study;
    }

    /// Checks a file of the run before it is written.
    ///
    /// @throws Problem when a link leads out of the run's folder, or out of its project
    private void requireOwn(Path file) {
        Paths.requireWithin(home(), folder.resolve("file"));
        Paths.requireWithin(folder, file);
    }

    /// Checks the folder. Call this before a process begins to write the run.
    ///
    /// @throws Problem when links lead out of its folder
    public void requireOwn() {
        for (Path file :
                List.of(configFile(), eventsFile(), resumePoint(), adapted().resolve("config.json"))) {
            requireOwn(file);
        }
        RegularFile.requireItself(eventsFile());
    }

    /// Checks the existing events. Call this before more events are appended.
    ///
    /// @param name       the run's name; null when it is not known
    /// @param checkpoint digest of the checkpoint it started from; null when it is not known
    /// @throws Problem when the file contains something else, or events of another run
    public void requireOwnEvents(@Nullable String name, @Nullable String checkpoint) {
        boolean first = true;
        for (String line : linesFrom(0).lines()) {
            // After the first line, a failed write may have left half a line.
            if (first ? event(line) == null : !line.isBlank() && !line.startsWith("{")) {
                throw notIts("It holds something else than events.");
            }
            first = false;
            JsonNode event = line.contains("\"started\"") ? event(line) : null;
            if (event == null || !event.path("type").asText().equals("started")) {
                continue;
            }
            String other = event.path("name").textValue();
            if (name != null && other != null && !other.equals(name)) {
                throw notIts("They are of the run \"" + other + "\", and this one is \"" + name + "\".");
            }
            String from = event.path("checkpointDigest").textValue();
            if (from != null && checkpoint != null && !from.equals(checkpoint)) {
                throw notIts("They are of a run from another checkpoint.");
            }
        }
    }

    /// @throws Problem when the file exists and contains no events, or is not a file
    public void requireEvents() {
        List<String> lines = linesFrom(0).lines();
        if (!lines.isEmpty()
                && lines.stream().allMatch(line -> EventLines.type(line).isEmpty())) {
            throw notIts("It holds something else than events.");
        }
    }

    private Problem notIts(String how) {
        return Problem.of("run.other-events", eventsFile(), how);
    }

    /// @return null when the line is not an event
    private static @Nullable JsonNode event(String line) {
        try {
            JsonNode node = Json.MAPPER.readTree(line);
            return node != null && node.path("type").isTextual() ? node : null;

        } catch (IOException e) {
            return null;
        }
    }

    /// @throws Problem when there is none or it is damaged
    public RunConfig config() {
        return Json.read(configFile(), RunConfig.class, RunConfig.VERSION, JsonKind.RUN)
                .withPaths(p -> Paths.resolved(configFile(), folder, p));
    }

    /// @throws Problem when it cannot be written
    public void writeConfig(RunConfig config) {
        requireOwn(configFile());
        AtomicFile.write(configFile(), Json.pretty(config.withPaths(p -> Paths.stored(folder, p))));
        OutsideFiles.of(home(), config.namedFiles()).remember();
    }

    /// The name and pin of the run, if any.
    public RunLabel label() {
        return RunLabel.read(folder);
    }

    /// @throws Problem when it cannot be written
    public void writeLabel(RunLabel label) {
        requireOwn(configFile());
        label.write(folder);
    }

    /// Whether the event stream has a final event: `finished`, `failed` or `cancelled`.
    ///
    /// @throws Problem when the file cannot be read
    public boolean concluded() {
        return LAST.contains(new EventLines(eventsFile()).lastType());
    }

    /// Writes the final event of a run whose process could not do so. Does nothing if there is no run here, it has
    /// a final event already, or a process is writing it.
    ///
    /// @param event the line without its newline
    /// @throws Problem when it cannot be written
    public void conclude(String event) {
        boolean begun = Files.exists(eventsFile(), LinkOption.NOFOLLOW_LINKS);
        if (begun && !holdsEvents()) {
            return; // not a run's file, so it is not changed
        }
        if ((!begun && !Files.exists(configFile())) || concluded() || beingWorkedOn()) {
            return;
        }
        try {
            boolean cut = begun && new EventLines(eventsFile()).cut();
            Files.writeString(
                    eventsFile(),
                    (cut ? "\n" : "") + event + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(eventsFile(), e);
        }
    }

    private boolean holdsEvents() {
        try {
            requireOwn(eventsFile());
            RegularFile.requireItself(eventsFile());
            RunConfig config = Files.exists(configFile()) ? config() : null;
            requireOwnEvents(config == null ? null : config.name(), null);
            return true;
        } catch (Problem e) {
            return false;
        }
    }

    /// The complete lines of the event stream. A last line that a crash left incomplete is left out.
    ///
    /// @throws Problem when the file cannot be read
    public List<String> eventLines() {
        return linesFrom(0).lines().stream()
                .filter(line -> !EventLines.type(line).isEmpty()) // half a line from a failed write
                .toList();
    }

    /// Part of the event stream, as it is in the file.
    ///
    /// @param from  where it begins, in bytes
    /// @param end   where the next part will begin
    /// @param lines may be damaged
    public record NewLines(long from, long end, List<String> lines) {}

    /// The part of the event stream after the position `from`; all of it, from 0, if it has been cut meanwhile. An
    /// incomplete last line is left for the next time.
    ///
    /// @throws Problem when the file cannot be read
    public NewLines linesFrom(long from) {
        return new EventLines(eventsFile()).linesFrom(from);
    }
}

package sirkuit.project;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.JsonKind;
import sirkuit.Problem;

/// One run's folder: `config.json`, `events.jsonl`, `resume/`, `adapted/`.
///
/// @param folder it may not exist yet
public record RunFolder(Path folder) {
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

    /// What it takes to go on with the run: arrays, and where it stands (decision 14).
    public Path resumePoint() {
        return resume().resolve("point.safetensors");
    }

    /// The folder of that.
    public Path resume() {
        return folder.resolve("resume");
    }

    /// Whether the run has something to go on from.
    public boolean resumable() {
        return Files.exists(resumePoint()) && !finished();
    }

    /// Asks whatever process works on the run to stop and keep what it takes to go on.
    ///
    /// @throws Problem when it cannot be written
    public void requestStop() {
        AtomicFile.write(stopFile(), "");
    }

    /// Whether that was asked; it is not asked any more then.
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

    /// Whether the run came to its end.
    ///
    /// @throws Problem when the file cannot be read
    public boolean finished() {
        List<String> lines = eventLines();
        return !lines.isEmpty() && type(lines.getLast()).equals("finished");
    }

    /// Removes what only a run that goes on needs.
    public void removeResumePoint() {
        remove(resume());
    }

    /// Removes an adapted checkpoint that was written before the run's end was: it is written again.
    public void removeAdapted() {
        remove(adapted());
    }

    private static void remove(Path part) {
        if (!Files.isDirectory(part)) {
            return;
        }
        try (Stream<Path> files = Files.walk(part)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(part, e);
        }
    }

    /// @throws Problem when there is none or it is damaged
    public RunConfig config() {
        return Json.read(configFile(), RunConfig.class, RunConfig.VERSION, JsonKind.RUN)
                .withPaths(p -> Paths.resolved(folder, p));
    }

    /// @throws Problem when it cannot be written
    public void writeConfig(RunConfig config) {
        AtomicFile.write(configFile(), Json.pretty(config.withPaths(p -> Paths.stored(folder, p))));
    }

    /// What people have put on the run.
    public RunLabel label() {
        return RunLabel.read(folder);
    }

    /// @throws Problem when it cannot be written
    public void writeLabel(RunLabel label) {
        label.write(folder);
    }

    /// Whether the event stream ends as it should: `finished`, `failed` or `cancelled`.
    ///
    /// @throws Problem when the file cannot be read
    public boolean concluded() {
        List<String> lines = eventLines();
        return !lines.isEmpty() && LAST.contains(type(lines.getLast()));
    }

    /// Gives a run that was cut short the last event that its own process could not write any more; does nothing when
    /// there is no run here, its stream has its end already, or a process is writing it.
    ///
    /// @param event the line without its newline
    /// @throws Problem when it cannot be written
    public void conclude(String event) {
        boolean begun = Files.exists(eventsFile());
        if ((!begun && !Files.exists(configFile())) || concluded() || beingWorkedOn()) {
            return;
        }
        try {
            byte[] bytes = begun ? Files.readAllBytes(eventsFile()) : new byte[0];
            boolean cut = bytes.length > 0 && bytes[bytes.length - 1] != '\n';
            Files.writeString(
                    eventsFile(),
                    (cut ? "\n" : "") + event + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(eventsFile(), e);
        }
    }

    /// What kind of event a line tells; empty when it is no whole one. Token by token: a run has thousands of them.
    private static String type(String line) {
        try (JsonParser parser = Json.MAPPER.createParser(line)) {
            String type = "";
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return "";
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals("type");
                if (parser.nextToken().isScalarValue() && found) {
                    type = parser.getText();
                }
                parser.skipChildren();
            }
            return parser.nextToken() == null ? type : "";
        } catch (IOException e) {
            return "";
        }
    }

    /// The lines of the event stream that are whole; a last line that was cut short by a crash is left out.
    ///
    /// @throws Problem when the file cannot be read
    public List<String> eventLines() {
        return told(0).lines().stream()
                .filter(line -> !type(line).isEmpty()) // what a failed write left half
                .toList();
    }

    /// Part of the event stream, as it stands in the file.
    ///
    /// @param from  where it begins, in bytes
    /// @param end   where what is told next will begin
    /// @param lines may be damaged
    public record Told(long from, long end, List<String> lines) {}

    /// What the event stream has told since somebody read it up to `from`; all of it, from 0, when it has been cut
    /// back meanwhile. A last line without its end is left for the next time.
    ///
    /// @throws Problem when the file cannot be read
    public Told told(long from) {
        if (!Files.exists(eventsFile())) {
            return new Told(0, 0, List.of());
        }
        try (FileChannel channel = FileChannel.open(eventsFile(), StandardOpenOption.READ)) {
            long begin = from > 0 && from <= channel.size() && endsLine(channel, from - 1) ? from : 0;
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size() - begin));
            while (bytes.hasRemaining() && channel.read(bytes, begin + bytes.position()) >= 0) {
                continue;
            }
            int end = bytes.position();
            while (end > 0 && bytes.get(end - 1) != '\n') {
                end--; // a crash may cut a line in the middle of a character
            }
            return new Told(
                    begin,
                    begin + end,
                    new String(bytes.array(), 0, end, StandardCharsets.UTF_8)
                            .lines()
                            .toList());
        } catch (IOException e) {
            throw new Problem(
                    eventsFile() + " could not be read (" + e.getMessage() + ").", "Check its permissions.", e);
        }
    }

    private static boolean endsLine(FileChannel channel, long at) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        return channel.read(one, at) == 1 && one.get(0) == '\n';
    }
}

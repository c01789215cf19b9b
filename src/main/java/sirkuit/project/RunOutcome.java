package sirkuit.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.Problem;

/// What a run that left a checkpoint came to, as its `events.jsonl` tells it.
///
/// @param steps      optimizer steps that were made
/// @param keptStep   the step whose values were kept
/// @param trainable  entries that were trained
/// @param parameters entries of the whole checkpoint
/// @param examples   training texts
/// @param before     how good the checkpoint was
/// @param after      how good the adapted one is
/// @param seconds    how long it took
/// @param notes      what whoever trusts the run should know
public record RunOutcome(
        int steps,
        int keptStep,
        long trainable,
        long parameters,
        int examples,
        Figures before,
        Figures after,
        double seconds,
        List<String> notes) {
    private static final Set<String> LAST = Set.of("finished", "failed", "cancelled");

    /// @param target on the held-out target texts; null when the file does not say
    /// @param source on the source texts; null when they were not watched
    /// @param watched on those of further languages or tasks, by their names
    public record Figures(@Nullable Figure target, @Nullable Figure source, Map<String, Figure> watched) {}

    /// @param examples number of texts
    /// @param accuracy 0 to 1
    /// @param macroF1  0 to 1
    public record Figure(int examples, double accuracy, double macroF1) {}

    /// Source accuracy lost, in percentage points; null when the source was not watched.
    public @Nullable Double forgetting() {
        return before.source == null || after.source == null
                ? null
                : (Double) (100 * (before.source.accuracy - after.source.accuracy));
    }

    /// @throws Problem when the folder is not a run's, or the run has not finished: then it says how it stands
    public static RunOutcome read(RunFolder run) {
        requireRun(run);
        List<JsonNode> events = run.eventLines().stream().map(RunOutcome::tree).toList();
        requireFinished(run, events);
        JsonNode started = first(events, "started");
        JsonNode written = last(events, "written");
        JsonNode kept = written.path("target").isObject() ? written : last(events, "evaluated");
        int steps = last(events, "stepped").path("step").asInt();
        List<String> notes = new ArrayList<>();
        events.stream()
                .filter(e -> type(e).equals("noted"))
                .forEach(e -> notes.add(e.path("what").asText()));
        if (type(events.getLast()).equals("failed")) {
            notes.add("It failed at step " + steps + ": "
                    + events.getLast().path("what").asText());
        }
        return new RunOutcome(
                steps,
                written.path("step").asInt(steps),
                started.path("trainableParameters").asLong(),
                started.path("parameters").asLong(),
                started.path("trainExamples").asInt(),
                figures(first(events, "evaluated")),
                figures(kept),
                events.getLast().path("seconds").asDouble(),
                List.copyOf(notes));
    }

    private static void requireRun(RunFolder run) {
        if (!Files.isDirectory(run.folder())) {
            throw new Problem(
                    "There is no folder " + run.folder() + ".", "Name the folder that sirkuit tune --out made.");
        }
        if (!Files.exists(run.eventsFile()) || !Files.exists(run.configFile())) {
            throw new Problem(
                    run.folder() + " is not the folder of a run: it has no "
                            + (Files.exists(run.configFile()) ? "events.jsonl" : "config.json") + ".",
                    "Name the folder that sirkuit tune --out made, or runs/... of a project.");
        }
    }

    private static void requireFinished(RunFolder run, List<JsonNode> events) {
        JsonNode end = events.isEmpty() ? Json.MAPPER.missingNode() : events.getLast();
        int done = last(events, "stepped").path("step").asInt();
        String at = " at step " + done + " of "
                + first(events, "started").path("steps").asInt();
        switch (LAST.contains(type(end)) ? type(end) : "") {
            case "finished" -> {
                if (!Files.isDirectory(run.adapted())) {
                    throw new Problem(
                            run.folder() + " has finished, but its adapted checkpoint is gone.",
                            "Restore " + run.adapted() + " or tune again.");
                }
            }
            case "failed" -> {
                if (Files.isDirectory(run.adapted()) && !last(events, "written").isMissingNode()) {
                    return; // a loss that was no number: what it wrote are the last values that were
                }
                throw new Problem(
                        run.folder() + " has nothing to export: it failed" + at + ". "
                                + end.path("what").asText(),
                        end.path("remedy").asText() + " " + again(run));
            }
            case "cancelled" ->
                throw new Problem(run.folder() + " has nothing to export: it was cancelled" + at + ".", again(run));
            default ->
                throw new Problem(
                        type(end).equals("paused")
                                ? run.folder() + " has not finished: it is paused" + at + "."
                                : run.folder() + " has not finished: it is" + at + ", running or cut short.",
                        "Wait until it has finished. When its process is gone: " + again(run));
        }
    }

    private static String again(RunFolder run) {
        return run.resumable() ? "Go on with sirkuit tune --resume " + run.folder() + "." : "Tune again to its end.";
    }

    private static JsonNode tree(String line) {
        try {
            return Json.MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            return Json.MAPPER.missingNode();
        }
    }

    private static String type(JsonNode event) {
        return event.path("type").asText();
    }

    private static JsonNode first(List<JsonNode> events, String type) {
        return events.stream().filter(e -> type(e).equals(type)).findFirst().orElse(Json.MAPPER.missingNode());
    }

    private static JsonNode last(List<JsonNode> events, String type) {
        return first(events.reversed(), type);
    }

    private static Figures figures(JsonNode event) {
        Map<String, Figure> watched = new LinkedHashMap<>();
        event.path("watched").properties().forEach(e -> {
            Figure figure = figure(e.getValue());
            if (figure != null) {
                watched.put(e.getKey(), figure);
            }
        });
        return new Figures(figure(event.path("target")), figure(event.path("source")), watched);
    }

    private static @Nullable Figure figure(JsonNode quality) {
        return quality.isObject()
                ? new Figure(
                        quality.path("examples").asInt(),
                        quality.path("accuracy").asDouble(),
                        quality.path("macroF1").asDouble())
                : null;
    }
}

package sirkuit.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.RegularFile;

/// Finds checkpoints one folder further down: a Trainer writes `checkpoint-500/`, the Hub's cache has
/// `snapshots/REVISION/`.
final class Subfolders {
    private static final String STEP = "checkpoint-\\d{1,9}";
    private static final String STATE = "trainer_state.json";
    private static final int SHOWN = 5;
    private static final int LISTED = 1_000;
    private static final long LARGEST_STATE = 64L << 20;

    private Subfolders() {}

    /// @return null when there are none
    static @Nullable Problem problem(Path folder) {
        List<Path> steps = new ArrayList<>();
        List<Path> others = new ArrayList<>();
        for (Path below : folders(folder)) {
            if (isCheckpoint(below)) {
                (name(below).matches(STEP) ? steps : others).add(below);
            }
        }
        if (!steps.isEmpty()) {
            return training(folder, steps);
        }
        folders(folder.resolve("snapshots")).stream()
                .filter(Subfolders::isCheckpoint)
                .forEach(others::add);
        return others.isEmpty()
                ? null
                : Problem.of(
                        "checkpoint.in-subfolder",
                        folder,
                        others.size() == 1
                                ? Message.of("checkpoint.one-of-them")
                                : Message.of("checkpoint.some-of-them", others.size()),
                        listed(others.stream().map(Path::toString).toList()));
    }

    private static Problem training(Path folder, List<Path> steps) {
        steps.sort(Comparator.comparingInt(Subfolders::step).reversed());
        String best = best(folder, steps.getFirst());
        List<String> told = new ArrayList<>();
        for (Path step : steps) {
            List<String> words = new ArrayList<>();
            if (step == steps.getFirst()) {
                words.add("the newest");
            }
            if (name(step).equals(best)) {
                words.add("the best, as " + STATE + " says");
            }
            String text = step + (words.isEmpty() ? "" : " (" + String.join("; ", words) + ")");
            // The best checkpoint is named even if it is old.
            told.add(name(step).equals(best) ? Math.min(1, told.size()) : told.size(), text);
        }
        return Problem.of("checkpoint.is-training-folder", folder, listed(told));
    }

    /// Name of the folder that the Trainer recorded as the best; empty if it did not.
    private static String best(Path folder, Path newest) {
        for (Path state : List.of(newest.resolve(STATE), folder.resolve(STATE))) {
            try {
                RegularFile.require(state, LARGEST_STATE);
                JsonNode best = Json.tree(state).path("best_model_checkpoint");
                if (best.isTextual()) {
                    String[] parts = best.textValue().split("[/\\\\]", -1);
                    return parts[parts.length - 1];
                }
            } catch (Problem e) {
                // Missing or incomplete, so nothing is known.
            }
        }
        return "";
    }

    private static int step(Path checkpoint) {
        return Integer.parseInt(name(checkpoint).replaceAll("\\D", ""));
    }

    private static boolean isCheckpoint(Path folder) {
        return Files.isRegularFile(folder.resolve(Adapter.CONFIG))
                || (Files.isRegularFile(folder.resolve("config.json"))
                        && Stream.of(Weights.SINGLE, Weights.INDEX, "pytorch_model.bin", "pytorch_model.bin.index.json")
                                .anyMatch(name -> Files.isRegularFile(folder.resolve(name))));
    }

    private static String listed(List<String> some) {
        return String.join(", ", some.subList(0, Math.min(SHOWN, some.size())))
                + (some.size() > SHOWN ? " and " + (some.size() - SHOWN) + " more" : "");
    }

    private static String name(Path folder) {
        return folder.getFileName().toString();
    }

    private static List<Path> folders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.limit(LISTED).filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}

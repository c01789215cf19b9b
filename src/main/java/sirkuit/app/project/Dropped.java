package sirkuit.app.project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// What was dropped onto the window.
public sealed interface Dropped {
    /// A project's folder, or its project.json.
    record ProjectFolder(Path folder) implements Dropped {}

    /// A Hugging Face folder.
    record Checkpoint(Path folder) implements Dropped {}

    /// A file of labelled texts, or a folder with `train` and `test`.
    record Texts(Path place) implements Dropped {}

    /// Nothing that could be used.
    record Unusable(Path place) implements Dropped {}

    List<String> DATA = List.of(".csv", ".tsv", ".jsonl", ".ndjson", ".parquet");

    /// The first of several places that can be used. Null paths are skipped.
    static Dropped of(List<Path> places) {
        List<Dropped> all = places.stream().map(Dropped::of).toList();
        return all.stream()
                .filter(d -> !(d instanceof Unusable))
                .findFirst()
                .orElseGet(() -> all.isEmpty() ? new Unusable(Path.of("")) : all.getFirst());
    }

    private static Dropped of(Path place) {
        String name = String.valueOf(place.getFileName()).toLowerCase(Locale.ROOT);
        if (Files.isDirectory(place)) {
            if (Files.exists(place.resolve("project.json"))) {
                return new ProjectFolder(place);
            }
            if (Files.exists(place.resolve("config.json"))) {
                return new Checkpoint(place);
            }
            boolean texts = DATA.stream().anyMatch(e -> Files.exists(place.resolve("train" + e)));
            return texts ? new Texts(place) : new Unusable(place);
        }
        Path parent = place.toAbsolutePath().getParent();
        if (parent != null && name.equals("project.json")) {
            return new ProjectFolder(parent);
        }
        if (parent != null && (name.equals("config.json") || name.endsWith(".safetensors"))) {
            return new Checkpoint(parent);
        }
        String unpacked = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        return DATA.stream().anyMatch(unpacked::endsWith) ? new Texts(place) : new Unusable(place);
    }
}

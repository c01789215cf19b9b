package sirkuit.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import sirkuit.AtomicFile;
import sirkuit.PrivateFolder;
import sirkuit.Problem;

/// Writes a copy of a checkpoint with other weights, completely or not at all.
///
/// @param of      the original
/// @param weights writes the weights into a folder
/// @param indexed whether the index of the original is copied
/// @param texts   files to add, by name; files with these names are not copied
record CheckpointCopy(Checkpoint of, Consumer<Path> weights, boolean indexed, Map<String, String> texts) {
    static final String CARD = "README.md";

    /// Where transformers stores additional chat templates.
    private static final String TEMPLATES = "additional_chat_templates";

    /// Configuration, tokenizer, generation, licence and notes. Weights in other formats (`pytorch_model.bin`,
    /// `tf_model.h5`, `onnx`) have the old values, and an adapter would be applied on top of the new ones.
    private static final String COPIED =
            "(?i).*\\.(json|txt|model|jinja|spm|vocab|bpe|codes|tiktoken|md)" + "|(licen[cs]e|notice|copying)(\\..*)?";

    private static final Set<String> LEFT = Set.of("adapter_config.json", "trainer_state.json");

    void write(Path target) {
        Path whole = target.toAbsolutePath().normalize();
        String beginning = "." + whole.getFileName() + ".part-";
        Path part = whole.resolveSibling(beginning + AtomicFile.writer());
        discardAbandoned(whole.resolveSibling(beginning), part);
        try {
            weights.accept(part);
            for (Map.Entry<String, Path> file : companions().entrySet()) {
                AtomicFile.write(part.resolve(file.getKey()), out -> Files.copy(file.getValue(), out));
            }
            texts.forEach((name, text) -> AtomicFile.write(part.resolve(name), text));
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(target, e);
        } finally {
            discard(part);
        }
    }

    /// Removes temporary folders of killed processes. Those of living processes stay.
    private static void discardAbandoned(Path beginning, Path own) {
        Path folder = beginning.getParent();
        String name = beginning.getFileName().toString();
        if (folder == null || !Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String found = file.getFileName().toString();
                boolean part = found.startsWith(name);
                if (part && (file.equals(own) || AtomicFile.abandoned(file, found.substring(name.length())))) {
                    discard(file);
                }
            }
        } catch (IOException | UncheckedIOException ignored) {
            // They take space and do no other harm.
        }
    }

    /// Removes what was written before the disk was full.
    private static void discard(Path part) {
        if (!Files.isDirectory(part)) {
            return;
        }
        PrivateFolder.remove(part);
    }

    /// The checkpoint's other files, by their names in the copy.
    private Map<String, Path> companions() {
        Map<String, Path> files = new TreeMap<>();
        boolean card = Files.isRegularFile(of.folder().resolve(CARD));
        for (Path file : filesIn(of.folder())) {
            String name = file.getFileName().toString();
            if (copied(name)) {
                // The checkpoint's card becomes README.base.md, so an existing README.base.md is not copied.
                files.put(
                        card && name.matches("README(\\.base)*\\.md") ? name.replaceAll("md$", "base.md") : name, file);
            }
        }
        for (Path file : filesIn(of.folder().resolve(TEMPLATES))) {
            if (file.toString().endsWith(".jinja")) {
                files.put(TEMPLATES + "/" + file.getFileName(), file);
            }
        }
        texts.keySet().forEach(files::remove);
        return files;
    }

    private boolean copied(String name) {
        return name.equals(Weights.INDEX)
                ? indexed
                : name.matches(COPIED)
                        && !name.startsWith(".")
                        && !name.endsWith(".index.json")
                        && !LEFT.contains(name);
    }

    private static List<Path> filesIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw Problem.of(e, "checkpoint.folder-not-listed", folder, e.getMessage());
        }
    }
}

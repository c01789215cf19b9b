package sirkuit.cli.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.JsonKind;
import sirkuit.Problem;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunTexts;

/// How the target of a run is spelled: as in the project that the run is in, otherwise as in the run itself. Names that
/// differ only in upper and lower case mean the same target.
final class TargetSpelling {
    /// Levels from a run to its project: `studies/NAME/runs/TARGET/STRATEGY/RATE/SEED` is the deepest place.
    private static final int LEVELS = 7;

    private final Map<Path, List<String>> known = new HashMap<>();

    String of(Path run, RunTexts texts) {
        return targets(run).stream().filter(texts::isOf).findFirst().orElse(texts.target());
    }

    private List<String> targets(Path run) {
        @Nullable Path folder = run.toAbsolutePath().normalize().getParent();
        for (int i = 0; i < LEVELS && folder != null; i++) {
            Path file = folder.resolve("project.json");
            if (Files.isRegularFile(file)) {
                return known.computeIfAbsent(file, TargetSpelling::read);
            }
            folder = folder.getParent();
        }
        return List.of();
    }

    private static List<String> read(Path file) {
        try {
            return Json.read(file, ProjectFile.class, ProjectFile.VERSION, JsonKind.PROJECT).allTargets().stream()
                    .map(ProjectFile.Language::name)
                    .toList();
        } catch (Problem damaged) {
            return List.of(); // the run's own name is still right
        }
    }
}

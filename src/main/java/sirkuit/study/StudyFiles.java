package sirkuit.study;

import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import sirkuit.Problem;
import sirkuit.record.Provenance;
import sirkuit.run.RunFolder;
import sirkuit.run.check.FileCheck;
import sirkuit.run.state.RunState;

/// Whether the checkpoint and the texts of a study are still those that its runs were made from.
public final class StudyFiles {
    private StudyFiles() {}

    /// Call this before a study is resumed: runs from other files could not be compared with the earlier ones. Runs of
    /// versions that recorded no files are not checked.
    ///
    /// @throws Problem that names what has changed
    public static void requireSame(Study study) {
        FileCheck check = new FileCheck();
        Set<String> changed = new LinkedHashSet<>();
        for (StudyPlan.Cell cell : study.cells()) {
            RunFolder run = new RunFolder(cell.folder());
            List<Provenance> from = Files.exists(run.eventsFile())
                    ? RunState.of(run.eventLines()).provenance()
                    : List.of();
            if (!from.isEmpty()) {
                check.of(from.getLast(), cell.config()).stream()
                        .filter(c -> c.now() != FileCheck.Now.SAME)
                        .forEach(c -> changed.add(c.file() + " (" + c.role() + ")"));
            }
        }
        if (!changed.isEmpty()) {
            throw Problem.of("study.changed-since", study.folder(), String.join(", ", changed));
        }
    }
}

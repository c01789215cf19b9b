package sirkuit.study;

import java.nio.file.Path;
import java.util.List;
import sirkuit.AtomicFile;
import sirkuit.Problem;

/// A study in its folder.
public record Study(Path folder, StudyPlan plan) {
    /// @throws Problem when there is none or it is damaged
    public static Study open(Path folder) {
        if (!StudyPlan.in(folder)) {
            throw Problem.of("study.none", folder);
        }
        return new Study(folder, StudyPlan.read(folder));
    }

    /// @throws Problem when there is a study already, or the folder cannot be written
    public static void requireNone(Path folder) {
        if (StudyPlan.in(folder)) {
            throw Problem.of("study.exists", folder);
        }
        AtomicFile.requireWritable(folder.resolve("study.json"));
    }

    /// Writes the plan of a new one.
    ///
    /// @throws Problem when it cannot be written
    public static Study begin(Path folder, StudyPlan plan) {
        plan.write(folder);
        return new Study(folder, plan);
    }

    /// Its name, which is that of its folder.
    public String name() {
        return String.valueOf(folder.getFileName());
    }

    /// All of its runs.
    public List<StudyPlan.Cell> cells() {
        return plan.cells(folder);
    }

    /// How many runs its whole grid has.
    public int size() {
        return plan.size();
    }

    @Override
    public String toString() {
        return name();
    }
}

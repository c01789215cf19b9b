package sirkuit.tuning;

import java.util.List;
import sirkuit.transformer.ArrayChunks;

/// Saves what a training needs to resume.
public interface ResumePoints {
    /// Keeps nothing.
    ResumePoints NONE = new ResumePoints() {
        @Override
        public boolean due(int step, boolean evaluated) {
            return false;
        }

        @Override
        public void keep(TrainingState standing, List<Part> parts) {}
    };

    /// One array.
    ///
    /// @param name    unlike that of any other
    /// @param entries how many numbers
    /// @param values  read from where they are computed with, or from where they were kept
    record Part(String name, long entries, ArrayChunks.Numbers values) {}

    /// Asked after each step.
    ///
    /// @param evaluated whether an evaluation has just been made
    boolean due(int step, boolean evaluated);

    /// @param parts to be read before this returns
    void keep(TrainingState standing, List<Part> parts);
}

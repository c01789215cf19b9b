package sirkuit.tuning;

import java.util.List;
import sirkuit.transformer.ArrayChunks;

/// Saves resume points of a training.
public interface ResumePoints {
    /// Saves nothing.
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
    /// @param name    unique among the parts
    /// @param entries how many numbers
    /// @param values  read from where they are computed with, or from where they were kept
    record Part(String name, long entries, ArrayChunks.Numbers values) {}

    /// Whether to save a point; called after each step.
    ///
    /// @param evaluated whether an evaluation has just been made
    boolean due(int step, boolean evaluated);

    /// @param parts must be read before this returns
    void keep(TrainingState standing, List<Part> parts);
}

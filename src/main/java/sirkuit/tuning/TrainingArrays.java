package sirkuit.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.transformer.ArrayChunks;

/// All arrays that a training changes, slice by slice: values, moments, and the values of the kept step.
record TrainingArrays(TrainableParameters parameters, AdamW optimizer, EarlyStopping keeping) {
    List<ResumePoints.Part> parts() {
        List<ResumePoints.Part> parts = new ArrayList<>();
        Snapshot kept = keeping.values();
        for (int i = 0; i < parameters.slices().size(); i++) {
            add(
                    parts,
                    "value.",
                    i,
                    ArrayChunks.USUAL.of(parameters.slices().get(i).value()));
            add(parts, "mean.", i, optimizer.moments(false, i));
            add(parts, "variance.", i, optimizer.moments(true, i));
            if (kept != null) {
                add(parts, "kept.", i, kept.numbers(i));
            }
        }
        return parts;
    }

    private void add(List<ResumePoints.Part> parts, String kind, int slice, ArrayChunks.Numbers numbers) {
        parts.add(new ResumePoints.Part(
                kind + slice, parameters.slices().get(slice).entries(), numbers));
    }

    /// @param found the parts by name; null for a missing one
    /// @throws Problem when they belong to another training
    void goBack(TrainingState standing, Function<String, ResumePoints.@Nullable Part> found) {
        Snapshot kept = found.apply("kept.0") == null ? null : parameters.snapshot();
        for (int i = 0; i < parameters.slices().size(); i++) {
            ArrayChunks.USUAL.write(parameters.slices().get(i).value(), 0, numbers("value." + i, i, found));
            optimizer.setMoments(false, i, numbers("mean." + i, i, found));
            optimizer.setMoments(true, i, numbers("variance." + i, i, found));
            if (kept != null) {
                kept.set(i, numbers("kept." + i, i, found));
            }
        }
        optimizer.goBack(standing.step());
        keeping.goBack(standing, kept);
    }

    private ArrayChunks.Numbers numbers(String name, int slice, Function<String, ResumePoints.@Nullable Part> parts) {
        ResumePoints.Part found = parts.apply(name);
        if (found == null || found.entries() != parameters.slices().get(slice).entries()) {
            throw Problem.of("tuning.resume-point-mismatch", name);
        }
        return found.values();
    }
}

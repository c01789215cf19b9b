package sirkuit.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;

/// All arrays that a training changes, slice by slice: values, moments, and the values that would be kept.
record TrainingArrays(TrainableParameters parameters, AdamW optimizer, Keeping keeping) {
    List<ResumePoints.Part> parts() {
        List<ResumePoints.Part> parts = new ArrayList<>();
        for (int i = 0; i < parameters.slices().size(); i++) {
            Slice slice = parameters.slices().get(i);
            int at = i;
            parts.add(new ResumePoints.Part(
                    "value." + i, slice.entries(), () -> slice.value().toFloatArray()));
            parts.add(new ResumePoints.Part("mean." + i, slice.entries(), () -> optimizer.moments(false, at)));
            parts.add(new ResumePoints.Part("variance." + i, slice.entries(), () -> optimizer.moments(true, at)));
            if (!keeping.values().isEmpty()) {
                parts.add(new ResumePoints.Part(
                        "kept." + i, slice.entries(), () -> keeping.values().get(at)));
            }
        }
        return parts;
    }

    /// @param arrays the parts by their names; null for one that there was not
    /// @throws Problem when they are those of another training
    void goBack(Standing standing, Function<String, float @Nullable []> arrays) {
        List<float[]> values = new ArrayList<>();
        List<float[]> kept = new ArrayList<>();
        for (int i = 0; i < parameters.slices().size(); i++) {
            values.add(entries("value." + i, i, arrays));
            optimizer.setMoments(false, i, entries("mean." + i, i, arrays));
            optimizer.setMoments(true, i, entries("variance." + i, i, arrays));
            if (arrays.apply("kept." + i) != null) {
                kept.add(entries("kept." + i, i, arrays));
            }
        }
        parameters.restore(values);
        optimizer.goBack(standing.step());
        keeping.goBack(standing, kept);
    }

    private float[] entries(String name, int slice, Function<String, float @Nullable []> arrays) {
        float[] found = arrays.apply(name);
        if (found == null || found.length != parameters.slices().get(slice).entries()) {
            throw new Problem(
                    "The resume point does not fit what is trained: " + name + " is not there or of another size.",
                    "Start the run again in a new folder.");
        }
        return found;
    }
}

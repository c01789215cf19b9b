package sirkuit.app;

import java.nio.file.Path;
import sirkuit.app.project.SampleFolder;

/// Copies of sample projects, with their finished runs, that a test may write to: *reviews*, or another.
public final class SampleCopy {
    private SampleCopy() {}

    public static Path in(Path folder) {
        return of("reviews", folder);
    }

    /// @param name of the sample
    public static Path of(String name, Path folder) {
        return SampleFolder.find(name).working(folder);
    }
}

package sirkuit.app;

import java.nio.file.Path;
import sirkuit.app.shell.SampleFolder;

/// A copy of the sample project *reviews*, with its finished runs, that a test may write to.
public final class SampleCopy {
    private SampleCopy() {}

    public static Path in(Path folder) {
        return SampleFolder.find("reviews").working(folder);
    }
}

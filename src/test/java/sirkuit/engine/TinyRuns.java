package sirkuit.engine;

import java.nio.file.Path;
import java.util.List;
import sirkuit.TinyCheckpoint;
import sirkuit.mask.HeadMask;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.RunConfig;
import sirkuit.run.RunFolder;

/// A tiny checkpoint with texts, and requests to tune all its heads, for tests with real engines.
record TinyRuns(Path folder, Path model) {
    static TinyRuns in(Path folder) {
        Path model = TinyCheckpoint.write(folder.resolve("model"), 3);
        for (String name : List.of("train", "test")) {
            TinyCheckpoint.writeTexts(folder.resolve(name + ".csv"), 24, name.length());
        }
        return new TinyRuns(folder, model);
    }

    Request.Tune tune(String run, int epochs) {
        RunConfig.Settings s = new RunConfig.Settings(
                new RunConfig.Batches(epochs, 4, 1),
                new RunConfig.Optimizer(1e-3, 0.01, 0.06, 1),
                null,
                0,
                0,
                0,
                16,
                7);
        RunConfig config = new RunConfig(
                RunConfig.VERSION,
                run,
                model.toString(),
                null,
                null,
                RunConfig.Parameters.of(HeadMask.all(TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS)),
                new RunConfig.Data(
                        new DataFile(folder.resolve("train.csv").toString()),
                        new DataFile(folder.resolve("test.csv").toString()),
                        null),
                s,
                RunConfig.Course.DEFAULT);
        return new Request.Tune(config, at(run).folder().toString());
    }

    RunFolder at(String run) {
        return new RunFolder(folder.resolve(run));
    }
}

package sirkuit.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.HeadMask;

/// The parts of a run's settings by short names.
public interface RunParts {
    String checkpoint();

    RunConfig.Parameters parameters();

    RunConfig.Data data();

    default RunConfig.Trained what() {
        return parameters().what();
    }

    /// Null where not the heads of a mask are trained.
    default @Nullable HeadMask mask() {
        return parameters().mask();
    }

    default DataFile train() {
        return data().train();
    }

    default DataFile targetEval() {
        return data().targetEval();
    }

    default @Nullable DataFile sourceEval() {
        return data().sourceEval();
    }

    default Map<String, DataFile> watched() {
        return data().watched();
    }

    /// Whether a valid split chooses the kept step.
    default boolean hasValid() {
        return data().hasValid();
    }

    /// All files and folders that it names.
    default List<String> namedFiles() {
        List<String> named = new ArrayList<>(List.of(checkpoint()));
        files().values().forEach(file -> named.add(file.file()));
        return named;
    }

    /// What the run reads texts from, by what for: `train`, `targetEval`, `sourceEval`, `watched NAME`, `valid`,
    /// `replay`.
    default Map<String, DataFile> files() {
        Map<String, DataFile> files = new LinkedHashMap<>();
        map(data(), (role, file) -> {
            files.put(role, file);
            return file;
        });
        return files;
    }

    /// The same texts with every file changed.
    ///
    /// @param each what becomes of a file, by what it is for
    static RunConfig.Data map(RunConfig.Data data, BiFunction<String, DataFile, DataFile> each) {
        Map<String, DataFile> watched = new LinkedHashMap<>();
        DataFile train = each.apply("train", data.train());
        DataFile target = each.apply("targetEval", data.targetEval());
        DataFile source = data.sourceEval() == null ? null : each.apply("sourceEval", data.sourceEval());
        data.watched().forEach((name, file) -> watched.put(name, each.apply("watched " + name, file)));
        DataFile valid = data.valid() == null ? null : each.apply(RunConfig.VALID, data.valid());
        Replay replay = data.replay();
        Replay again = replay == null ? null : new Replay(each.apply(RunConfig.REPLAY, replay.texts()), replay.share());
        return new RunConfig.Data(train, target, source, watched, valid, data.validShare(), again);
    }

    /// The version of the file that such a run needs: earlier versions do not know replay, L2-SP, biases and last
    /// layers.
    static int version(RunConfig.Parameters parameters, RunConfig.Data data, RunConfig.Settings settings) {
        boolean first = parameters.what() == RunConfig.Trained.MASK || parameters.what() == RunConfig.Trained.FULL;
        return first && data.replay() == null && settings.optimizer().l2sp() == null ? 1 : RunConfig.VERSION;
    }
}

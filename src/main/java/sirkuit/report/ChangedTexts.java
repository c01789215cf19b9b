package sirkuit.report;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.project.DataFile;
import sirkuit.project.ProjectFile;
import sirkuit.project.Provenance;
import sirkuit.project.ScoreRecord;
import sirkuit.project.TuneCommandLine;

/// Files of texts that are not any more what scores were made from: their digests differ.
final class ChangedTexts {
    private ChangedTexts() {}

    /// A sentence for each score and file.
    static List<String> of(Subject subject) {
        TreeSet<String> changed = new TreeSet<>();
        Map<String, Optional<String>> known = new HashMap<>(); // scores of several methods have the same texts
        for (ScoreRecord record : subject.scores()) {
            Provenance from = record.provenance();
            if (from != null) {
                from.data().forEach((file, digest) -> {
                    Optional<String> now =
                            known.computeIfAbsent(file + record.labels(), f -> digest(subject, record, file));
                    if (now.isPresent() && !now.get().equals(digest)) {
                        changed.add("The texts in " + TuneCommandLine.named(file) + " have changed since the scores by "
                                + HeatmapTables.name(record.method()) + " were made from them.");
                    }
                });
            }
        }
        return List.copyOf(changed);
    }

    /// Of the file as it is now; empty when it is not the project's any more, or cannot be read.
    private static Optional<String> digest(Subject subject, ScoreRecord record, String file) {
        Path place = subject.folder().resolve(file).normalize();
        return files(subject.project())
                .filter(d -> subject.folder().resolve(d.file()).normalize().equals(place))
                .findFirst()
                .map(d -> read(d, record));
    }

    private static @Nullable String read(DataFile data, ScoreRecord record) {
        try {
            return data.digest(record.labels());
        } catch (Problem unreadable) {
            return null; // whoever works with its texts tells that
        }
    }

    private static Stream<DataFile> files(ProjectFile project) {
        ProjectFile.Language target = project.target();
        return Stream.concat(
                Stream.of(project.source().train(), project.source().test()),
                target == null ? Stream.of() : Stream.of(target.train(), target.test()));
    }
}

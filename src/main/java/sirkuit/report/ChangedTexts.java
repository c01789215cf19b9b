package sirkuit.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;
import sirkuit.record.Provenance;
import sirkuit.record.RunConfig;
import sirkuit.record.ScoreRecord;
import sirkuit.run.TuneCommandLine;
import sirkuit.run.check.FileCheck;
import sirkuit.run.state.RunState;

/// Files of texts that have changed since scores were computed from them or runs read them: their digests differ.
final class ChangedTexts {
    private ChangedTexts() {}

    /// The files of a run that have other texts or labels now, by role as in [RunConfig#files()]. Empty for a run
    /// of an older version, which did not record digests.
    static Set<String> since(RunConfig config, RunState state, FileCheck check) {
        Set<String> changed = new TreeSet<>();
        config.files().forEach((role, data) -> {
            String was = state.start().digests().get(role);
            List<String> classes = classes(config, state, role);
            if (was != null && classes != null && check.differ(data, classes, was)) {
                changed.add(role);
            }
        });
        return changed;
    }

    /// Null when it is not known.
    private static @Nullable List<String> classes(RunConfig config, RunState state, String role) {
        return state.bound().stream()
                .filter(b -> b.role().equals(role))
                .map(b -> b.binding().classes())
                .findFirst()
                .orElse(config.labels());
    }

    /// A sentence for each file of scores and of runs.
    static List<String> of(ReportSubject subject) {
        TreeSet<String> changed = new TreeSet<>();
        FileCheck check = new FileCheck(); // scores of several methods have the same texts
        for (ScoreRecord record : subject.scores()) {
            Provenance from = record.provenance();
            if (from != null) {
                from.data().forEach((file, digest) -> {
                    if (data(subject, file)
                            .filter(d -> check.differ(d, record.labels(), digest))
                            .isPresent()) {
                        changed.add("The texts in " + TuneCommandLine.named(file) + " have changed since the scores by "
                                + record.method().title().english() + " were made from them.");
                    }
                });
            }
        }
        Map<String, List<String>> runs = new TreeMap<>();
        subject.runs().forEach(run -> run.changed().forEach(role -> runs.computeIfAbsent(
                        TuneCommandLine.named(
                                Objects.requireNonNull(run.config().files().get(role))
                                        .file()),
                        file -> new ArrayList<>())
                .add(run.name())));
        runs.forEach((file, names) -> changed.add("The texts in " + file + " have changed since "
                + (names.size() == 1 ? "this run" : "these runs") + " read them: "
                + names.stream().distinct().collect(Collectors.joining(", ")) + "."));
        return List.copyOf(changed);
    }

    /// Empty when the file is not the project's any more.
    private static Optional<DataFile> data(ReportSubject subject, String file) {
        Path place = subject.folder().resolve(file).normalize();
        return files(subject.project())
                .filter(d -> subject.folder().resolve(d.file()).normalize().equals(place))
                .findFirst();
    }

    private static Stream<DataFile> files(ProjectFile project) {
        return Stream.concat(Stream.of(project.source()), project.allTargets().stream())
                .flatMap(l -> Stream.of(l.train(), l.test()));
    }
}

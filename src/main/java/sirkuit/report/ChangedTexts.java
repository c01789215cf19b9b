package sirkuit.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
import sirkuit.Problem;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;
import sirkuit.record.Provenance;
import sirkuit.record.RunConfig;
import sirkuit.record.ScoreRecord;
import sirkuit.run.TuneCommandLine;
import sirkuit.run.state.RunState;

/// Files of texts that have changed since scores were computed from them or runs read them: their digests differ.
final class ChangedTexts {
    private ChangedTexts() {}

    /// The files of a run that have other texts or labels now, by role as in [RunConfig#files()]. Empty for a run of an
    /// older version, which did not record digests.
    static Set<String> since(RunConfig config, RunState state) {
        Set<String> changed = new TreeSet<>();
        config.files().forEach((role, data) -> {
            String was = state.start().digests().get(role);
            List<String> classes = classes(config, state, role);
            String now = was == null || classes == null ? null : read(data, classes);
            if (now != null && !now.equals(was)) {
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
        Map<String, Optional<String>> known = new HashMap<>(); // scores of several methods have the same texts
        for (ScoreRecord record : subject.scores()) {
            Provenance from = record.provenance();
            if (from != null) {
                from.data().forEach((file, digest) -> {
                    Optional<String> now =
                            known.computeIfAbsent(file + record.labels(), f -> digest(subject, record, file));
                    if (now.isPresent() && !now.get().equals(digest)) {
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

    /// Digest of the file as it is now; empty if it does not belong to the project any more, or cannot be read.
    private static Optional<String> digest(ReportSubject subject, ScoreRecord record, String file) {
        Path place = subject.folder().resolve(file).normalize();
        return files(subject.project())
                .filter(d -> subject.folder().resolve(d.file()).normalize().equals(place))
                .findFirst()
                .map(d -> read(d, record.labels()));
    }

    private static @Nullable String read(DataFile data, List<String> classes) {
        try {
            return data.digest(classes);
        } catch (Problem unreadable) {
            return null; // the code that works with the texts reports that
        }
    }

    private static Stream<DataFile> files(ProjectFile project) {
        ProjectFile.Language target = project.target();
        return Stream.concat(
                Stream.of(project.source().train(), project.source().test()),
                target == null ? Stream.of() : Stream.of(target.train(), target.test()));
    }
}

package sirkuit.project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.record.DataFile;
import sirkuit.record.OutsideFiles;
import sirkuit.record.Paths;
import sirkuit.record.ProjectFile;
import sirkuit.record.Provenance;
import sirkuit.record.RunConfig;
import sirkuit.record.ScoreRecord;
import sirkuit.run.RunFolder;
import sirkuit.study.StudyPlan;

/// Finds the files outside its own folder that a project, a study or a run reads and that nobody has agreed to yet
/// (decision 37).
public final class OutsideSearch {
    private static final Logger LOG = LoggerFactory.getLogger(OutsideSearch.class);

    /// The parts of a project, a study or a run that are read because of their names. If one is a link, the user is
    /// asked, wherever it leads.
    private static final Set<String> OWN_PARTS =
            Set.of("runs", "masks", "scores", "studies", "adapted", "resume", ".trash");

    private OutsideSearch() {}

    /// All files outside its folder that a project reads and nobody has agreed to.
    public static OutsideFiles ofProject(Path place) {
        Path named = place.toAbsolutePath().normalize();
        Path project = named.endsWith("project.json") ? Paths.parent(named) : named;
        return Files.exists(project.resolve("project.json"))
                ? unknown(project)
                : new OutsideFiles(project, new TreeSet<>());
    }

    /// The same for a study.
    public static OutsideFiles ofStudy(Path study) {
        return unknown(new RunFolder(study.resolve("runs")).home().toAbsolutePath());
    }

    /// The same for one run.
    ///
    /// @param config as it will be read
    public static OutsideFiles ofRun(RunFolder run, RunConfig config) {
        Path home = run.home();
        OutsideFiles named = OutsideFiles.of(home, config.namedFiles());
        SortedSet<Path> unknown = new TreeSet<>(FolderWalk.linksOut(run.folder(), Paths.real(home), FolderWalk.MOST)
                .values());
        if (!named.known()) {
            unknown.addAll(named.files());
        }
        if (!unknown.isEmpty()) {
            unknown.removeAll(Everything.of(home).agreed());
        }
        return asked(named.home(), unknown);
    }

    /// The files that an export of a run reads: its texts, for their digests, and the checkpoint, unless it is
    /// missing or another one is named.
    ///
    /// @param another whether the user has named another checkpoint
    public static OutsideFiles ofExport(RunFolder run, RunConfig config, boolean another) {
        OutsideFiles unknown = ofRun(run, config);
        Path checkpoint = Path.of(config.checkpoint());
        SortedSet<Path> read = new TreeSet<>(unknown.files());
        if (another || !Files.exists(checkpoint)) {
            SortedSet<Path> texts = OutsideFiles.of(
                            unknown.home(),
                            config.files().values().stream().map(DataFile::file).toList())
                    .files();
            read.removeIf(file -> file.equals(Paths.real(checkpoint)) && !texts.contains(file));
        }
        return asked(unknown.home(), read);
    }

    private static OutsideFiles unknown(Path home) {
        Everything all = Everything.of(home);
        SortedSet<Path> unknown = new TreeSet<>();
        all.sets.forEach(set -> unknown.addAll(set.files()));
        unknown.removeAll(all.agreed());
        return asked(Paths.real(home), unknown);
    }

    /// The files to ask about; none if somebody has agreed to exactly these.
    private static OutsideFiles asked(Path home, SortedSet<Path> unknown) {
        OutsideFiles asked = new OutsideFiles(home, unknown);
        return asked.known() ? new OutsideFiles(home, new TreeSet<>()) : asked;
    }

    /// The files that the files in a folder name, one set for each.
    private record Everything(List<OutsideFiles> sets) {
        static Everything of(Path home) {
            Path real = Paths.real(home);
            List<OutsideFiles> sets = new ArrayList<>();
            if (inside(real, home.resolve("project.json"))) {
                read(() -> OutsideFiles.of(home, readProject(home).namedFiles()))
                        .ifPresent(sets::add);
            }
            // There may be a thousand of them.
            configs(home).parallelStream()
                    .filter(file -> inside(real, file)) // a link is reported as one
                    .map(file -> named(home, file))
                    .flatMap(Optional::stream)
                    .forEachOrdered(sets::add);
            sets.add(new OutsideFiles(real, links(home, new Everything(sets).agreed())));
            return new Everything(List.copyOf(sets));
        }

        /// What the settings of a run or a study, or scores, name.
        private static Optional<OutsideFiles> named(Path home, Path file) {
            Path folder = Paths.parent(file);
            return read(() -> switch (String.valueOf(file.getFileName())) {
                case "config.json" ->
                    OutsideFiles.of(home, new RunFolder(folder).config().namedFiles());
                case "study.json" ->
                    OutsideFiles.of(home, StudyPlan.read(folder).namedFiles());
                default -> OutsideFiles.of(home, scored(home, file));
            });
        }

        /// A damaged file names nothing that could be read.
        private static Optional<OutsideFiles> read(Supplier<OutsideFiles> reading) {
            try {
                return Optional.of(reading.get());
            } catch (Problem | java.nio.file.InvalidPathException damaged) {
                LOG.debug("names nothing", damaged);
                return Optional.empty();
            }
        }

        private static ProjectFile readProject(Path home) {
            ProjectFile stored = Json.read(
                    home.resolve("project.json"), ProjectFile.class, ProjectFile.VERSION, sirkuit.JsonKind.PROJECT);
            return Project.mapPaths(stored, p -> Paths.resolved(home, p));
        }

        private static List<String> scored(Path home, Path file) {
            Provenance from = ScoreRecord.readWithoutValues(file).provenance();
            return from == null
                    ? List.of()
                    : from.data().keySet().stream()
                            .map(p -> Paths.resolved(home, p))
                            .toList();
        }

        SortedSet<Path> agreed() {
            SortedSet<Path> agreed = new TreeSet<>();
            sets.stream().filter(OutsideFiles::known).forEach(set -> agreed.addAll(set.files()));
            return agreed;
        }
    }

    private static boolean inside(Path real, Path file) {
        return Files.isRegularFile(file) && Paths.real(file).startsWith(real);
    }

    /// Settings of runs and studies, and scores.
    private static List<Path> configs(Path home) {
        List<Path> found = new ArrayList<>();
        FolderWalk.files(home, FolderWalk.MOST, (file, attributes) -> {
            String name = String.valueOf(file.getFileName());
            Path beside = Paths.parent(file);
            boolean config = name.equals("config.json") && Files.exists(beside.resolve("events.jsonl"));
            boolean waiting = name.equals("config.json")
                    && String.valueOf(Paths.parent(beside).getFileName()).equals("runs");
            boolean scores = name.endsWith(".json") && beside.equals(home.resolve("scores"));
            if (attributes.isRegularFile() && (config || waiting || scores || name.equals("study.json"))) {
                found.add(file);
            }
        });
        return found;
    }

    /// Links that lead outside. Links to folders with named and known files are left out: nothing else is read
    /// through such a link, because a named file is checked at its real place.
    ///
    /// @param known files
    private static SortedSet<Path> links(Path home, SortedSet<Path> known) {
        SortedSet<Path> out = new TreeSet<>();
        FolderWalk.linksOut(home, Paths.real(home), FolderWalk.MOST).forEach((link, real) -> {
            boolean own = OWN_PARTS.contains(home.relativize(link).getName(0).toString());
            boolean toData = Files.isDirectory(real) && known.stream().anyMatch(file -> file.startsWith(real));
            if (own || !toData) {
                out.add(real);
            }
        });
        return out;
    }

    /// Records the agreement: whatever names exactly these files, or these and known ones, may read them from now
    /// on.
    public static void agree(OutsideFiles outside) {
        Everything all = Everything.of(outside.home());
        SortedSet<Path> agreed = all.agreed();
        agreed.addAll(outside.files());
        all.sets.stream().filter(set -> agreed.containsAll(set.files())).forEach(OutsideFiles::remember);
        outside.remember();
        // What would be asked next, now that some are known.
        SortedSet<Path> left = new TreeSet<>(outside.files());
        left.removeAll(Everything.of(outside.home()).agreed());
        new OutsideFiles(outside.home(), left).remember();
    }
}

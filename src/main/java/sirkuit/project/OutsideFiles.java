package sirkuit.project;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.StateFolder;

/// Files outside of a folder that its own files name: a project's checkpoint and texts may lie anywhere, and whoever
/// gets a project from somebody else does not know what it reads. What this program has written itself, or the user has
/// agreed to, is known and not asked about again (decision 37).
///
/// @param home  the folder
/// @param files real paths of what lies outside
public record OutsideFiles(Path home, SortedSet<Path> files) {
    private static final Logger LOG = LoggerFactory.getLogger(OutsideFiles.class);
    private static final int MOST_RECORDS = 512;
    private static final int MOST_NAMED = 5;

    /// What is read in a project, a study or a run because of its name. A link there is asked about, whatever it leads
    /// to.
    private static final Set<String> OWN_PARTS =
            Set.of("runs", "masks", "scores", "studies", "adapted", "resume", ".trash");

    /// The option that agrees.
    public static final String OPTION = "--allow-outside";

    /// What is written down: the files that belong together.
    private record Agreed(
            @JsonProperty(required = true) int schemaVersion,
            String home,
            @JsonProperty(required = true) List<String> outside) {}

    /// @param named absolute paths
    static OutsideFiles of(Path home, Collection<String> named) {
        Path real = Paths.real(home);
        SortedSet<Path> outside = new TreeSet<>();
        for (String path : named) {
            Path place = Paths.real(Path.of(path));
            if (!place.startsWith(real)) {
                outside.add(place);
            }
        }
        return new OutsideFiles(real, outside);
    }

    static OutsideFiles of(Path home, ProjectFile project) {
        List<String> named = new ArrayList<>(List.of(
                project.checkpoint(),
                project.source().train().file(),
                project.source().test().file()));
        if (project.target() != null) {
            named.add(project.target().train().file());
            named.add(project.target().test().file());
        }
        return of(home, named);
    }

    static OutsideFiles of(Path home, RunConfig config) {
        List<String> named = new ArrayList<>(List.of(config.checkpoint()));
        config.files().values().forEach(file -> named.add(file.file()));
        return of(home, named);
    }

    static OutsideFiles of(Path home, StudyPlan plan) {
        List<String> named = new ArrayList<>(List.of(plan.checkpoint()));
        plan.targets()
                .forEach(t -> named.addAll(List.of(t.train().file(), t.eval().file())));
        if (plan.sourceEval() != null) {
            named.add(plan.sourceEval().file());
        }
        plan.watched().values().forEach(file -> named.add(file.file()));
        return of(home, named);
    }

    /// All that a project reads outside of its folder and that nobody has agreed to.
    public static OutsideFiles unknownOfProject(Path place) {
        Path named = place.toAbsolutePath().normalize();
        Path project = named.endsWith("project.json") ? Paths.parent(named) : named;
        return Files.exists(project.resolve("project.json"))
                ? unknown(project)
                : new OutsideFiles(project, new TreeSet<>());
    }

    /// The same of a study.
    public static OutsideFiles unknownOfStudy(Path study) {
        return unknown(new RunFolder(study.resolve("runs")).home().toAbsolutePath());
    }

    /// The same of one run.
    ///
    /// @param config as it will be read
    public static OutsideFiles unknownOfRun(RunFolder run, RunConfig config) {
        Path home = run.home();
        OutsideFiles named = of(home, config);
        SortedSet<Path> unknown = new TreeSet<>(FolderWalk.linksOut(run.folder(), Paths.real(home), FolderWalk.MOST)
                .values());
        if (!named.known()) {
            unknown.addAll(named.files);
        }
        if (!unknown.isEmpty()) {
            unknown.removeAll(Everything.of(home).agreed());
        }
        return asked(named.home, unknown);
    }

    /// What an export of a run reads: its texts, for their digests, and the checkpoint unless it is not there or
    /// another is named.
    ///
    /// @param another whether the user has named another checkpoint
    public static OutsideFiles unknownOfExport(RunFolder run, RunConfig config, boolean another) {
        OutsideFiles unknown = unknownOfRun(run, config);
        Path checkpoint = Path.of(config.checkpoint());
        SortedSet<Path> read = new TreeSet<>(unknown.files);
        if (another || !Files.exists(checkpoint)) {
            SortedSet<Path> texts = of(
                            unknown.home,
                            config.files().values().stream().map(DataFile::file).toList())
                    .files;
            read.removeIf(file -> file.equals(Paths.real(checkpoint)) && !texts.contains(file));
        }
        return asked(unknown.home, read);
    }

    private static OutsideFiles unknown(Path home) {
        Everything all = Everything.of(home);
        SortedSet<Path> unknown = new TreeSet<>();
        all.sets.forEach(set -> unknown.addAll(set.files));
        unknown.removeAll(all.agreed());
        return asked(Paths.real(home), unknown);
    }

    /// Nothing when somebody has agreed to just these.
    private static OutsideFiles asked(Path home, SortedSet<Path> unknown) {
        OutsideFiles asked = new OutsideFiles(home, unknown);
        return asked.known() ? new OutsideFiles(home, new TreeSet<>()) : asked;
    }

    /// What the files in a folder name, file by file.
    private record Everything(List<OutsideFiles> sets) {
        static Everything of(Path home) {
            Path real = Paths.real(home);
            List<OutsideFiles> sets = new ArrayList<>();
            if (inside(real, home.resolve("project.json"))) {
                add(sets, () -> OutsideFiles.of(home, readProject(home)));
            }
            for (Path file : configs(home)) {
                if (!inside(real, file)) {
                    continue; // a link, which is told as one
                }
                Path folder = Paths.parent(file);
                switch (String.valueOf(file.getFileName())) {
                    case "config.json" -> add(sets, () -> OutsideFiles.of(home, new RunFolder(folder).config()));
                    case "study.json" -> add(sets, () -> OutsideFiles.of(home, StudyPlan.read(folder)));
                    default -> add(sets, () -> OutsideFiles.of(home, scored(home, file)));
                }
            }
            sets.add(new OutsideFiles(real, links(home, new Everything(sets).agreed())));
            return new Everything(List.copyOf(sets));
        }

        /// What is damaged names nothing that could be read.
        private static void add(List<OutsideFiles> sets, Supplier<OutsideFiles> read) {
            try {
                sets.add(read.get());
            } catch (Problem | java.nio.file.InvalidPathException damaged) {
                LOG.debug("names nothing", damaged);
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
            sets.stream().filter(OutsideFiles::known).forEach(set -> agreed.addAll(set.files));
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

    /// Where links lead out. Left out are links to folders with files that are named and known: nothing else is read
    /// through such a link, since a file that is named is looked up by where it really lies.
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

    public boolean isEmpty() {
        return files.isEmpty();
    }

    /// Whether nothing lies outside, or this program has written just these files down as agreed.
    boolean known() {
        return files.isEmpty() || records().stream().anyMatch(r -> Files.isRegularFile(r, LinkOption.NOFOLLOW_LINKS));
    }

    /// Remembers that they may be read together. Where nothing can be remembered it is asked again.
    void remember() {
        if (files.isEmpty() || records().stream().allMatch(Files::exists)) {
            return;
        }
        try {
            prune();
            String agreed = Json.pretty(new Agreed(
                    1, home.toString(), files.stream().map(Path::toString).toList()));
            records().forEach(record -> AtomicFile.write(record, agreed));
        } catch (Problem e) {
            LOG.info("not remembered: {}", e.what());
        }
    }

    /// Whatever names these files, and none but these and known ones, may read them from now on.
    public void agree() {
        Everything all = Everything.of(home);
        SortedSet<Path> agreed = all.agreed();
        agreed.addAll(files);
        all.sets.stream().filter(set -> agreed.containsAll(set.files)).forEach(OutsideFiles::remember);
        remember();
        // What is asked next time, now that some are known.
        SortedSet<Path> left = new TreeSet<>(files);
        left.removeAll(Everything.of(home).agreed());
        new OutsideFiles(home, left).remember();
    }

    /// @throws Problem naming the files when there are any
    public void require() {
        if (!isEmpty()) {
            throw new Problem(
                    home + " was not made on this computer, and it names files outside its folder: " + named() + ".",
                    "Check them. If they may be read, add " + OPTION + "; your answer is remembered.");
        }
    }

    /// The first few of them.
    public String named() {
        String first = files.stream().limit(MOST_NAMED).map(Path::toString).collect(Collectors.joining(", "));
        return files.size() <= MOST_NAMED ? first : first + " and " + (files.size() - MOST_NAMED) + " more";
    }

    /// Where it is written down: by whose folder it is and which files they are, since a copy of the folder reads the
    /// same; and by the very folder and where the files lie from there, since a folder may be moved with them.
    private List<Path> records() {
        List<Path> records = new ArrayList<>(List.of(
                record(owner() + "\n" + files.stream().map(Path::toString).collect(Collectors.joining("\0")))));
        try {
            Object disk = Files.getAttribute(home, "unix:dev");
            // The number of a folder that is gone is given to another.
            Object number = Files.getAttribute(home, "unix:ino") + ":" + Files.getAttribute(home, "creationTime");
            records.add(record(owner() + "\n" + disk + ":" + number + "\n"
                    + files.stream().map(f -> home.relativize(f).toString()).collect(Collectors.joining("\0"))));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // Folders have no numbers here.
        }
        return records;
    }

    private static Path record(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return StateFolder.folder("agreed").resolve(HexFormat.of().formatHex(digest) + ".json");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private String owner() {
        try {
            return Files.getOwner(home).getName();
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    /// Records whose files are all gone.
    private static void prune() {
        try (Stream<Path> records = Files.list(StateFolder.folder("agreed"))) {
            List<Path> all = records.toList();
            if (all.size() < MOST_RECORDS) {
                return;
            }
            for (Path record : all) {
                if (Json.read(record, Agreed.class).outside.stream().noneMatch(p -> Files.exists(Path.of(p)))) {
                    Files.deleteIfExists(record);
                }
            }
        } catch (IOException | Problem e) {
            LOG.info("not tidied: {}", e.toString());
        }
    }
}

package sirkuit.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.JsonKind;
import sirkuit.Problem;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskFile;
import sirkuit.mask.ScoreMethod;
import sirkuit.record.OutsideFiles;
import sirkuit.record.Paths;
import sirkuit.record.ProjectFile;
import sirkuit.record.ScoreRecord;
import sirkuit.run.RunFolder;
import sirkuit.study.StudyPlan;

/// A project folder: `project.json`, `scores/`, `masks/`, `runs/`. Only one window at a time may write to it; a second
/// window is read-only.
public final class Project implements AutoCloseable {
    private static final String FILE = "project.json";
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    /// Name of the mask of the last session.
    public static final String CURRENT_MASK = "current";

    /// Name of the mask that was selected by hand and then replaced.
    public static final String DRAFT_MASK = "by-hand-draft";

    /// The ending of ids of scores that came with a sample project.
    public static final String PRECOMPUTED = "-precomputed";

    private final Path folder;
    private final ProjectLock lock;
    private final boolean onlyRead;
    private ProjectFile file;

    private Project(Path folder, ProjectFile file, ProjectLock lock, boolean onlyRead) {
        this.folder = folder;
        this.file = file;
        this.lock = lock;
        this.onlyRead = onlyRead;
    }

    /// Creates a new project. Checkpoint and data may be anywhere; their paths are stored relative to the folder.
    ///
    /// @throws Problem when there is a project already or the folder cannot be written
    public static Project create(Path folder, ProjectFile content) {
        Path absolute = folder.toAbsolutePath().normalize();
        if (Files.exists(absolute.resolve(FILE))) {
            throw Problem.of("project.project-exists", absolute);
        }
        ProjectFile stored = mapPaths(content, p -> Paths.stored(absolute, p));
        AtomicFile.write(absolute.resolve(FILE), Json.pretty(stored));
        OutsideFiles.of(
                        absolute,
                        mapPaths(stored, p -> Paths.resolved(absolute, p)).namedFiles())
                .remember();
        return new Project(absolute, stored, ProjectLock.acquire(absolute), false);
    }

    /// Opens a project; read-only when another window has it open.
    ///
    /// @throws Problem when the folder holds no project, or one of a newer version
    public static Project open(Path place) {
        return open(place, false);
    }

    /// Opens a project read-only. Another window may write to it meanwhile.
    ///
    /// @throws Problem when the folder holds no project, or one of a newer version
    public static Project openReadOnly(Path place) {
        return open(place, true);
    }

    private static Project open(Path place, boolean onlyRead) {
        Path folder = place.toAbsolutePath().normalize();
        if (folder.endsWith(FILE)) {
            folder = Objects.requireNonNull(folder.getParent());
        }
        if (!Files.exists(folder.resolve(FILE))) {
            throw Problem.of("project.no-project-file", folder);
        }
        ProjectFile file = Json.read(folder.resolve(FILE), ProjectFile.class, ProjectFile.VERSION, JsonKind.PROJECT);
        return new Project(folder, file, onlyRead ? ProjectLock.none(folder) : ProjectLock.acquire(folder), onlyRead);
    }

    public Path folder() {
        return folder;
    }

    /// The project file as stored.
    public ProjectFile file() {
        return file;
    }

    /// The project file with every path absolute.
    public ProjectFile resolved() {
        return mapPaths(file, p -> Paths.resolved(folder.resolve(FILE), folder, p));
    }

    /// Whether this window may only read, because another has it open or it was opened read-only.
    public boolean readOnly() {
        return !lock.held();
    }

    /// Whether the user opened it read-only.
    public boolean onlyRead() {
        return onlyRead;
    }

    /// @throws Problem when read-only or the file cannot be written
    public void update(ProjectFile content) {
        requireWritable();
        ProjectFile stored = mapPaths(content, p -> Paths.stored(folder, p));
        AtomicFile.write(folder.resolve(FILE), Json.pretty(stored));
        file = stored;
        OutsideFiles.of(folder, resolved().namedFiles()).remember();
    }

    /// Adds scores under a new id.
    ///
    /// @return the id, for instance `cdt-20260131-174502`
    /// @throws Problem when read-only or the file cannot be written
    public String saveScores(ScoreRecord scores) {
        String id = fresh(folder.resolve("scores"), scores.method().id(), ".json");
        saveScores(id, scores);
        return id;
    }

    /// Saves scores under a given id, replacing those it had.
    ///
    /// @throws Problem when read-only or the file cannot be written
    public void saveScores(String id, ScoreRecord scores) {
        requireWritable();
        scores.withPaths(p -> Paths.stored(folder, p)).write(own(scoresFile(id)));
    }

    /// Scores without the values of single examples: see [ScoreRecord#readWithoutValues(Path)].
    ///
    /// @throws Problem when the file is damaged
    public ScoreRecord scores(String id) {
        return ScoreRecord.readWithoutValues(scoresFile(id)).withPaths(p -> Paths.resolved(scoresFile(id), folder, p));
    }

    /// The file of the scores with an id.
    public Path scoresFile(String id) {
        return folder.resolve("scores").resolve(id + ".json");
    }

    /// Heads that strategies do not change.
    ///
    /// @throws Problem when the file is damaged
    public List<Head> locked() {
        return HeadLocks.read(folder.resolve("locks.json")).heads();
    }

    /// @throws Problem when read-only, the file cannot be written, or there is one that cannot be read, which is
    ///         never overwritten
    public void saveLocked(Collection<Head> heads) {
        requireWritable();
        locked(); // refuses what a newer version wrote, or what is damaged
        HeadLocks.of(heads).write(folder.resolve("locks.json"));
    }

    /// The user's notes on heads; empty if there are none.
    ///
    /// @throws Problem when the file is damaged
    public HeadNotes notes() {
        return HeadNotes.read(folder.resolve("notes.json"));
    }

    /// @throws Problem when read-only, the file cannot be written, or there is one that cannot be read, which is
    ///         never overwritten
    public void saveNotes(HeadNotes notes) {
        requireWritable();
        notes(); // refuses what a newer version wrote, or what is damaged
        notes.write(folder.resolve("notes.json"));
    }

    /// Ids of all scores, oldest first.
    public List<String> scoreIds() {
        return names(folder.resolve("scores"), ".json");
    }

    /// Stores a mask under a name, replacing the one it had.
    ///
    /// @throws Problem when read-only or the file cannot be written
    public void saveMask(String name, HeadMask mask) {
        requireWritable();
        if (!isMaskName(name)) {
            throw Problem.of("project.bad-mask-name", name);
        }
        MaskFile.write(own(folder.resolve("masks").resolve(name + ".json")), mask);
    }

    private static boolean isMaskName(String name) {
        return name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,79}");
    }

    /// @throws Problem when there is no such mask or its file is damaged
    public HeadMask mask(String name) {
        return MaskFile.read(folder.resolve("masks").resolve(name + ".json"));
    }

    public List<String> maskNames() {
        return names(folder.resolve("masks"), ".json");
    }

    /// A new, empty folder for a run.
    ///
    /// @throws Problem when read-only or the folder cannot be created
    public RunFolder newRun() {
        requireWritable();
        Path run = folder.resolve("runs").resolve(fresh(folder.resolve("runs"), "run", ""));
        own(run.resolve("config.json"));
        try {
            Files.createDirectories(run);
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(run, e);
        }
        return new RunFolder(run);
    }

    /// One of the runs, by the name of its folder.
    public RunFolder run(String id) {
        return new RunFolder(folder().resolve("runs").resolve(id));
    }

    /// All runs, oldest first.
    public List<RunFolder> runs() {
        return names(folder.resolve("runs"), "").stream()
                .map(id -> new RunFolder(folder.resolve("runs").resolve(id)))
                .filter(r -> Files.exists(r.configFile()) || Files.exists(r.eventsFile()))
                .toList();
    }

    /// Folders of the studies, by name.
    public List<Path> studies() {
        Path place = folder.resolve("studies");
        return names(place, "").stream()
                .map(place::resolve)
                .filter(StudyPlan::in)
                .toList();
    }

    /// The folder for a new study with that name.
    ///
    /// @throws Problem when read-only, the name is not a valid folder name, or the study exists
    public Path newStudy(String name) {
        requireWritable();
        StudyPlan.requireFolderName(name);
        Path place = folder.resolve("studies").resolve(name);
        if (Files.exists(place)) {
            throw Problem.of("project.study-exists", name);
        }
        own(place.resolve("study.json"));
        return place;
    }

    /// Moves a run to the trash. A run whose checkpoint is in use stays.
    ///
    /// @throws Problem when read-only, a process works on the run, or the project's checkpoint was adapted from it
    public void trash(RunFolder run) {
        requireWritable();
        if (lineage().contains(run.adapted())) {
            throw Problem.of("project.run-checkpoint-used", run.id());
        }
        new RunTrash(folder).take(run);
    }

    /// Restores a deleted run.
    ///
    /// @throws Problem when read-only or it cannot be restored
    public RunFolder restore(String id) {
        requireWritable();
        return new RunTrash(folder).giveBack(id);
    }

    /// The id of a run in the trash, whether it is there already or not.
    public String trashId(RunFolder run) {
        return new RunTrash(folder).id(run);
    }

    /// Deleted runs, latest last.
    ///
    /// @throws Problem when they cannot be listed
    public List<RunFolder> trashed() {
        return new RunTrash(folder).runs();
    }

    /// The original checkpoint of this project, which no run of it made. It is found by following the runs back
    /// from the current checkpoint.
    public Path original() {
        return lineage().getLast();
    }

    /// The project's checkpoint and what it was adapted from.
    private List<Path> lineage() {
        List<Path> line = new ArrayList<>(List.of(Path.of(resolved().checkpoint())));
        while (line.getLast().startsWith(folder)
                && line.getLast().endsWith("adapted")
                && line.getLast().getParent() != null) {
            RunFolder run = new RunFolder(Objects.requireNonNull(line.getLast().getParent()));
            if (!Files.exists(run.configFile())) {
                break;
            }
            Path base = Path.of(run.config().checkpoint());
            if (line.contains(base)) {
                break;
            }
            line.add(base);
        }
        return line;
    }

    @Override
    public void close() {
        lock.close();
    }

    /// @param file that is to be written
    private Path own(Path file) {
        Paths.requireWithin(folder, file);
        return file;
    }

    void requireWritable() {
        if (readOnly()) {
            throw Problem.of("project.opened-read-only", folder);
        }
    }

    private static String fresh(Path parent, String prefix, String suffix) {
        String base = prefix + "-" + LocalDateTime.now(ZoneId.systemDefault()).format(STAMP);
        String id = base;
        for (int i = 2; Files.exists(parent.resolve(id + suffix)); i++) {
            id = base + "-" + i;
        }
        return id;
    }

    private static List<String> names(Path parent, String suffix) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.sorted(Comparator.comparing(Project::modified).thenComparing(Comparator.naturalOrder()))
                    .map(p -> p.getFileName().toString())
                    .filter(n -> !n.startsWith(".") && n.endsWith(suffix))
                    .map(n -> n.substring(0, n.length() - suffix.length()))
                    .toList();
        } catch (IOException e) {
            throw Problem.of(e, "checkpoint.folder-not-listed", parent, e.getMessage());
        }
    }

    private static String modified(Path p) {
        String name = p.getFileName().toString();
        if (name.contains(PRECOMPUTED)) {
            // It came with the project, so it is older than everything computed in it. CD-T comes first.
            return name.startsWith(ScoreMethod.CDT.id() + "-") ? "0-1" : "0-0";
        }
        // Ids contain their time. Masks have other names and sort by name.
        return p.getFileName().toString().replaceFirst("^.*?(\\d{8}-\\d{6}.*)$", "$1");
    }

    static ProjectFile mapPaths(ProjectFile f, UnaryOperator<String> map) {
        return new ProjectFile(
                f.schemaVersion(),
                f.name(),
                map.apply(f.checkpoint()),
                f.labels(),
                f.prompt(),
                mapPaths(f.source(), map),
                f.target() == null ? null : mapPaths(f.target(), map),
                f.maxLength(),
                f.allTargets().stream().map(t -> mapPaths(t, map)).toList());
    }

    private static ProjectFile.Language mapPaths(ProjectFile.Language l, UnaryOperator<String> map) {
        return new ProjectFile.Language(
                l.name(),
                l.train().at(map.apply(l.train().file())),
                l.test().at(map.apply(l.test().file())));
    }
}

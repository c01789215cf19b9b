package sirkuit.app.heatmap.pane;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableMap;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;
import sirkuit.project.Project;
import sirkuit.record.ScoreRecord;

/// The scores saved in a project. The latest of each method is in memory. The others are read when they are needed.
public final class ScoreShelf {
    private static final Pattern ID = Pattern.compile("(.+?)(?:-\\d{8}-\\d{6}(?:-\\d+)?|" + Project.PRECOMPUTED + ")");

    private final Project project;
    private final Notices notices;
    private final Threads threads;
    private final ObservableList<String> ids = FXCollections.observableArrayList();
    private final ObservableList<String> view = FXCollections.unmodifiableObservableList(ids);
    private final ObservableMap<ScoreMethod, StoredScores> latest =
            FXCollections.observableMap(new EnumMap<>(ScoreMethod.class));

    /// Scores saved in the project.
    public record StoredScores(String id, Path file, ScoreRecord record) {}

    public ScoreShelf(Project project, Notices notices, Threads threads) {
        this.project = project;
        this.notices = notices;
        this.threads = threads;
    }

    /// Oldest first.
    public ObservableList<String> ids() {
        return view;
    }

    /// The latest scores of each method.
    public ObservableMap<ScoreMethod, StoredScores> latest() {
        return latest;
    }

    /// Loads the list of the project's scores, and reads the latest of each method in the background.
    ///
    /// @param last the last of them, if it has been read already; null otherwise
    public void fill(List<String> all, @Nullable ScoreRecord last) {
        ids.setAll(all);
        Map<ScoreMethod, String> newest = new EnumMap<>(ScoreMethod.class);
        for (String id : all) {
            ScoreMethod method = methodOf(id);
            if (method != null) {
                newest.put(method, id);
            }
        }
        if (last != null && all.getLast().equals(newest.get(last.method()))) {
            newest.remove(last.method());
            latest(new StoredScores(all.getLast(), project.scoresFile(all.getLast()), last));
        }
        Collection<String> wanted = List.copyOf(newest.values());
        threads.fetch(() -> read(wanted), found -> found.forEach(this::latest), notices::tell);
    }

    /// Adds scores that have just been computed and saved.
    public void add(String id, ScoreRecord record) {
        ids.add(id);
        latest(new StoredScores(id, project.scoresFile(id), record.withoutValues()));
    }

    /// Reads some scores in the background.
    public void get(String id, Consumer<StoredScores> whenRead) {
        for (StoredScores kept : latest.values()) {
            if (kept.id().equals(id)) {
                whenRead.accept(kept);
                return;
            }
        }
        threads.fetch(() -> new StoredScores(id, project.scoresFile(id), project.scores(id)), whenRead, notices::tell);
    }

    /// Reads scores by method and time in the background.
    ///
    /// @param whenRead is not told if there are none
    public void find(ScoreMethod method, String createdAt, Consumer<RelevanceScores> whenRead) {
        List<String> wanted =
                ids.reversed().stream().filter(id -> methodOf(id) == method).toList();
        threads.fetch(
                () -> wanted.stream()
                        .flatMap(id -> read(List.of(id)).stream())
                        .map(kept -> kept.record().scores())
                        .filter(scores -> createdAt.equals(scores.createdAt()))
                        .findFirst(),
                found -> found.ifPresent(whenRead),
                notices::tell);
    }

    /// The method of the scores with that id; null when it is not known.
    static @Nullable ScoreMethod methodOf(String id) {
        Matcher parts = ID.matcher(id);
        try {
            return parts.matches() ? ScoreMethod.of(parts.group(1)) : null;
        } catch (Problem unknown) {
            return null;
        }
    }

    private void latest(StoredScores kept) {
        latest.put(kept.record().method(), kept);
    }

    /// A damaged one is reported when it is selected.
    private List<StoredScores> read(Collection<String> wanted) {
        List<StoredScores> found = new ArrayList<>();
        for (String id : wanted) {
            try {
                found.add(new StoredScores(id, project.scoresFile(id), project.scores(id)));
            } catch (Problem damaged) {
                continue;
            }
        }
        return found;
    }
}

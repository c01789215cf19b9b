package sirkuit.app.present;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.app.SampleCopy;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunsModel;
import sirkuit.app.tune.TuneModel;
import sirkuit.app.work.NoEngine;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.app.work.WindowEngine;
import sirkuit.mask.HeadMask;
import sirkuit.project.Project;
import sirkuit.protocol.Event;

/// A presentation of the sample project without a window and without an engine.
class Presenting {
    static final List<String> LABELS = List.of("negative", "neutral", "positive");

    @TempDir
    Path folder = Path.of("");

    final NoEngine engine = new NoEngine();
    final Notices notices = new Notices();
    final Threads here = new Threads(Runnable::run, Runnable::run);
    final WindowEngine session = new WindowEngine(states -> engine, notices);
    final List<RunModel> discarded = new ArrayList<>();
    final List<Wait> waits = new ArrayList<>();
    long now;

    @Nullable
    Project project;

    @Nullable
    RunsModel runs;

    @Nullable
    PresentModel present;

    static final class Wait {
        private final Duration time;
        private final Runnable then;
        private boolean off;

        Wait(Duration time, Runnable then) {
            this.time = time;
            this.then = then;
        }
    }

    @BeforeEach
    void open() throws IOException {
        project = Project.open(SampleCopy.in(folder));
        runs = new RunsModel(project, session, notices, here);
        runs.load();
    }

    @AfterEach
    void close() {
        if (present != null) {
            present.close();
        }
        Objects.requireNonNull(project).close();
    }

    PresentModel present() {
        return present(null);
    }

    PresentModel present(@Nullable HeadMask chosen) {
        Project open = Objects.requireNonNull(project);
        Script script = Script.read(open, open.resolved(), here);
        PresentedProject subject = new PresentedProject(
                open,
                open.resolved(),
                session,
                here,
                open.scores("cdt-precomputed").scores(),
                chosen,
                true,
                new SimpleObjectProperty<>(),
                Objects.requireNonNull(runs),
                new TuneModel(),
                script.names(),
                discarded::add);
        present = new PresentModel(subject, script, this::after, () -> now);
        return present;
    }

    Runnable after(Duration time, Runnable then) {
        Wait wait = new Wait(time, then);
        waits.add(wait);
        return () -> wait.off = true;
    }

    /// Whatever is waited for that long has not come.
    void patienceEnds(int seconds) {
        List.copyOf(waits).stream()
                .filter(w -> !w.off && w.time.toSeconds() == seconds)
                .forEach(w -> {
                    w.off = true;
                    w.then.run();
                });
    }

    static Event.Explained explained(double... probabilities) {
        int best = 0;
        for (int i = 0; i < probabilities.length; i++) {
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        return new Event.Explained(List.of(), LABELS, probabilities, best, null, null, false);
    }
}

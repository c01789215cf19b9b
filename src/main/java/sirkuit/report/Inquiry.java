package sirkuit.report;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.engine.Event;
import sirkuit.engine.Request;
import sirkuit.project.DataFile;
import sirkuit.project.ProjectFile;

/// Asks the engine what a report wants to know beyond the project's files: the causal check, and which sentences were
/// gained and lost.
public final class Inquiry {
    /// As many as the window's causal check takes: of a few hundred held-out texts the two are disjoint.
    private static final int BASELINE_EXAMPLES = 180;

    private static final int EXAMPLES = 120;

    private final BiConsumer<Request, Consumer<Event>> engine;

    /// @param engine works on a request, hands out its events and returns after the last
    public Inquiry(BiConsumer<Request, Consumer<Event>> engine) {
        this.engine = engine;
    }

    public Findings about(Subject subject) {
        ProjectFile project = subject.project();
        List<Findings.Changed> changes = new ArrayList<>();
        List<Subject.Run> runs = Stream.of(subject.bestMasked(), subject.full())
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .filter(r -> Files.isDirectory(r.folder().adapted()))
                .toList();
        if (!runs.isEmpty()) {
            compare(project, project.source(), runs, changes);
            ProjectFile.Language target = project.target();
            if (target != null) {
                compare(project, target, runs, changes);
            }
        }
        return new Findings(judged(subject), List.copyOf(changes));
    }

    private Event.@Nullable Judged judged(Subject subject) {
        if (subject.mask() == null || subject.mask().size() == 0) {
            return null;
        }
        ProjectFile project = subject.project();
        List<Event.Judged> judged = new ArrayList<>();
        engine.accept(
                new Request.Faithfulness(
                        model(project, project.checkpoint()),
                        project.source().test(),
                        subject.mask(),
                        null,
                        BASELINE_EXAMPLES,
                        EXAMPLES,
                        0),
                event -> {
                    if (event instanceof Event.Judged j) {
                        judged.add(j);
                    }
                });
        return judged.isEmpty() ? null : judged.getFirst();
    }

    private void compare(
            ProjectFile project, ProjectFile.Language language, List<Subject.Run> runs, List<Findings.Changed> to) {
        List<String> labels = new ArrayList<>();
        List<Event.Predicted.Row> before = rows(model(project, project.checkpoint()), language.test(), labels);
        for (Subject.Run run : runs) {
            List<Event.Predicted.Row> after =
                    rows(model(project, run.folder().adapted().toString()), language.test(), labels);
            List<Findings.Sentence> gained = new ArrayList<>();
            List<Findings.Sentence> lost = new ArrayList<>();
            for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
                Event.Predicted.Row was = before.get(i);
                Event.Predicted.Row now = after.get(i);
                boolean right = was.predicted() == was.label();
                if (right != (now.predicted() == now.label())) {
                    (right ? lost : gained)
                            .add(new Findings.Sentence(
                                    was.text(),
                                    was.pair(),
                                    labels.get(was.label()),
                                    labels.get(was.predicted()),
                                    labels.get(now.predicted())));
                }
            }
            to.add(new Findings.Changed(
                    run.folder().id(), language.name(), before.size(), List.copyOf(gained), List.copyOf(lost)));
        }
    }

    private List<Event.Predicted.Row> rows(Request.Model model, DataFile data, List<String> labels) {
        List<Event.Predicted.Row> rows = new ArrayList<>();
        engine.accept(new Request.Predict(model, data, 0), event -> {
            if (event instanceof Event.Predicted p) {
                rows.addAll(p.rows());
                if (labels.isEmpty()) {
                    labels.addAll(p.labels());
                }
            }
        });
        return rows;
    }

    private static Request.Model model(ProjectFile project, String checkpoint) {
        return new Request.Model(checkpoint, project.labels(), project.maxLength(), project.prompt());
    }
}

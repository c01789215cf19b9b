package sirkuit.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
                .filter(r -> Files.isDirectory(Path.of(r.config().checkpoint())))
                .toList();
        // Of the texts that a run was measured on, whatever the project has chosen since.
        Map<Asked, List<Event.Predicted.Row>> known = new HashMap<>();
        for (Subject.Run run : runs) {
            DataFile source = run.config().sourceEval();
            if (source != null) {
                compare(project, String.valueOf(run.texts().source()), source, run, known, changes);
            }
        }
        for (Subject.Run run : runs) {
            compare(project, run.texts().target(), run.config().targetEval(), run, known, changes);
        }
        return new Findings(judged(subject), List.copyOf(changes));
    }

    /// What a checkpoint was asked about.
    private record Asked(String checkpoint, DataFile texts) {}

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
            ProjectFile project,
            String language,
            DataFile texts,
            Subject.Run run,
            Map<Asked, List<Event.Predicted.Row>> known,
            List<Findings.Changed> to) {
        if (!Files.isRegularFile(Path.of(texts.file()))) {
            return; // it is not where the run read it any more
        }
        List<String> labels = new ArrayList<>();
        String base = run.config().checkpoint();
        List<Event.Predicted.Row> after =
                rows(model(project, run.folder().adapted().toString()), texts, labels);
        List<Event.Predicted.Row> before = known.computeIfAbsent(
                new Asked(base, texts), asked -> rows(model(project, base), texts, new ArrayList<>()));
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
                run.folder().id(), language, before.size(), List.copyOf(gained), List.copyOf(lost)));
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

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
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.Defaults;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;
import sirkuit.run.RunGroup;

/// Asks the engine for what a report needs beyond the project's files: the causal check, and which sentences were
/// gained and lost.
public final class Inquiry {
    /// As many texts as in the window's causal check: with a few hundred test texts, the two samples are
    /// disjoint.

    private final BiConsumer<Request, Consumer<Event>> engine;

    /// @param engine handles a request, passes on its events and returns after the last
    public Inquiry(BiConsumer<Request, Consumer<Event>> engine) {
        this.engine = engine;
    }

    public Findings about(ReportSubject subject) {
        List<Findings.Changed> changes = new ArrayList<>();
        List<Findings.Uncompared> uncompared = new ArrayList<>();
        List<ReportSubject.Run> runs = groups(subject).stream()
                .flatMap(group -> Stream.of(subject.bestMasked(group), subject.full(group)))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .filter(r -> Files.isDirectory(r.folder().adapted()))
                .filter(r -> Files.isDirectory(Path.of(r.config().checkpoint())))
                .toList();
        // The texts that the run was measured on, read as it did. The project's later choices do not matter.
        Map<Asked, List<Event.Predicted.Row>> known = new HashMap<>();
        List<Comparison> wanted = new ArrayList<>();
        runs.forEach(run -> {
            DataFile source = run.config().sourceEval();
            if (source != null) {
                wanted.add(new Comparison(
                        run, "sourceEval", String.valueOf(run.texts().source()), source));
            }
        });
        runs.forEach(run -> wanted.add(new Comparison(
                run, "targetEval", run.texts().target(), run.config().targetEval())));
        for (Comparison one : wanted) {
            String hindrance = one.hindrance();
            if (hindrance == null) {
                changes.add(compare(one, known));
            } else {
                uncompared.add(new Findings.Uncompared(one.run.folder().id(), one.language, hindrance));
            }
        }
        return new Findings(judged(subject), List.copyOf(changes), List.copyOf(uncompared));
    }

    /// The runs of each of the project's targets; if there are none, those most like it.
    private static List<RunGroup<ReportSubject.Run>> groups(ReportSubject subject) {
        List<RunGroup<ReportSubject.Run>> all = subject.groups();
        List<RunGroup<ReportSubject.Run>> present =
                all.stream().filter(subject::present).toList();
        return present.isEmpty() ? all.stream().limit(1).toList() : present;
    }

    /// A comparison of answers before and after a run, for some of its texts.
    ///
    /// @param role what the texts are for in the run, as in [sirkuit.record.RunConfig#files()]
    private record Comparison(ReportSubject.Run run, String role, String language, DataFile texts) {
        /// Why it cannot be made; null if it can.
        @Nullable
        String hindrance() {
            if (!Files.isRegularFile(Path.of(texts.file()))) {
                return "the texts are not any more where the run read them";
            }
            return run.changed().contains(role) ? "the texts have changed since" : null;
        }

        /// A checkpoint with the run's labels, prompt and length.
        Request.Model model(String checkpoint) {
            RunConfig config = run.config();
            return new Request.Model(
                    checkpoint, config.labels(), config.settings().maxLength(), config.prompt());
        }
    }

    /// A checkpoint and the texts that it was asked about.
    private record Asked(Request.Model model, DataFile texts) {}

    private Event.@Nullable Judged judged(ReportSubject subject) {
        if (subject.mask() == null || subject.mask().size() == 0) {
            return null;
        }
        ProjectFile project = subject.project();
        List<Event.Judged> judged = new ArrayList<>();
        engine.accept(
                new Request.Faithfulness(
                        new Request.Model(
                                project.checkpoint(), project.labels(), project.maxLength(), project.prompt()),
                        project.source().test(),
                        subject.mask(),
                        null,
                        Defaults.BASELINE_EXAMPLES,
                        Defaults.EXAMPLES,
                        Defaults.SEED),
                event -> {
                    if (event instanceof Event.Judged j) {
                        judged.add(j);
                    }
                });
        return judged.isEmpty() ? null : judged.getFirst();
    }

    private Findings.Changed compare(Comparison one, Map<Asked, List<Event.Predicted.Row>> known) {
        List<String> labels = new ArrayList<>();
        List<Event.Predicted.Row> after =
                rows(one.model(one.run.folder().adapted().toString()), one.texts, labels);
        Request.Model base = one.model(one.run.config().checkpoint());
        List<Event.Predicted.Row> before =
                known.computeIfAbsent(new Asked(base, one.texts), asked -> rows(base, one.texts, new ArrayList<>()));
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
        return new Findings.Changed(
                one.run.folder().id(), one.language, before.size(), List.copyOf(gained), List.copyOf(lost));
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
}

package sirkuit.report;

import static j2html.TagCreator.body;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.head;
import static j2html.TagCreator.li;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.style;
import static j2html.TagCreator.text;
import static j2html.TagCreator.title;
import static j2html.TagCreator.ul;

import j2html.TagCreator;
import j2html.tags.DomContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sirkuit.Version;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.protocol.Event;
import sirkuit.protocol.Points;
import sirkuit.protocol.Quality;
import sirkuit.record.ProjectFile;
import sirkuit.record.Provenance;
import sirkuit.record.RunConfig;
import sirkuit.record.ScoreRecord;
import sirkuit.run.RunGroup;
import sirkuit.run.ScoreCommandLine;
import sirkuit.run.TuneCommandLine;
import sirkuit.run.state.RunState;

/// One HTML page that needs nothing else: no network, no script, light and dark, and suitable for paper.
///
/// Every text of the project is written as text (j2html escapes it), and the page forbids the browser to run or fetch
/// anything. So hostile texts in the data stay texts.
public final class Report {
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private final ReportSubject subject;
    private final Findings findings;
    private final LocalDate day;

    private Report(ReportSubject subject, Findings findings, LocalDate day) {
        this.subject = subject;
        this.findings = findings;
        this.day = day;
    }

    /// @param day the date of the report
    public static String of(ReportSubject subject, Findings findings, LocalDate day) {
        // Characters that change the direction of writing can make a name look like another.
        return new Report(subject, findings, day).page().replaceAll("[\\u202a-\\u202e\\u2066-\\u2069]", "");
    }

    private String page() {
        ProjectFile project = subject.project();
        HeatmapTables maps = new HeatmapTables(subject.scores(), subject.mask());
        Tables tables = new Tables(subject, findings);
        List<DomContent> parts = new ArrayList<>();
        parts.add(h1(project.name()));
        parts.add(p(day + ", Sirkuit " + Version.current()).withClass("soft"));
        parts.add(inShort());
        parts.add(h2("The question"));
        parts.add(asked());
        parts.add(h2("Model and data"));
        parts.add(tables.data());
        parts.add(h2("Which heads matter"));
        parts.add(subject.scores().isEmpty() ? p("No head has been scored yet.").withClass("soft") : maps.all());
        parts.add(h2("The selected heads"));
        parts.add(mask());
        parts.add(h2("Do these heads matter? The causal check"));
        parts.add(tables.check());
        parts.add(h2("Runs"));
        if (subject.runs().isEmpty()) {
            parts.add(p("No run has been made yet.").withClass("soft"));
        } else {
            List<RunGroup<ReportSubject.Run>> groups = subject.groups();
            if (groups.size() == 1) {
                parts.add(tables.runs(subject.runs(), true));
                parts.addAll(figures(groups.getFirst()));
            } else {
                groups.forEach(group -> parts.addAll(section(group, tables)));
            }
        }
        parts.addAll(Studies.section(subject.studies()));
        parts.add(h2("Sentences gained and lost"));
        parts.add(tables.sentences());
        parts.add(h2("Limits"));
        parts.add(limits());
        parts.add(h2("Reproduce it"));
        parts.add(again());
        parts.add(h2("Provenance"));
        parts.add(provenance());
        return document(TagCreator.html(
                        head(
                                meta().withCharset("utf-8"),
                                meta().attr("http-equiv", "Content-Security-Policy")
                                        .withContent(POLICY),
                                meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                                meta().withName("referrer").withContent("no-referrer"),
                                title(project.name()),
                                style(rawHtml(PageColours.style() + sheet() + maps.style()))),
                        body(parts.toArray(DomContent[]::new)))
                .withLang("en"));
    }

    /// Table and figures of the runs of one target.
    private List<DomContent> section(RunGroup<ReportSubject.Run> group, Tables tables) {
        List<DomContent> parts = new ArrayList<>();
        parts.add(h3(learnt(group)));
        parts.add(tables.runs(group.runs(), false));
        parts.addAll(figures(group));
        return parts;
    }

    /// The figures of runs that can be compared. Runs with another target have their own figures.
    private List<DomContent> figures(RunGroup<ReportSubject.Run> group) {
        String source = group.source(ReportSubject.Run::texts);
        List<DomContent> figures = new ArrayList<>();
        figures.add(figure(
                Plots.curves(subject, group.runs()),
                figcaption("Accuracy by step: " + learnt(group) + " full, "
                        + (source == null ? "source" : source)
                        + " dashed" + watched(group) + "; colours as in the table." + alone())));
        DomContent tradeOff = Plots.tradeOff(subject, group.runs());
        if (tradeOff != null) {
            figures.add(figure(
                    tradeOff,
                    figcaption("What was gained on " + learnt(group) + " against what was forgotten of " + source
                            + "; bars are 95 % intervals of the accuracy afterwards. Upper left is best."
                            + (group.runs().stream().allMatch(r -> r.state().status() == RunState.Status.FINISHED)
                                    ? ""
                                    : " Hollow: not finished.")
                            + Tables.chosenMarked(subject, group.runs()) + alone())));
        }
        return figures;
    }

    private static String watched(RunGroup<ReportSubject.Run> group) {
        Set<String> names = new LinkedHashSet<>();
        group.runs().forEach(run -> names.addAll(run.config().watched().keySet()));
        return names.isEmpty() ? "" : ", " + String.join(" and ", names) + " dotted";
    }

    private String alone() {
        return subject.groups().size() > 1 ? " Runs of another target have a figure of their own." : "";
    }

    /// `Minangkabau`, `Minangkabau (other test texts)`.
    private static String learnt(RunGroup<ReportSubject.Run> group) {
        return group.texts().target() + (group.difference().isEmpty() ? "" : " (" + group.difference() + ")");
    }

    private DomContent inShort() {
        List<DomContent> lines = new ArrayList<>();
        HeadMask mask = subject.mask();
        if (mask != null) {
            lines.add(p(String.format(
                    Locale.ROOT,
                    "%d of %d attention heads (%.0f %%) are selected: %s.",
                    mask.size(),
                    mask.layers() * mask.heads(),
                    100.0 * mask.size() / (mask.layers() * mask.heads()),
                    subject.maskName().isEmpty() ? "selected by hand" : subject.maskName())));
        }
        Event.Judged judged = findings.judged();
        if (judged != null && !judged.sets().isEmpty()) {
            Event.Judged.JudgedSet set = judged.sets().getFirst();
            lines.add(p(String.format(
                    Locale.ROOT,
                    "With only these heads the checkpoint answers %s right (all heads: %s; random heads: %s).",
                    Tables.percent(set.keepOnly().accuracy()),
                    Tables.percent(set.whole().accuracy()),
                    Tables.percent(Tables.mean(set.randomKeep())))));
        }
        List<RunGroup<ReportSubject.Run>> groups = subject.groups();
        if (groups.size() > 1) {
            lines.add(p("These runs learned different targets or were tested on different texts ("
                    + groups.stream().map(Report::learnt).collect(Collectors.joining("; "))
                    + "). Each group is reported separately; do not compare figures between groups."));
        }
        String nonePresent = subject.nonePresent();
        if (nonePresent != null) {
            lines.add(p(nonePresent));
        }
        subject.notLearned().forEach(target -> lines.add(p("No run has learned " + target + " yet.")));
        groups.forEach(group -> lines.addAll(claims(group)));
        return lines.isEmpty()
                ? text("")
                : div(lines.toArray(DomContent[]::new)).withClass("short");
    }

    /// The results of the runs with one target.
    private List<DomContent> claims(RunGroup<ReportSubject.Run> group) {
        List<DomContent> lines = new ArrayList<>();
        ReportSubject.Run best = subject.bestMasked(group);
        if (best != null) {
            lines.add(p(outcome("Training only these heads", group, best)));
        }
        ReportSubject.Run full = subject.full(group);
        if (full != null) {
            lines.add(p(outcome("Training everything", group, full)));
        }
        ReportSubject.Run chance = subject.byChance(group);
        if (chance != null) {
            lines.add(p(outcome("Training the same number of random heads", group, chance)));
        }
        if (best != null && full != null && !Tables.course(best).equals(Tables.course(full))) {
            lines.add(p("These runs differ in learning rate or epochs (see the table): what is gained and forgotten"
                    + " depends on them as well."));
        }
        return lines;
    }

    private static String outcome(String what, RunGroup<ReportSubject.Run> group, ReportSubject.Run run) {
        Quality now = Objects.requireNonNull(run.state().target());
        Quality before = Objects.requireNonNull(run.state().targetBefore());
        Points lost = run.state().forgetting();
        return String.format(
                        Locale.ROOT,
                        "%s brings %s from %s to %s",
                        what,
                        learnt(group),
                        Tables.percent(before.accuracy()),
                        Tables.percent(now.accuracy()))
                + (lost == null
                        ? "."
                        : String.format(
                                Locale.ROOT,
                                lost.value() >= 0 ? " and forgets %.1f points of %s." : " and adds %.1f points on %s.",
                                Math.abs(lost.value()),
                                run.texts().source()))
                + (Tables.chosen(run) == null ? "" : " " + Tables.chosen(run));
    }

    private DomContent asked() {
        ProjectFile project = subject.project();
        List<String> targets =
                project.allTargets().stream().map(ProjectFile.Language::name).toList();
        String runs = subject.allPresent()
                ? ""
                : " The runs learned "
                        + subject.groups().stream()
                                .map(g -> g.texts().target())
                                .distinct()
                                .collect(Collectors.joining(", "))
                        + ".";
        return p("The checkpoint knows the task in " + project.source().name()
                + ". Which of its attention heads carry the task, and what does the model gain and forget when only those are tuned on "
                + (targets.isEmpty() ? "another language" : String.join(" and ", targets))
                + "? The method is circuit-targeted supervised fine-tuning (arXiv 2601.08146)."
                + runs);
    }

    private DomContent mask() {
        HeadMask mask = subject.mask();
        if (mask == null || mask.size() == 0) {
            return p("No heads are selected.").withClass("soft");
        }
        List<String> layers = new ArrayList<>();
        for (int l = 0; l < mask.layers(); l++) {
            List<String> heads = new ArrayList<>();
            for (Head head : mask.selected()) {
                if (head.layer() == l) {
                    heads.add("H" + head.head());
                }
            }
            if (!heads.isEmpty()) {
                layers.add("L" + l + ": " + String.join(" ", heads));
            }
        }
        return div(
                p(subject.maskName().isEmpty() ? "Selected by hand." : "Made by: " + subject.maskName() + "."),
                ul(each(layers, layer -> li(layer))));
    }

    private DomContent limits() {
        List<String> lines = new ArrayList<>(List.of(
                "Each run has one seed: differences of two or three points are within its noise unless a study says otherwise.",
                "Intervals are 95 % Wilson intervals over the test texts. They say nothing about other domains.",
                "Heads that are not selected may be able to do the task too. The causal check shows that the selected heads"
                        + " suffice or are needed, not that they are the only ones.",
                "Scores hold for these texts, this checkpoint and this baseline."));
        TreeSet<String> notes = new TreeSet<>();
        subject.runs().forEach(r -> {
            if (r.state().why() != null) {
                notes.add("Run " + r.name() + ": " + r.state().why());
            }
        });
        subject.damaged().forEach(d -> notes.add("Left out because it cannot be read: " + d.what()));
        String silent = subject.runs().stream()
                .filter(r -> !r.texts().told())
                .map(ReportSubject.Run::name)
                .collect(Collectors.joining(", "));
        if (!silent.isEmpty()) {
            notes.add("These runs were made by an older version that did not record their target; the names come from"
                    + " their files: " + silent + ".");
        }
        lines.addAll(ChangedTexts.of(subject));
        lines.addAll(notes);
        return ul(each(lines, line -> li(line)));
    }

    private DomContent again() {
        List<DomContent> parts = new ArrayList<>();
        parts.add(p("In the project's folder:"));
        List<String> scores = subject.scores().stream()
                .map(r -> "sirkuit score " + String.join(" ", ScoreCommandLine.of(r, subject.project(), this::within)))
                .distinct()
                .toList();
        if (!scores.isEmpty()) {
            parts.add(pre(String.join("\n", scores)));
        }
        for (RunGroup<ReportSubject.Run> group : subject.groups()) {
            ReportSubject.Run best = subject.bestMasked(group);
            ReportSubject.Run run = best != null ? best : group.runs().getLast();
            parts.add(p("The run " + run.name() + ":"));
            parts.add(pre("sirkuit tune \\\n    "
                    + String.join(" \\\n    ", TuneCommandLine.of(run.config(), this::within, subject.maskFile(run)))));
            String unsaid = TuneCommandLine.unsaid(run.config());
            if (unsaid != null) {
                parts.add(p(unsaid));
            }
        }
        parts.add(p(text("This page: "), code("sirkuit report .")));
        return div(parts.toArray(DomContent[]::new));
    }

    private DomContent provenance() {
        List<String> lines = new ArrayList<>();
        for (ScoreRecord record : subject.scores()) {
            Provenance from = record.provenance();
            if (from != null) {
                lines.add(record.method().title().english() + ": " + from.words() + ", checkpoint "
                        + digest(from.checkpointDigest()));
                from.data()
                        .forEach((file, digest) ->
                                lines.add("data " + TuneCommandLine.named(file) + ": " + digest(digest)));
            }
        }
        subject.runs().forEach(r -> {
            String digest = r.state().start().checkpointDigest();
            lines.add("run " + r.name() + ": learned " + r.texts().target() + ", seed "
                    + r.config().settings().seed()
                    + (digest == null ? "" : ", from checkpoint " + digest(digest))
                    + r.config().files().keySet().stream()
                            .filter(r.texts().digests()::containsKey)
                            .map(role -> ", " + texts(role) + " "
                                    + r.texts().digests().get(role))
                            .collect(Collectors.joining())
                    + (r.state().provenance().isEmpty() ? "; no record of what computed it" : ""));
            r.state().provenance().forEach(from -> lines.add("run " + r.name() + ": computed by " + from.words()));
        });
        return lines.isEmpty()
                ? p("Nothing has been computed yet.").withClass("soft")
                : ul(each(lines.stream().distinct().toList(), line -> li(line)));
    }

    /// The role of a run's file, in words.
    private static String texts(String role) {
        return switch (role) {
            case "train" -> "training texts";
            case "targetEval" -> "target test texts";
            case "sourceEval" -> "source test texts";
            case RunConfig.REPLAY -> "source texts learned again";
            default -> role + " texts"; // watched Javanese
        };
    }

    /// A path as it is written in the project's folder; for a path elsewhere, its last two names.
    private String within(String path) {
        Path place = Path.of(path);
        return place.startsWith(subject.folder())
                ? subject.folder().relativize(place).toString()
                : TuneCommandLine.named(path);
    }

    private static String digest(@Nullable String digest) {
        return digest == null ? "?" : digest;
    }

    private static String sheet() {
        try (InputStream in = Objects.requireNonNull(Report.class.getResourceAsStream("report.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

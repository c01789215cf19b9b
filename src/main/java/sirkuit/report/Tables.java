package sirkuit.report;

import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;
import static j2html.TagCreator.small;
import static j2html.TagCreator.span;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sirkuit.AccuracyChange;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Event.Judged.JudgedAccuracy;
import sirkuit.protocol.Points;
import sirkuit.protocol.Quality;
import sirkuit.record.DataFile;
import sirkuit.record.LabelBinding;
import sirkuit.record.ProjectFile;
import sirkuit.record.Replay;
import sirkuit.record.RunConfig;
import sirkuit.record.ScoreRecord;
import sirkuit.run.ChosenOn;
import sirkuit.run.RunGroup;
import sirkuit.run.TuneCommandLine;

/// The report's tables.
final class Tables {
    private static final int MOST_SENTENCES = 12;

    private final ReportSubject subject;
    private final Findings findings;

    Tables(ReportSubject subject, Findings findings) {
        this.subject = subject;
        this.findings = findings;
    }

    DomContent data() {
        ProjectFile project = subject.project();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("checkpoint", TuneCommandLine.named(project.checkpoint())));
        if (!subject.scores().isEmpty()) {
            rows.add(List.of(
                    "heads",
                    subject.scores().getFirst().layers() + " layers x "
                            + subject.scores().getFirst().heads()));
        }
        subject.runs().stream()
                .filter(r -> r.state().start().parameters() > 0)
                .findFirst()
                .ifPresent(r -> rows.add(List.of(
                        "parameters",
                        String.format(Locale.ROOT, "%,d", r.state().start().parameters()))));
        rows.add(List.of("source", language(project.source())));
        List<ProjectFile.Language> targets = project.allTargets();
        boolean plain = subject.allPresent() || targets.size() > 1;
        targets.forEach(t -> rows.add(List.of(plain ? "target" : "current target", language(t))));
        for (RunGroup<ReportSubject.Run> group :
                subject.allPresent() ? List.<RunGroup<ReportSubject.Run>>of() : subject.groups()) {
            rows.add(List.of(
                    "learned by " + (group.runs().size() == 1 ? "run " : "runs ")
                            + group.runs().stream()
                                    .map(r -> "" + (subject.number(r) + 1))
                                    .collect(Collectors.joining(", ")),
                    learnt(group)));
        }
        labels().forEach((file, words) -> rows.add(List.of("labels of " + file, words)));
        return table(each(rows, row -> tr(th(row.get(0)), td(row.get(1))))).withClass("plain");
    }

    /// The class of each label, by file. Another reading at another time is listed too.
    private Map<String, String> labels() {
        Map<String, Set<String>> words = new LinkedHashMap<>();
        for (ScoreRecord record : subject.scores()) {
            if (record.binding() != null && record.provenance() != null) {
                record.provenance().data().keySet().forEach(file -> add(words, file, record.binding()));
            }
        }
        subject.runs().forEach(r -> r.state().bound().forEach(b -> add(words, b.file(), b.binding())));
        Map<String, String> joined = new LinkedHashMap<>();
        words.forEach((file, all) -> joined.put(file, String.join("; or: ", all)));
        return joined;
    }

    private static void add(Map<String, Set<String>> words, String file, LabelBinding binding) {
        words.computeIfAbsent(TuneCommandLine.named(file), f -> new LinkedHashSet<>())
                .add(binding.words());
    }

    private static String language(ProjectFile.Language l) {
        return l.name() + ": " + TuneCommandLine.named(l.train().file()) + " to learn from, "
                + TuneCommandLine.named(l.test().file()) + " to test on";
    }

    private static String learnt(RunGroup<ReportSubject.Run> group) {
        String source = files(group, RunConfig::sourceEval);
        return group.label() + ": " + files(group, RunConfig::train) + " to learn from, "
                + files(group, RunConfig::targetEval) + " to test on"
                + (source.isEmpty()
                        ? ""
                        : "; source " + group.source(ReportSubject.Run::texts) + ": " + source + " to test on")
                + "; from checkpoint "
                + group.runs().stream()
                        .map(r -> TuneCommandLine.named(r.config().checkpoint()))
                        .distinct()
                        .collect(Collectors.joining(", "));
    }

    /// All files that its runs read for one role.
    private static String files(RunGroup<ReportSubject.Run> group, Function<RunConfig, @Nullable DataFile> which) {
        return group.runs().stream()
                .map(r -> which.apply(r.config()))
                .filter(Objects::nonNull)
                .map(data -> TuneCommandLine.named(Objects.requireNonNull(data).file()))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    DomContent check() {
        Event.Judged judged = findings.judged();
        if (judged == null || judged.sets().isEmpty()) {
            return p("The causal check was not made.").withClass("soft");
        }
        Event.Judged.JudgedSet set = judged.sets().getFirst();
        return div(
                p("Accuracy on " + set.whole().examples()
                        + " source test texts. The heads that are off output their mean"
                        + " over other texts of all labels."),
                table(
                                tr(
                                        th(),
                                        th("accuracy").withClass("n"),
                                        th("95 % interval").withClass("n")),
                                kept("all heads", set.whole()),
                                kept("only these " + judged.heads(), set.keepOnly()),
                                chance("only " + judged.heads() + " random heads", set.randomKeep()),
                                kept("without these " + judged.heads(), set.remove()),
                                chance("without " + judged.heads() + " random heads", set.randomRemove()))
                        .withClass("plain"));
    }

    private static DomContent kept(String name, JudgedAccuracy k) {
        return tr(
                td(name),
                td(percent(k.accuracy())).withClass("n"),
                td(percent(k.low()) + " to " + percent(k.high())).withClass("n"));
    }

    private static DomContent chance(String name, List<JudgedAccuracy> all) {
        return tr(
                td(name),
                td(all.isEmpty() ? "" : percent(mean(all))).withClass("n"),
                td(all.isEmpty() ? "" : "mean of " + all.size()).withClass("n"));
    }

    static double mean(List<JudgedAccuracy> all) {
        return all.stream().mapToDouble(JudgedAccuracy::accuracy).average().orElse(Double.NaN);
    }

    /// @param some    of the runs
    /// @param learned whether to say what each has learned
    DomContent runs(List<ReportSubject.Run> some, boolean learned) {
        List<DomContent> rows = new ArrayList<>();
        rows.add(tr(
                th("#"),
                th("run"),
                learned ? th("learned") : text(""),
                th("trained").withClass("n"),
                th("rate, epochs").withClass("n"),
                th("target").withClass("n"),
                th("source").withClass("n"),
                th("forgotten").withClass("n")));
        List<RunGroup<ReportSubject.Run>> groups = subject.groups();
        for (ReportSubject.Run run : some) {
            int i = subject.number(run);
            Event.Evaluated before = run.state().before();
            Quality source = run.state().source();
            Points lost = run.state().forgetting();
            String state = run.state().status().id();
            long trained = run.state().start().trainableParameters();
            long all = run.state().start().parameters();
            rows.add(tr(
                    td(span("" + (i + 1)).withClass("run " + Plots.colour(i))),
                    td(run.name() + said(run, state) + mark(run)).withClass("name"),
                    learned
                            ? td(groups.stream()
                                    .filter(g -> g.runs().contains(run))
                                    .map(RunGroup::label)
                                    .findFirst()
                                    .orElse(""))
                            : text(""),
                    td(all == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100.0 * trained / all))
                            .withClass("n"),
                    td(course(run)).withClass("n"),
                    change(run.state().targetBefore(), run.state().target()),
                    change(before == null ? null : before.source(), source),
                    td(lost == null ? "" : AccuracyChange.signed(lost.value())).withClass("n")));
        }
        return div(
                div(table(rows.toArray(DomContent[]::new)).withClass("plain")).withClass("wide"), chosen(some));
    }

    /// A sentence if the reported texts were used to choose the kept step; otherwise null.
    static @Nullable String chosen(ReportSubject.Run run) {
        return run.state().target() == null ? null : ChosenOn.of(run.config()).sentence();
    }

    /// The footnotes, in the order in which the table refers to them.
    private List<String> notes() {
        return subject.runs().stream()
                .map(Tables::chosen)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .distinct()
                .toList();
    }

    /// The mark of the run's footnote: `*`, `**` for the second one, and so on.
    private String mark(ReportSubject.Run run) {
        String sentence = chosen(run);
        return sentence == null ? "" : " " + "*".repeat(notes().indexOf(sentence) + 1);
    }

    /// The footnotes about kept steps that were chosen on the reported texts.
    private DomContent chosen(List<ReportSubject.Run> some) {
        List<String> theirs = notes().stream()
                .filter(note -> some.stream().anyMatch(run -> note.equals(chosen(run))))
                .toList();
        return each(theirs, note -> p("*".repeat(notes().indexOf(note) + 1) + " " + note)
                .withClass("soft"));
    }

    /// A note below a plot: in which of its runs the kept step was chosen on the reported texts.
    static String chosenMarked(ReportSubject subject, List<ReportSubject.Run> runs) {
        Map<String, List<String>> marked = new LinkedHashMap<>();
        runs.forEach(run -> {
            String sentence = chosen(run);
            if (sentence != null) {
                marked.computeIfAbsent(sentence, s -> new ArrayList<>()).add("" + (subject.number(run) + 1));
            }
        });
        StringBuilder words = new StringBuilder();
        marked.forEach((sentence, numbers) -> words.append(numbers.size() == 1 ? " Run " : " Runs ")
                .append(String.join(", ", numbers))
                .append(": ")
                .append(sentence));
        return words.toString();
    }

    /// Learning rate and epochs.
    static String course(ReportSubject.Run run) {
        Double l2sp = run.config().settings().optimizer().l2sp();
        Replay replay = run.config().data().replay();
        return run.config().settings().learningRate() + ", "
                + run.config().settings().epochs()
                + (l2sp == null ? "" : ", L2-SP " + l2sp)
                + (replay == null ? "" : ", replay " + replay.share());
    }

    /// Accuracy before and after, with the interval of the accuracy after.
    private static DomContent change(@Nullable Quality before, @Nullable Quality after) {
        return before == null || after == null
                ? td()
                : td(
                                text(percent(before.accuracy()) + " → " + percent(after.accuracy())),
                                small(percent(after.low()) + " to " + percent(after.high())))
                        .withClass("n");
    }

    DomContent sentences() {
        if (findings.changes().isEmpty() && findings.uncompared().isEmpty()) {
            return p("They were not compared: that needs a finished run whose adapted checkpoint is still there.")
                    .withClass("soft");
        }
        return div(
                each(
                        findings.changes(),
                        c -> div(
                                h3(c.language() + ", after " + nameOf(c.run())),
                                p(c.gained().size() + " of " + c.texts() + " texts gained, "
                                        + c.lost().size() + " lost."),
                                list("Gained", c.gained()),
                                list("Lost", c.lost()))),
                each(
                        findings.uncompared(),
                        u -> div(
                                h3(u.language() + ", after " + nameOf(u.run())),
                                p("Not compared: " + u.why() + ".").withClass("soft"))));
    }

    private String nameOf(String run) {
        return subject.runs().stream()
                .filter(r -> r.folder().id().equals(run))
                .map(ReportSubject.Run::name)
                .findFirst()
                .orElse(run);
    }

    private static DomContent list(String what, List<Findings.Sentence> all) {
        if (all.isEmpty()) {
            return p();
        }
        List<Findings.Sentence> some = all.subList(0, Math.min(MOST_SENTENCES, all.size()));
        return details(
                summary(what + (some.size() < all.size() ? ", the first " + some.size() : "")),
                table(
                                tr(th("text"), th("right"), th("before"), th("after")),
                                each(
                                        some,
                                        s -> tr(
                                                td(s.pair() == null ? s.text() : s.text() + " / " + s.pair()),
                                                td(s.right()),
                                                td(s.before()),
                                                td(s.after()))))
                        .withClass("plain"));
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", Math.round(1000 * share) / 10.0);
    }

    private static String said(ReportSubject.Run run, String state) {
        return run.folder().id().endsWith(Project.PRECOMPUTED)
                ? " (pre-computed)"
                : state.equals("finished") ? "" : " (" + state + ")";
    }
}

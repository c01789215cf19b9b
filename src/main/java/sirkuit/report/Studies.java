package sirkuit.report;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;
import static j2html.TagCreator.table;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sirkuit.AccuracyChange;
import sirkuit.Problem;
import sirkuit.project.Project;
import sirkuit.record.LearningRate;
import sirkuit.study.FairStudy;
import sirkuit.study.Frontier;
import sirkuit.study.Study;
import sirkuit.study.StudyResults;
import sirkuit.study.StudyTable;

/// The studies of a project: verdicts, the strategies at their own best rates, and the frontiers.
final class Studies {
    private Studies() {}

    /// The studies that have finished runs.
    ///
    /// @param damaged receives what could not be read
    static List<StudyResults> of(Project project, List<Problem> damaged) {
        List<StudyResults> found = new ArrayList<>();
        for (Path folder : project.studies()) {
            try {
                StudyResults results = StudyResults.read(Study.open(folder), damaged::add);
                if (!results.outcomes().isEmpty()) {
                    found.add(results);
                }
            } catch (Problem e) {
                damaged.add(e);
            }
        }
        return List.copyOf(found);
    }

    /// Empty when there are none.
    static List<DomContent> section(List<StudyResults> studies) {
        List<DomContent> parts = new ArrayList<>();
        if (!studies.isEmpty()) {
            parts.add(h2("Studies"));
        }
        for (StudyResults results : studies) {
            FairStudy fair = results.fair(null);
            parts.add(h3(results.study().name()));
            parts.add(div(each(
                            fair.compared(),
                            c -> p(c.target() + ": " + c.verdict().sentence())))
                    .withClass("short"));
            parts.add(p(results.count() + ".").withClass("soft"));
            if (fair.ownBest().isEmpty()) {
                parts.add(means(results.table().rows()));
            } else {
                parts.add(p("Each strategy at its own best rate. The valid split chose the rate, so its accuracy is"
                        + " likely too high. The test texts chose nothing."));
                parts.add(ownBest(fair.ownBest()));
            }
            if (!fair.frontiers().isEmpty()) {
                parts.add(p("What each strategy can reach: means over the seeds, without the rates that another of its"
                        + " rates beats."));
                parts.add(frontiers(fair.frontiers()));
            }
        }
        return parts;
    }

    private static DomContent means(List<StudyTable.Row> rows) {
        return table(
                tr(
                        th("target"),
                        th("trained"),
                        th("rate"),
                        th("runs"),
                        th("target %"),
                        th("source %"),
                        th("forgotten")),
                each(
                        rows,
                        r -> tr(
                                td(r.targetName()),
                                td(r.strategy()),
                                td(LearningRate.words(r.rate())),
                                td(r.target().runs() + ""),
                                td(StudyTable.Spread.words(r.target())),
                                td(StudyTable.Spread.words(r.source())),
                                td(StudyTable.Spread.words(r.forgetting())))));
    }

    private static DomContent ownBest(List<FairStudy.OwnBest> best) {
        return table(
                tr(
                        th("target"),
                        th("trained"),
                        th("own best rate"),
                        th("valid %"),
                        th("runs"),
                        th("target %"),
                        th("source %"),
                        th("forgotten")),
                each(
                        best,
                        b -> tr(
                                td(b.row().targetName()),
                                td(b.row().strategy()),
                                td(LearningRate.words(b.row().rate())),
                                td(StudyTable.Spread.words(b.valid())),
                                td(b.row().target().runs() + ""),
                                td(StudyTable.Spread.words(b.row().target())),
                                td(StudyTable.Spread.words(b.row().source())),
                                td(StudyTable.Spread.words(b.row().forgetting())))));
    }

    private static DomContent frontiers(List<FairStudy.Reached> frontiers) {
        return table(
                tr(th("target"), th("trained"), th("rate"), th("forgotten"), th("gain")),
                each(frontiers, f -> each(f.frontier().points(), point -> frontier(f, point))));
    }

    private static DomContent frontier(FairStudy.Reached of, Frontier.Point point) {
        return tr(
                td(of.target()),
                td(of.strategy()),
                td(LearningRate.words(point.rate())),
                td(AccuracyChange.signed(point.forgetting())),
                td(AccuracyChange.signed(point.gain())));
    }
}

package sirkuit.report;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.p;
import static j2html.TagCreator.table;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import j2html.tags.specialized.TdTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import sirkuit.figure.Scale;
import sirkuit.mask.HeadMask;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;
import sirkuit.record.ScoreRecord;

/// Heatmaps of which one is shown at a time, without a script: each has a radio button. On paper all are visible.
final class HeatmapTables {
    private static final int MOST_HEADS_WITH_NUMBERS = 16;
    private static final int MOST = 5;

    private final List<ScoreRecord> records;
    private final @Nullable HeadMask mask;

    HeatmapTables(List<ScoreRecord> records, @Nullable HeadMask mask) {
        this.records = records.size() > MOST ? records.subList(records.size() - MOST, records.size()) : records;
        this.mask = mask;
    }

    DomContent all() {
        List<DomContent> parts = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            parts.add(
                    input().withType("radio").withName("map").withId("map" + i).withCondChecked(i == first()));
            parts.add(label(name(i)).withFor("map" + i));
        }
        for (int i = 0; i < records.size(); i++) {
            parts.add(map(records.get(i), i));
        }
        return div(attrs(".maps"), parts.toArray(DomContent[]::new));
    }

    /// The name of the method; with a time if it was used more than once.
    private String name(int number) {
        ScoreMethod method = records.get(number).method();
        long same = records.stream().filter(r -> r.method() == method).count();
        long before = records.subList(0, number).stream()
                .filter(r -> r.method() == method)
                .count();
        return method.title().english() + (same > 1 ? " (" + (before + 1) + ")" : "");
    }

    /// CD-T if it is there, because it is the main method.
    private int first() {
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i).method() == ScoreMethod.CDT) {
                return i;
            }
        }
        return 0;
    }

    private DomContent map(ScoreRecord record, int number) {
        RelevanceScores scores = record.scores();
        boolean numbers = scores.heads() <= MOST_HEADS_WITH_NUMBERS;
        Scale scale = Scale.of(scores);
        DomContent rows = each(
                IntStream.range(0, scores.layers()).boxed().toList(),
                l -> tr(
                        th("L" + l),
                        each(
                                IntStream.range(0, scores.heads()).boxed().toList(),
                                h -> cell(l, h, scores, scale, numbers))));
        DomContent names = tr(
                th(),
                each(
                        IntStream.range(0, scores.heads()).boxed().toList(),
                        h -> th(numbers ? "H" + h : h % 8 == 0 ? "" + h : "")));
        return div(attrs(".map.map" + number))
                .with(
                        h3(name(number)),
                        p(record.method().meaning().english()
                                        + String.format(
                                                Locale.ROOT,
                                                " Mean over %d texts; deepest colour at %s%.3f. Outlined: the selected heads.",
                                                record.examples(),
                                                scale.signed() ? "±" : "",
                                                scale.range()))
                                .withClass("soft"),
                        div(table(attrs(numbers ? ".heat.some" : ".heat.many"), names, rows))
                                .withClass("wide"));
    }

    private TdTag cell(int l, int h, RelevanceScores scores, Scale scale, boolean numbers) {
        double score = scores.score()[l][h];
        boolean chosen = mask != null && l < mask.layers() && h < mask.heads() && mask.contains(l, h);
        if (Double.isNaN(score)) {
            return td().withClass(chosen ? "m" : "").withData("t", "L" + l + " H" + h + ": no score");
        }
        String written = String.format(Locale.ROOT, scale.signed() ? "%+.3f" : "%.3f", score);
        return td(numbers ? written : "")
                .withClass(PageColours.cell(scale.signed(), scale.position(score)) + (chosen ? " m" : ""))
                .withData(
                        "t",
                        String.format(
                                Locale.ROOT,
                                "L%d H%d: %s ± %.3f%s",
                                l,
                                h,
                                written,
                                scores.standardError()[l][h],
                                chosen ? ", selected" : ""));
    }

    /// The rules that show the map whose button is pressed.
    String style() {
        StringBuilder css = new StringBuilder();
        for (int i = 0; i < records.size(); i++) {
            css.append("#map%d:checked ~ .map%d { display: block; }\n".formatted(i, i));
        }
        return css.toString();
    }
}

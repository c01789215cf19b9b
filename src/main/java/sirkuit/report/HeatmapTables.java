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
import sirkuit.mask.HeadMask;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;
import sirkuit.record.ScoreRecord;

/// Heatmaps of which one is shown at a time, without a script: each has a radio button. On paper all are visible.
final class HeatmapTables {
    private static final int STEPS = 20;
    private static final int MOST_HEADS_WITH_NUMBERS = 16;
    private static final int MOST = 5;
    private static final int[][] DIVERGING = {{0xa0, 0x4c, 0x05}, {0xf4, 0xf4, 0xf4}, {0x1c, 0x5c, 0x9f}};
    private static final int[][] SEQUENTIAL = {{0xf3, 0xf7, 0xf4}, {0x79, 0xc0, 0xc6}, {0x22, 0x39, 0x6f}};

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
        boolean signed = record.method().signed();
        double range = scores.range() > 0 ? scores.range() : 1;
        DomContent rows = each(
                IntStream.range(0, scores.layers()).boxed().toList(),
                l -> tr(
                        th("L" + l),
                        each(
                                IntStream.range(0, scores.heads()).boxed().toList(),
                                h -> cell(l, h, scores, signed, range, numbers))));
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
                                                signed ? "±" : "",
                                                range))
                                .withClass("soft"),
                        div(table(attrs(numbers ? ".heat.some" : ".heat.many"), names, rows))
                                .withClass("wide"));
    }

    private TdTag cell(int l, int h, RelevanceScores scores, boolean signed, double range, boolean numbers) {
        double score = scores.score()[l][h];
        boolean chosen = mask != null && l < mask.layers() && h < mask.heads() && mask.contains(l, h);
        if (Double.isNaN(score)) {
            return td().withClass(chosen ? "m" : "").withData("t", "L" + l + " H" + h + ": no score");
        }
        double position = signed ? (score / range + 1) / 2 : score / range;
        int step = (int) Math.clamp(Math.round(position * STEPS), 0, STEPS);
        String written = String.format(Locale.ROOT, signed ? "%+.3f" : "%.3f", score);
        return td(numbers ? written : "")
                .withClass((signed ? "d" : "s") + step + (chosen ? " m" : ""))
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

    /// The rules that show the map whose button is pressed, and the colours.
    String style() {
        StringBuilder css = new StringBuilder();
        for (int i = 0; i < records.size(); i++) {
            css.append("#map%d:checked ~ .map%d { display: block; }\n".formatted(i, i));
        }
        for (int step = 0; step <= STEPS; step++) {
            css.append(colour("d", DIVERGING, step)).append(colour("s", SEQUENTIAL, step));
        }
        return css.toString();
    }

    private static String colour(String name, int[][] stops, int step) {
        double at = 2.0 * step / STEPS;
        int below = Math.min((int) at, 1);
        int[] c = new int[3];
        double light = 0;
        for (int i = 0; i < 3; i++) {
            c[i] = (int) Math.round(stops[below][i] + (at - below) * (stops[below + 1][i] - stops[below][i]));
            double v = c[i] / 255.0;
            light += new double[] {0.2126, 0.7152, 0.0722}[i]
                    * (v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
        }
        return ".heat td.%s%d { background: #%02x%02x%02x; color: %s; }\n"
                .formatted(name, step, c[0], c[1], c[2], light > 0.179 ? "#000" : "#fff");
    }
}

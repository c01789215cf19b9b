package sirkuit.report;

import static j2html.TagCreator.rawHtml;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.figure.AccuracyCurve;
import sirkuit.figure.Axes;
import sirkuit.figure.EndLabels;
import sirkuit.figure.FigureColours;
import sirkuit.figure.LineStyle;
import sirkuit.figure.Span;
import sirkuit.figure.TradeOff;
import sirkuit.protocol.Points;

/// The two plots of runs as SVG. They contain numbers only, no text of a project.
final class Plots {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 340;
    private static final int LEFT = 58;
    private static final int RIGHT = 20;
    private static final int TOP = 16;
    private static final int BOTTOM = 46;
    private static final int TICKS = 5;
    private static final int NUMBER = 12;
    private static final double HEADROOM = 0.05;

    private final StringBuilder svg = new StringBuilder();
    private final Span x;
    private final Span y;

    private Plots(Span x, Span y, String acrossWords, String upWords) {
        this.x = x;
        this.y = y;
        add("<svg role=\"img\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">", WIDTH, HEIGHT, WIDTH, HEIGHT);
        across();
        up();
        add(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, acrossWords);
        add(
                "<text transform=\"translate(14 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>",
                (TOP + HEIGHT - BOTTOM) / 2, upWords);
    }

    /// The class of what has a run's colour; [PageColours] has the rules.
    static String colour(int run) {
        return "run" + run % FigureColours.LIGHT.runs().size();
    }

    /// Accuracy by step: target full, source dashed, watched languages dotted, a colour a run.
    ///
    /// @param runs of one target
    static DomContent curves(ReportSubject subject, List<ReportSubject.Run> runs) {
        int last = 0;
        Span seen = Span.EMPTY;
        List<List<AccuracyCurve>> all = new ArrayList<>();
        for (ReportSubject.Run run : runs) {
            List<AccuracyCurve> curves = AccuracyCurve.of(
                    run.state().evaluations(),
                    run.texts().target(),
                    Objects.requireNonNullElse(run.texts().source(), ""),
                    run.config().watched().keySet());
            last = Math.max(last, run.state().planned());
            for (AccuracyCurve curve : curves) {
                seen = curve.seen(seen);
                last = curve.places().isEmpty()
                        ? last
                        : Math.max(last, curve.places().getLast().step());
            }
            all.add(curves);
        }
        Plots plot = new Plots(Axes.steps(last), Axes.accuracy(seen, HEADROOM), "step", "accuracy, %");
        for (int i = 0; i < runs.size(); i++) {
            String colour = colour(subject.number(runs.get(i)));
            int round = FigureColours.LIGHT.round(subject.number(runs.get(i)));
            all.get(i).forEach(curve -> plot.line(curve, colour, round));
        }
        plot.ends(subject, runs, all);
        return rawHtml(plot.svg.append("</svg>").toString());
    }

    /// The number of each run at the end of its line.
    private void ends(ReportSubject subject, List<ReportSubject.Run> runs, List<List<AccuracyCurve>> all) {
        if (runs.size() < 2 || runs.size() > EndLabels.MOST) {
            return;
        }
        List<ReportSubject.Run> drawn = new ArrayList<>();
        List<AccuracyCurve.Place> ends = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            List<AccuracyCurve.Place> places = all.get(i).getFirst().places();
            if (!places.isEmpty()) {
                drawn.add(runs.get(i));
                ends.add(places.getLast());
            }
        }
        double[] at = EndLabels.places(
                ends.stream().map(AccuracyCurve.Place::accuracy).toList(),
                NUMBER * y.length() / (HEIGHT - TOP - BOTTOM),
                y);
        for (int i = 0; i < at.length; i++) {
            int number = subject.number(drawn.get(i));
            add(
                    "<text x=\"%.1f\" y=\"%.1f\" class=\"end %s\">%d</text>",
                    px(ends.get(i).step()) + 5, py(at[i]) + 4, colour(number), number + 1);
        }
    }

    private void line(AccuracyCurve curve, String colour, int round) {
        String points = curve.places().stream()
                .map(p -> String.format(Locale.ROOT, "%.1f,%.1f", px(p.step()), py(p.accuracy())))
                .collect(Collectors.joining(" "));
        if (!points.isEmpty()) {
            add("<polyline class=\"curve %s\"%s points=\"%s\"/>", colour, dashes(curve.style(), round), points);
        }
    }

    private static String dashes(LineStyle style, int round) {
        StringBuilder dashes = new StringBuilder();
        for (float length : style.dashes(round)) {
            dashes.append(String.format(Locale.ROOT, "%s%.1f", dashes.isEmpty() ? "" : " ", length));
        }
        return dashes.isEmpty() ? "" : " stroke-dasharray=\"" + dashes + "\"";
    }

    /// Points gained against points forgotten, with 95 % intervals; a number a run.
    ///
    /// @param runs of one target
    static @Nullable DomContent tradeOff(ReportSubject subject, List<ReportSubject.Run> runs) {
        List<TradeOff<ReportSubject.Run>> all = runs.stream()
                .flatMap(run -> Stream.ofNullable(TradeOff.of(run, run.state())))
                .toList();
        if (all.isEmpty()) {
            return null;
        }
        Plots plot = new Plots(
                TradeOff.forgettings(all),
                TradeOff.gains(all),
                "source accuracy forgotten, points (better to the left)",
                "target accuracy gained, points");
        plot.vertical("zero", 0);
        plot.horizontal("zero", 0);
        for (TradeOff<ReportSubject.Run> t : all) {
            Points lost = t.forgetting();
            Points gained = t.gain();
            String colour = colour(subject.number(t.run()));
            plot.bar(colour, lost.low(), lost.high(), gained.value(), gained.value());
            plot.bar(colour, lost.value(), lost.value(), gained.low(), gained.high());
        }
        all.forEach(t -> plot.number(
                subject.number(t.run()), t.forgetting().value(), t.gain().value(), t.finished()));
        return rawHtml(plot.svg.append("</svg>").toString());
    }

    private void bar(String colour, double fromX, double toX, double fromY, double toY) {
        add(
                "<line class=\"bar %s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
                colour, px(fromX), px(toX), py(fromY), py(toY));
    }

    private void number(int run, double atX, double atY, boolean finished) {
        String hollow = finished ? "" : "hollow ";
        add("<circle class=\"dot %s%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"9\"/>", hollow, colour(run), px(atX), py(atY));
        add(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" class=\"on %s%s\">%d</text>",
                px(atX), py(atY) + 4, hollow, colour(run), run + 1);
    }

    private void across() {
        for (double at : x.ticks(TICKS)) {
            vertical("grid", at);
            add(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    px(at), HEIGHT - BOTTOM + 17, written(at, x));
        }
    }

    private void up() {
        for (double at : y.ticks(TICKS)) {
            horizontal("grid", at);
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 7, py(at) + 4, written(at, y));
        }
    }

    private static String written(double at, Span axis) {
        return String.format(Locale.ROOT, axis.tickDistance(TICKS) < 1 ? "%.1f" : "%.0f", at);
    }

    private void vertical(String kind, double at) {
        add(
                "<line class=\"%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
                kind, px(at), px(at), TOP, HEIGHT - BOTTOM);
    }

    private void horizontal(String kind, double at) {
        add(
                "<line class=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                kind, LEFT, WIDTH - RIGHT, py(at), py(at));
    }

    private double px(double value) {
        return LEFT + (WIDTH - LEFT - RIGHT) * x.position(value);
    }

    private double py(double value) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * y.position(value);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}

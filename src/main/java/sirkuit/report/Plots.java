package sirkuit.report;

import static j2html.TagCreator.rawHtml;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sirkuit.protocol.Event;
import sirkuit.protocol.Points;
import sirkuit.protocol.Quality;

/// The two plots of runs as SVG. They contain numbers only, no text of a project.
final class Plots {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 340;
    private static final int LEFT = 58;
    private static final int RIGHT = 20;
    private static final int TOP = 16;
    private static final int BOTTOM = 46;
    private static final String[] COLOURS = {
        "#0072b2", "#d55e00", "#009e73", "#b2478a", "#8a6d00", "#4b5bd6", "#3a9bc1", "#6e7781"
    };

    private final StringBuilder svg = new StringBuilder();
    private final double[] x;
    private final double[] y;

    private Plots(double[] x, double[] y, String acrossWords, String upWords) {
        this.x = x;
        this.y = y;
        add("<svg role=\"img\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">", WIDTH, HEIGHT, WIDTH, HEIGHT);
        axis(x, true);
        axis(y, false);
        add(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, acrossWords);
        add(
                "<text transform=\"translate(14 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>",
                (TOP + HEIGHT - BOTTOM) / 2, upWords);
    }

    static String colour(int run) {
        return COLOURS[run % COLOURS.length];
    }

    /// Accuracy by step: target full, source dashed, a colour a run.
    ///
    /// @param runs of one target
    static DomContent curves(ReportSubject subject, List<ReportSubject.Run> runs) {
        int last = 1;
        double low = 1;
        double high = 0;
        for (ReportSubject.Run run : runs) {
            for (Event.Evaluated e : run.state().evaluations()) {
                last = Math.max(last, e.step());
                low = Math.min(low, e.target().accuracy());
                high = Math.max(high, e.target().accuracy());
                if (e.source() != null) {
                    low = Math.min(low, e.source().accuracy());
                    high = Math.max(high, e.source().accuracy());
                }
            }
        }
        Plots plot = new Plots(
                new double[] {0, last},
                new double[] {Math.max(0, 100 * low - 3), Math.min(100, 100 * high + 3)},
                "step",
                "accuracy, %");
        for (int i = 0; i < runs.size(); i++) {
            List<Event.Evaluated> all = runs.get(i).state().evaluations();
            plot.line(all, false, colour(subject.number(runs.get(i))));
            plot.line(all, true, colour(subject.number(runs.get(i))));
        }
        return rawHtml(plot.svg.append("</svg>").toString());
    }

    private void line(List<Event.Evaluated> all, boolean source, String colour) {
        StringBuilder points = new StringBuilder();
        for (Event.Evaluated e : all) {
            Quality q = source ? e.source() : e.target();
            if (q != null) {
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", px(e.step()), py(100 * q.accuracy())));
            }
        }
        if (!points.isEmpty()) {
            add(
                    "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s points=\"%s\"/>",
                    colour,
                    source ? " stroke-dasharray=\"6 5\"" : "",
                    points.toString().strip());
        }
    }

    /// Points gained against points forgotten, with 95 % intervals; a number a run.
    ///
    /// @param runs of one target
    static @Nullable DomContent tradeOff(ReportSubject subject, List<ReportSubject.Run> runs) {
        double[] x = {0, 1};
        double[] y = {0, 1};
        List<@Nullable Place> places = new ArrayList<>();
        for (ReportSubject.Run run : runs) {
            Place p = place(run);
            places.add(p);
            if (p != null) {
                x[0] = Math.min(x[0], p.lost.low());
                x[1] = Math.max(x[1], p.lost.high());
                y[0] = Math.min(y[0], p.gained.low());
                y[1] = Math.max(y[1], p.gained.high());
            }
        }
        if (places.stream().allMatch(Objects::isNull)) {
            return null;
        }
        Plots plot = new Plots(
                new double[] {x[0] - 1, x[1] + 1},
                new double[] {y[0] - 1, y[1] + 1},
                "source accuracy forgotten, points (better to the left)",
                "target accuracy gained, points");
        plot.add(
                "<line class=\"zero\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
                plot.px(0), plot.px(0), TOP, HEIGHT - BOTTOM);
        plot.add(
                "<line class=\"zero\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                LEFT, WIDTH - RIGHT, plot.py(0), plot.py(0));
        for (int i = 0; i < places.size(); i++) {
            Place p = places.get(i);
            if (p != null) {
                int number = subject.number(runs.get(i));
                plot.bar(number, p.lost.low(), p.lost.high(), p.gained.value(), p.gained.value());
                plot.bar(number, p.lost.value(), p.lost.value(), p.gained.low(), p.gained.high());
            }
        }
        for (int i = 0; i < places.size(); i++) {
            Place p = places.get(i);
            if (p != null) {
                plot.number(subject.number(runs.get(i)), p.lost.value(), p.gained.value());
            }
        }
        return rawHtml(plot.svg.append("</svg>").toString());
    }

    private void bar(int run, double fromX, double toX, double fromY, double toY) {
        add(
                "<line stroke=\"%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
                colour(run), px(fromX), px(toX), py(fromY), py(toY));
    }

    private void number(int run, double atX, double atY) {
        add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"9\" fill=\"%s\"/>", px(atX), py(atY), colour(run));
        add(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" style=\"fill:#fff;font-weight:600\">%d</text>",
                px(atX), py(atY) + 4, run + 1);
    }

    /// Position of a run: what it lost and gained.
    private record Place(Points lost, Points gained) {}

    /// Null if one of the four accuracies is not known.
    private static @Nullable Place place(ReportSubject.Run run) {
        Points gained = run.state().gain();
        Points lost = run.state().forgetting();
        return gained == null || lost == null ? null : new Place(lost, gained);
    }

    private void axis(double[] range, boolean across) {
        double step = step((range[1] - range[0]) / 5);
        for (double at = Math.ceil(range[0] / step) * step; at <= range[1] + 1e-9; at += step) {
            String written = String.format(Locale.ROOT, step < 1 ? "%.1f" : "%.0f", at + 0.0);
            if (across) {
                add(
                        "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
                        px(at), px(at), TOP, HEIGHT - BOTTOM);
                add(
                        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                        px(at), HEIGHT - BOTTOM + 17, written);
            } else {
                add(
                        "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                        LEFT, WIDTH - RIGHT, py(at), py(at));
                add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 7, py(at) + 4, written);
            }
        }
    }

    /// The next of 1, 2 and 5 times a power of ten.
    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(least, 1e-9))));
        double times = least / power;
        return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
    }

    private double px(double value) {
        return LEFT + (WIDTH - LEFT - RIGHT) * (value - x[0]) / (x[1] - x[0]);
    }

    private double py(double value) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - y[0]) / (y[1] - y[0]);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}

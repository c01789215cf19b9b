package sirkuit.app.plot;

import java.awt.BasicStroke;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javafx.beans.value.ObservableValue;
import javafx.scene.paint.Color;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;
import org.jfree.data.xy.DefaultXYDataset;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.TextScale;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.runs.ChosenOnWarning;
import sirkuit.app.runs.RunColours;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunsModel;
import sirkuit.app.runs.table.RunResultWords;
import sirkuit.figure.AccuracyCurve;
import sirkuit.figure.Axes;
import sirkuit.figure.EndLabels;
import sirkuit.figure.LineStyle;
import sirkuit.figure.Span;
import sirkuit.protocol.Event;
import sirkuit.run.ChosenOn;

/// Accuracy against step of the runs of one target: target solid, source dashed, watched languages dotted, one colour
/// for each run. It also shows the 95 % intervals of the selected run, its source accuracy at the start, and the
/// kept step.
public final class AccuracyChart extends PlotPane {
    // More dots or intervals would touch one another, and drawing them would take longer than the lines.
    private static final int MOST_DOTS = 60;
    private static final int MOST_DOTTED_RUNS = 12;
    // For the words on the reference line.
    private static final double HEADROOM = 0.28;
    private static final double NUMBER = 13;
    private static final double NUMBER_ROOM = 24;
    private static final double ROOM_FOR_AXIS = 50;
    private static final double ROOM_FOR_NUMBERS = 80;

    private final XYLineAndShapeRenderer lines = new XYLineAndShapeRenderer(true, true);
    private final XYErrorRenderer whiskers = new XYErrorRenderer();
    private final NumberAxis steps = new NumberAxis(Words.of("runs.plot.step"));
    private final NumberAxis accuracy = new NumberAxis(Words.of("runs.plot.accuracy"));

    public AccuracyChart(
            RunsModel model, Plotted plotted, ObservableValue<Theme> theme, ObservableValue<Boolean> shown) {
        super("accuracy-chart", new XYPlot(), model, plotted, theme, shown);
        steps.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        whiskers.setDrawXError(false);
        whiskers.setDefaultShapesVisible(false);
        whiskers.setErrorStroke(new BasicStroke(1.1f));
        lines.setDrawSeriesLineAsPath(true);
        plot().setDomainAxis(steps);
        plot().setRangeAxis(accuracy);
        plot().setRenderer(0, whiskers);
        plot().setRenderer(1, lines);
        begin();
        widthProperty().subscribe((was, now) -> redraw());
    }

    private static List<AccuracyCurve> curves(RunModel run) {
        return AccuracyCurve.of(
                run.evaluations(),
                run.texts().target(),
                source(run),
                run.config().watched().keySet());
    }

    private static String source(RunModel run) {
        String name = run.texts().source();
        return name == null ? Words.of("runs.plot.source") : name;
    }

    @Override
    void fill(RunColours colours) {
        dress(steps, colours);
        dress(accuracy, colours);
        DefaultXYDataset data = new DefaultXYDataset();
        YIntervalSeriesCollection intervals = new YIntervalSeriesCollection();
        RunModel selected = selectedHere();
        Span seen = Span.EMPTY;
        for (RunModel run : runs()) {
            for (AccuracyCurve curve : curves(run)) {
                seen = curve.seen(seen);
                int index = data.getSeriesCount();
                data.addSeries(index, points(curve)); // a watched language may be called as the target is
                dress(index, run, curve, colours);
                if (run == selected) {
                    Color ink = colours.line(run.number());
                    whiskers.setSeriesPaint(intervals.getSeriesCount(), awt(ink.deriveColor(0, 1, 1, 0.75)));
                    YIntervalSeries series = intervals(run, curve);
                    for (int i = 0; i < series.getItemCount(); i++) {
                        seen = seen.with(series.getYLowValue(i)).with(series.getYHighValue(i));
                    }
                    intervals.addSeries(series);
                }
            }
        }
        for (RunModel run : scaledBeside()) {
            for (AccuracyCurve curve : curves(run)) {
                seen = curve.seen(seen);
            }
        }
        plot().setDataset(0, intervals);
        plot().setDataset(1, data);
        fit(accuracy, Axes.accuracy(seen, HEADROOM));
        fit(steps, steps());
        marks(colours);
        numbers(colours);
    }

    /// The number of each run at the end of its target line.
    private void numbers(RunColours colours) {
        plot().clearAnnotations();
        List<RunModel> ended =
                runs().stream().filter(r -> !r.evaluations().isEmpty()).toList();
        if (ended.size() < 2 || ended.size() > EndLabels.MOST) {
            return;
        }
        Range axis = accuracy.getRange();
        double least = axis.getLength() * NUMBER * TextScale.factor() / Math.max(150, getHeight() - ROOM_FOR_AXIS);
        ended.stream()
                .collect(Collectors.groupingBy(r -> r.evaluations().getLast().step()))
                .forEach((step, runs) -> numbers(step, runs, least, colours));
    }

    /// The numbers of runs that end at the same step.
    private void numbers(int step, List<RunModel> runs, double least, RunColours colours) {
        Range axis = accuracy.getRange();
        double[] places = EndLabels.places(
                runs.stream()
                        .map(r -> 100 * r.evaluations().getLast().learnt().accuracy())
                        .toList(),
                least,
                new Span(axis.getLowerBound(), axis.getUpperBound()));
        RunModel selected = selectedHere();
        for (int i = 0; i < places.length; i++) {
            RunModel run = runs.get(i);
            XYTextAnnotation number =
                    new XYTextAnnotation(" " + (run.number() + 1), step + 0.004 * longest(), places[i]);
            number.setTextAnchor(TextAnchor.CENTER_LEFT);
            number.setFont(run == selected ? small().deriveFont(java.awt.Font.BOLD) : small());
            number.setPaint(awt(colours.line(run.number())));
            plot().addAnnotation(number, false);
        }
    }

    private static double[][] points(AccuracyCurve curve) {
        return new double[][] {
            curve.places().stream().mapToDouble(AccuracyCurve.Place::step).toArray(),
            curve.places().stream().mapToDouble(AccuracyCurve.Place::accuracy).toArray()
        };
    }

    private static YIntervalSeries intervals(RunModel run, AccuracyCurve curve) {
        YIntervalSeries series = new YIntervalSeries(curve.name());
        List<AccuracyCurve.Place> all = curve.places();
        int every = Math.ceilDiv(Math.max(1, run.evaluations().size()), MOST_DOTS);
        for (int i = 0; i < all.size(); i++) {
            // The latest one always.
            if ((all.size() - 1 - i) % every == 0) {
                AccuracyCurve.Place p = all.get(i);
                series.add(p.step(), p.accuracy(), p.low(), p.high());
            }
        }
        return series;
    }

    private void dress(int index, RunModel run, AccuracyCurve curve, RunColours colours) {
        RunModel selected = selectedHere();
        boolean faded = selected != null && selected != run;
        Color line = colours.line(run.number());
        lines.setSeriesPaint(index, awt(faded ? line.interpolate(colours.background(), 0.55) : line));
        float width = faded ? 1.6f : 2.6f;
        boolean solid = curve.style() == LineStyle.SOLID;
        float[] dashes = curve.style().dashes(colours.round(run.number()));
        lines.setSeriesStroke(
                index,
                dashes.length == 0
                        ? new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                        : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0));
        double dot = faded ? 4 : 6;
        lines.setSeriesShape(index, new java.awt.geom.Ellipse2D.Double(-dot / 2, -dot / 2, dot, dot));
        lines.setSeriesShapesFilled(index, solid);
        int dots = run.evaluations().size();
        boolean alone = faded ? runs().size() <= MOST_DOTTED_RUNS : dots <= MOST_DOTS;
        // A single evaluation has no line that would show it.
        lines.setSeriesShapesVisible(index, dots == 1 || (alone && dots <= MOST_DOTS));
    }

    /// The axis of steps. If there are several runs, it has room for the numbers at the ends of their lines, however
    /// narrow the plot is.
    private Span steps() {
        Span all = Axes.steps(longest());
        double room = NUMBER_ROOM * TextScale.factor() / Math.max(150, getWidth() - ROOM_FOR_AXIS);
        return scaledRuns().size() < 2 ? all : new Span(all.low(), Math.max(all.high(), (1 + room) * longest()));
    }

    /// Planned steps of the longest run.
    private int longest() {
        return scaledRuns().stream().mapToInt(RunModel::planned).max().orElse(0);
    }

    /// The source accuracy before training, which forgetting is measured against, and the kept step of the selected
    /// run.
    private void marks(RunColours colours) {
        plot().clearRangeMarkers();
        plot().clearDomainMarkers();
        RunModel first = begunWithSource();
        Double level = first == null ? null : first.sourceBefore();
        if (first != null && level != null) {
            ValueMarker marker = marker(100 * level, colours);
            String before = Numbers.decimal(100 * level, 1);
            marker.setLabel(
                    plotted().titled()
                            ? Words.of("runs.plot.before.short", before)
                            : Words.of("runs.plot.before", RunResultWords.shortened(source(first)), before));
            marker.setLabelAnchor(RectangleAnchor.TOP_RIGHT);
            marker.setLabelTextAnchor(TextAnchor.BOTTOM_RIGHT);
            marker.setLabelOffset(new RectangleInsets(4, 4, 4, ROOM_FOR_NUMBERS));
            plot().addRangeMarker(marker);
        }
        RunModel selected = selectedHere();
        Integer kept = selected == null ? null : selected.keptStep();
        boolean chosen = selected != null && selected.chosen() != ChosenOn.NEITHER;
        // That the last step was kept is obvious. That another one was picked is not.
        if (selected != null
                && kept != null
                && (chosen || kept < selected.state().step())) {
            ValueMarker marker = marker(kept, colours);
            marker.setLabel(Words.of(chosen ? "runs.plot.kept.chosen" : "runs.plot.kept"));
            marker.setLabelAnchor(RectangleAnchor.BOTTOM_LEFT);
            marker.setLabelTextAnchor(TextAnchor.BOTTOM_RIGHT);
            marker.setLabelOffset(new RectangleInsets(4, 4, 4, 4));
            plot().addDomainMarker(marker);
        }
    }

    private static ValueMarker marker(double value, RunColours colours) {
        ValueMarker marker = new ValueMarker(value, awt(colours.text()), new BasicStroke(1.2f));
        marker.setLabelFont(small());
        marker.setLabelPaint(awt(colours.text()));
        marker.setLabelBackgroundColor(new java.awt.Color(0, 0, 0, 0));
        return marker;
    }

    /// The run whose source accuracy before any training is shown.
    private @Nullable RunModel begunWithSource() {
        RunModel selected = selectedHere();
        if (selected != null && selected.sourceBefore() != null) {
            return selected;
        }
        return runs().reversed().stream()
                .filter(r -> r.sourceBefore() != null)
                .findFirst()
                .orElse(null);
    }

    @Override
    @Nullable
    Readout readout(double x) {
        RunModel run = readoutRun();
        Event.Evaluated nearest = null;
        for (Event.Evaluated e : run == null ? List.<Event.Evaluated>of() : run.evaluations()) {
            nearest = nearest == null || Math.abs(e.step() - x) < Math.abs(nearest.step() - x) ? e : nearest;
        }
        if (run == null || nearest == null) {
            return null;
        }
        StringBuilder words = new StringBuilder(run.name() + "\n" + Words.of("runs.plot.atStep", nearest.step() + ""));
        for (AccuracyCurve curve : curves(run)) {
            AccuracyCurve.Place place = curve.at(nearest.step());
            if (place != null) {
                words.append('\n')
                        .append(Words.of(
                                "runs.plot.value",
                                curve.name(),
                                Numbers.decimal(place.accuracy(), 1),
                                Numbers.decimal(place.low(), 1),
                                Numbers.decimal(place.high(), 1)));
            }
        }
        Integer kept = run.keptStep();
        if (kept != null && kept == nearest.step()) {
            words.append(ChosenOnWarning.briefly(run));
        }
        return new Readout(nearest.step(), words.toString());
    }

    @Override
    double next(double from, int by) {
        RunModel run = readoutRun();
        TreeSet<Double> places = new TreeSet<>();
        if (run != null) {
            run.evaluations().forEach(e -> places.add((double) e.step()));
        }
        if (places.isEmpty() || Double.isNaN(from)) {
            return places.isEmpty() ? 0 : by > 0 ? places.getFirst() : places.getLast();
        }
        Double next = by > 0 ? places.higher(from) : places.lower(from);
        return next == null ? from : next;
    }

    /// The run whose values the cross-hair shows.
    private @Nullable RunModel readoutRun() {
        RunModel selected = selectedHere();
        return selected != null || runs().isEmpty() ? selected : runs().getLast();
    }
}

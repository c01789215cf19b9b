package sirkuit.app.plot;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.paint.Color;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;
import org.jfree.data.xy.DefaultXYDataset;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.TextScale;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.runs.ChosenOnWarning;
import sirkuit.app.runs.PlottedRuns;
import sirkuit.app.runs.RunColours;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunsModel;
import sirkuit.app.runs.table.RunResultWords;
import sirkuit.figure.EndLabels;
import sirkuit.figure.Span;
import sirkuit.figure.TradeOff;
import sirkuit.protocol.Points;
import sirkuit.run.RunGroup;
import sirkuit.run.RunKind;

/// Points gained on the target against points forgotten of the source: one mark for each run in its colour, with a
/// shape for what it trained and 95 % intervals. The strategies of studies have their means over seeds with 95 %
/// intervals and their names; their single runs are faint, and a line joins the learning rates of a strategy that has
/// several. Unfinished runs are hollow. A line joins the finished runs and means that no other one beats. Runs with
/// another target are left out. A click selects the run.
public final class TradeOffChart extends PlotPane {
    private static final double NEAR = 14;
    private static final double BELOW = 48;
    private static final double FAINT = 0.55;
    private static final double SMALL = 0.7;
    private static final double LARGE = 1.25;
    private static final double LABEL = 14;
    private static final int MOST_BEHIND = 5;

    private final XYErrorRenderer marks = new XYErrorRenderer();
    private final XYErrorRenderer averages = new XYErrorRenderer();
    private final XYLineAndShapeRenderer front = new XYLineAndShapeRenderer(true, false);
    private final XYLineAndShapeRenderer frontiers = new XYLineAndShapeRenderer(true, false);
    private final XYLineAndShapeRenderer ring = new XYLineAndShapeRenderer(false, true);
    private final NumberAxis forgetting = new NumberAxis();
    private final NumberAxis gain = new NumberAxis();
    private final ReadOnlyObjectWrapper<List<RunKind>> groups = new ReadOnlyObjectWrapper<>(List.of());
    private List<TradeOff<RunModel>> points = List.of();
    private List<TradeOff<Strategy>> means = List.of();
    private int pointed;

    public TradeOffChart(
            RunsModel model, Plotted plotted, ObservableValue<Theme> theme, ObservableValue<Boolean> shown) {
        super("trade-off-chart", new XYPlot(), model, plotted, theme, shown);
        plot().setDomainAxis(forgetting);
        plot().setRangeAxis(gain);
        plot().setDomainZeroBaselineVisible(true);
        plot().setRangeZeroBaselineVisible(true);
        plot().setRenderer(0, ring);
        plot().setRenderer(1, averages);
        plot().setRenderer(2, marks);
        plot().setRenderer(3, front);
        plot().setRenderer(4, frontiers);
        for (XYErrorRenderer renderer : List.of(marks, averages)) {
            renderer.setErrorStroke(new BasicStroke(renderer == marks ? 1 : 1.8f));
            renderer.setDefaultShapesFilled(true);
            renderer.setDefaultOutlineStroke(new BasicStroke(1.8f));
            renderer.setAutoPopulateSeriesOutlineStroke(false);
        }
        ring.setDefaultShape(new Ellipse2D.Double(-10, -10, 20, 20));
        ring.setAutoPopulateSeriesShape(false);
        ring.setDefaultShapesFilled(false);
        ring.setDefaultOutlineStroke(new BasicStroke(2));
        ring.setDefaultStroke(new BasicStroke(2));
        ring.setAutoPopulateSeriesStroke(false);
        viewer().addEventHandler(MouseEvent.MOUSE_CLICKED, e -> {
            TradeOff<RunModel> hit = nearest(e.getX(), e.getY());
            if (e.getButton() == MouseButton.PRIMARY && e.isStillSincePress() && hit != null) {
                model.selected().set(hit.run());
            }
        });
        begin();
        heightProperty().subscribe((was, now) -> redraw());
    }

    /// The kinds of runs that have a mark.
    public ReadOnlyObjectProperty<List<RunKind>> groups() {
        return groups.getReadOnlyProperty();
    }

    @Override
    void fill(RunColours colours) {
        dress(forgetting, colours);
        dress(gain, colours);
        plot().setDomainZeroBaselinePaint(awt(colours.axis()));
        plot().setRangeZeroBaselinePaint(awt(colours.axis()));
        name(plotted().group().getValue());
        points = points(runs());
        means = TradeOff.means(points, Strategy::of);
        singles(colours);
        averages(colours);
        DefaultXYDataset best = new DefaultXYDataset();
        best.addSeries("front", line(TradeOff.front(candidates())));
        front.setSeriesPaint(0, awt(colours.text()));
        front.setSeriesStroke(
                0, new BasicStroke(1.3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0));
        DefaultXYDataset chosen = new DefaultXYDataset();
        RunModel selected = selectedHere();
        chosen.addSeries(
                "selected",
                line(points.stream().filter(t -> t.run() == selected).toList()));
        ring.setSeriesPaint(0, awt(colours.text()));
        plot().setDataset(0, chosen);
        plot().setDataset(3, best);
        plot().setDataset(4, FrontierLines.of(points, frontiers, colours));
        fitAll();
        names(colours);
    }

    @Override
    int most() {
        return PlottedRuns.POINTS;
    }

    private static List<TradeOff<RunModel>> points(List<RunModel> runs) {
        return runs.stream()
                .flatMap(run -> Stream.ofNullable(TradeOff.of(run, run.state())))
                .toList();
    }

    /// The mean that a run is part of; null for none.
    private @Nullable TradeOff<Strategy> mean(RunModel run) {
        Strategy strategy = Strategy.of(run);
        return means.stream().filter(m -> m.run().equals(strategy)).findFirst().orElse(null);
    }

    private void singles(RunColours colours) {
        XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
        Set<RunKind> present = new TreeSet<>();
        for (TradeOff<RunModel> t : points) {
            int index = data.getSeriesCount();
            TradeOff<Strategy> mean = mean(t.run());
            boolean faint = mean != null;
            Color ink = colours.line(mean == null ? t.run().number() : number(mean));
            marks.setSeriesPaint(index, awt(faint ? ink.interpolate(colours.background(), FAINT) : ink));
            Shape shape = GroupShapes.of(RunKind.of(t.run().config()));
            marks.setSeriesShape(
                    index,
                    faint ? AffineTransform.getScaleInstance(SMALL, SMALL).createTransformedShape(shape) : shape);
            marks.setSeriesShapesFilled(index, t.finished());
            data.addSeries(series(index, t, !faint));
            present.add(RunKind.of(t.run().config()));
        }
        marks.setErrorPaint(awt(colours.axis()));
        plot().setDataset(2, data);
        groups.set(List.copyOf(present));
    }

    private void averages(RunColours colours) {
        XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
        for (TradeOff<Strategy> t : means) {
            int index = data.getSeriesCount();
            averages.setSeriesPaint(index, awt(colours.line(number(t))));
            averages.setSeriesShape(
                    index,
                    AffineTransform.getScaleInstance(LARGE, LARGE)
                            .createTransformedShape(GroupShapes.of(RunKind.of(first(t).config()))));
            data.addSeries(series(index, t, true));
        }
        averages.setErrorPaint(awt(colours.text()));
        plot().setDataset(1, data);
    }

    private static XYIntervalSeries series(int index, TradeOff<?> t, boolean intervals) {
        Points x = t.forgetting();
        Points y = t.gain();
        XYIntervalSeries series = new XYIntervalSeries(index);
        series.add(
                x.value(),
                intervals ? x.low() : x.value(),
                intervals ? x.high() : x.value(),
                y.value(),
                intervals ? y.low() : y.value(),
                intervals ? y.high() : y.value());
        return series;
    }

    private RunModel first(TradeOff<Strategy> mean) {
        return members(mean).getFirst();
    }

    private List<RunModel> members(TradeOff<Strategy> mean) {
        return points.stream()
                .filter(t -> t.finished() && mean.run().equals(Strategy.of(t.run())))
                .map(TradeOff::run)
                .toList();
    }

    private int number(TradeOff<Strategy> mean) {
        return FrontierLines.number(mean.run(), points);
    }

    /// Means, and finished runs that are not part of one.
    private List<TradeOff<Object>> candidates() {
        return Stream.concat(means.stream(), points.stream().filter(t -> t.finished() && mean(t.run()) == null))
                .map(t -> new TradeOff<Object>(t.run(), t.gain(), t.forgetting(), true))
                .toList();
    }

    /// The names of the strategies, beside their means.
    private void names(RunColours colours) {
        plot().clearAnnotations();
        if (means.size() > EndLabels.MOST) {
            return;
        }
        Range up = gain.getRange();
        double pixel = up.getLength() / Math.max(150, getHeight() - BELOW);
        double[] places = EndLabels.places(
                means.stream().map(t -> t.gain().value()).toList(),
                LABEL * TextScale.factor() * pixel,
                new Span(up.getLowerBound(), up.getUpperBound()));
        double right = 10 * forgetting.getRange().getLength() / Math.max(200, getWidth());
        for (int i = 0; i < places.length; i++) {
            TradeOff<Strategy> t = means.get(i);
            XYTextAnnotation name =
                    new XYTextAnnotation(t.run().name(), t.forgetting().value() + right, places[i] + 8 * pixel);
            name.setTextAnchor(TextAnchor.CENTER_LEFT);
            name.setFont(small());
            name.setPaint(awt(colours.line(number(t))));
            plot().addAnnotation(name, false);
        }
    }

    /// Names the target and source on the axes.
    private void name(@Nullable RunGroup<RunModel> shown) {
        if (shown != null && plotted().titled()) {
            String gained = Words.of("runs.plot.gain.short");
            gain.setLabel(fits(gained) ? gained : null);
            forgetting.setLabel(Words.of("runs.plot.forgetting.short"));
        } else if (shown != null) {
            String source = shown.source(RunModel::texts);
            String up = RunResultWords.shortened(shown.texts().target());
            String across = RunResultWords.shortened(source == null ? Words.of("runs.plot.source") : source);
            String gained = Words.of("runs.plot.gain", up);
            boolean high = fits(gained);
            gain.setLabel(high ? gained : null);
            forgetting.setLabel(Words.of(high ? "runs.plot.forgetting" : "runs.plot.upwards", across, up));
        }
    }

    /// Whether the words fit along the y axis.
    private boolean fits(String words) {
        double length = small().getStringBounds(words, new FontRenderContext(null, true, true))
                .getWidth();
        return getHeight() == 0 || length < getHeight() - BELOW * TextScale.factor();
    }

    private static double[][] line(List<? extends TradeOff<?>> along) {
        double[][] line = new double[2][along.size()];
        for (int i = 0; i < along.size(); i++) {
            line[0][i] = along.get(i).forgetting().value();
            line[1][i] = along.get(i).gain().value();
        }
        return line;
    }

    private void fitAll() {
        List<TradeOff<RunModel>> beside = points(scaledBeside());
        List<TradeOff<Object>> all = Stream.<Stream<? extends TradeOff<?>>>of(
                        points.stream(), means.stream(), beside.stream(), TradeOff.means(beside, Strategy::of).stream())
                .flatMap(s -> s)
                .map(t -> new TradeOff<Object>(t.run(), t.gain(), t.forgetting(), t.finished()))
                .toList();
        fit(forgetting, TradeOff.forgettings(all));
        fit(gain, TradeOff.gains(all));
    }

    private @Nullable TradeOff<RunModel> nearest(double x, double y) {
        Rectangle2D area = viewer().getRenderingInfo().getPlotInfo().getDataArea();
        return points.stream()
                .filter(t -> distance(t, x, y, area) < NEAR)
                .min(Comparator.comparingDouble(t -> distance(t, x, y, area)))
                .orElse(null);
    }

    private double distance(TradeOff<?> t, double x, double y, Rectangle2D area) {
        return Math.hypot(
                forgetting.valueToJava2D(t.forgetting().value(), area, plot().getDomainAxisEdge()) - x,
                gain.valueToJava2D(t.gain().value(), area, plot().getRangeAxisEdge()) - y);
    }

    /// Means first, then runs, each from the least forgetting on.
    private List<TradeOff<?>> ordered() {
        Comparator<TradeOff<?>> order = Comparator.<TradeOff<?>>comparingDouble(
                        t -> t.forgetting().value())
                .thenComparingDouble(t -> t.gain().value());
        return Stream.<TradeOff<?>>concat(
                        means.stream().sorted(order), points.stream().sorted(order))
                .toList();
    }

    @Override
    @Nullable
    Readout readoutAt(double across, double down, Rectangle2D area) {
        List<TradeOff<?>> near = ordered().stream()
                .filter(t -> distance(t, across, down, area) < NEAR)
                .sorted(Comparator.comparingDouble(t -> distance(t, across, down, area)))
                .toList();
        return near.isEmpty() ? null : readout(near.getFirst(), near.subList(1, near.size()));
    }

    @Override
    @Nullable
    Readout step(double from, int by) {
        List<TradeOff<?>> all = ordered();
        if (all.isEmpty()) {
            return null;
        }
        pointed = Double.isNaN(from) ? 0 : Math.clamp(pointed + by, 0, all.size() - 1);
        return readout(all.get(pointed), List.of());
    }

    @Override
    @Nullable
    Readout readout(double x) {
        return null; // points are told by their place, not by their column
    }

    @Override
    double next(double from, int by) {
        return from;
    }

    private Readout readout(TradeOff<?> t, List<TradeOff<?>> behind) {
        StringBuilder words = new StringBuilder(title(t))
                .append('\n')
                .append(Words.of(
                        "runs.plot.gainValue",
                        points.getFirst().run().texts().target(),
                        Numbers.signed(t.gain().value(), 1),
                        Numbers.signed(t.gain().low(), 1),
                        Numbers.signed(t.gain().high(), 1)))
                .append('\n')
                .append(Words.of(
                        "runs.plot.forgettingValue",
                        Numbers.signed(t.forgetting().value(), 1),
                        Numbers.signed(t.forgetting().low(), 1),
                        Numbers.signed(t.forgetting().high(), 1)));
        if (t.run() instanceof RunModel run) {
            words.append(ChosenOnWarning.briefly(run));
        }
        behind.stream().limit(MOST_BEHIND).forEach(b -> words.append("\n+ ").append(title(b)));
        if (behind.size() > MOST_BEHIND) {
            words.append("\n+ ").append(behind.size() - MOST_BEHIND);
        }
        return new Readout(t.forgetting().value(), t.gain().value(), words.toString());
    }

    @SuppressWarnings("unchecked")
    private String title(TradeOff<?> t) {
        return switch (t.run()) {
            case RunModel run -> {
                String name = Words.of("runs.row.number", run.number() + 1 + "", run.name());
                yield t.finished()
                        ? name
                        : name + " (" + Words.of("runs.status." + run.status().get()) + ")";
            }
            case Strategy strategy ->
                Words.of(
                        "runs.plot.mean",
                        strategy.name(),
                        members((TradeOff<Strategy>) t).size() + "",
                        strategy.study());
            default -> "";
        };
    }
}

package sirkuit.app.plot;

import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.scene.paint.Color;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.DefaultXYDataset;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.runs.LossHistory;
import sirkuit.app.runs.RunColours;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunsModel;
import sirkuit.figure.Axes;
import sirkuit.figure.LineStyle;
import sirkuit.figure.Span;

/// Loss against step of all runs with one target, and the learning rate of the selected run, dashed, on its own axis.
/// The loss is raw unless smoothing is on.
public final class LossChart extends PlotPane {
    // More points cannot be seen, and with two hundred runs they would slow down each drawing.
    private static final int POINTS = 800;
    private static final int POINTS_OF_RATE = 200;
    private static final int MOST_OF_ANOTHER = 400;
    private static final int LEAST_OF_ANOTHER = 24;
    private static final int POINTS_OF_OTHERS = 4000;

    private final XYLineAndShapeRenderer lines = new XYLineAndShapeRenderer(true, false);
    private final XYLineAndShapeRenderer rateLine = new XYLineAndShapeRenderer(true, false);
    private final NumberAxis steps = new NumberAxis(Words.of("runs.plot.step"));
    private final NumberAxis loss = new NumberAxis(Words.of("runs.plot.loss"));
    private final NumberAxis rate = new NumberAxis(Words.of("runs.plot.rate"));
    private final BooleanProperty smooth = new SimpleBooleanProperty();

    public LossChart(RunsModel model, Plotted plotted, ObservableValue<Theme> theme, ObservableValue<Boolean> shown) {
        super("loss-chart", new XYPlot(), model, plotted, theme, shown);
        steps.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        rate.setAutoRangeIncludesZero(true);
        lines.setDrawSeriesLineAsPath(true);
        rateLine.setDrawSeriesLineAsPath(true);
        plot().setDomainAxis(steps);
        plot().setRangeAxis(0, loss);
        plot().setRangeAxis(1, rate);
        plot().setRenderer(0, lines);
        plot().setRenderer(1, rateLine);
        plot().mapDatasetToRangeAxis(1, 1);
        smooth.subscribe(s -> redraw());
        model.runs().forEach(this::follow);
        model.runs().addListener((ListChangeListener<RunModel>) change -> {
            while (change.next()) {
                change.getAddedSubList().forEach(this::follow);
            }
        });
        begin();
    }

    /// Whether the loss is drawn as a running mean.
    public BooleanProperty smooth() {
        return smooth;
    }

    private void follow(RunModel run) {
        run.progress().subscribe(p -> redraw());
    }

    @Override
    void fill(RunColours colours) {
        dress(steps, colours);
        dress(loss, colours);
        dress(rate, colours);
        DefaultXYDataset losses = new DefaultXYDataset();
        DefaultXYDataset rates = new DefaultXYDataset();
        RunModel told = readoutRun();
        double[] top = {0, 0, 0};
        int others = Math.clamp(POINTS_OF_OTHERS / Math.max(1, runs().size()), LEAST_OF_ANOTHER, MOST_OF_ANOTHER);
        for (RunModel run : ordered(told)) {
            LossHistory history = run.history();
            if (history.size() == 0) {
                continue;
            }
            Color line = colours.line(run.number());
            boolean faded = run != told;
            top[2] = Math.max(top[2], Math.max(run.planned(), history.last()));
            if (smooth.get() && !faded) {
                add(losses, history.drawnLoss(POINTS), line.interpolate(colours.background(), 0.7), solid(1f), top);
            }
            int most = faded ? others : POINTS;
            add(
                    losses,
                    smooth.get() ? history.drawnSmooth(most) : history.drawnLoss(most),
                    faded ? line.interpolate(colours.background(), 0.6) : line,
                    smooth.get() ? stroke(run, faded ? 1f : 1.6f, colours) : solid(faded ? 1f : 1.6f),
                    top);
            if (!faded) {
                rates.addSeries("rate", history.drawnRate(POINTS_OF_RATE));
                rateLine.setSeriesPaint(0, awt(colours.text()));
                rateLine.setSeriesStroke(
                        0,
                        new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0));
                top[1] = run.config().settings().learningRate();
            }
        }
        plot().setDataset(0, losses);
        plot().setDataset(1, rates);
        fit(steps, Axes.steps((int) top[2]));
        fit(loss, new Span(0, top[0] > 0 ? 1.08 * top[0] : 1));
        fit(rate, new Span(0, top[1] > 0 ? 1.15 * top[1] : 1e-3));
    }

    /// The selected run last, above the others.
    private List<RunModel> ordered(@Nullable RunModel last) {
        List<RunModel> runs = new ArrayList<>(runs());
        if (last != null && runs.remove(last)) {
            runs.add(last);
        }
        return runs;
    }

    private static BasicStroke solid(float width) {
        return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    /// The dashes by which runs of one colour are told apart.
    private static BasicStroke stroke(RunModel run, float width, RunColours colours) {
        float[] dashes = LineStyle.SOLID.dashes(colours.round(run.number()));
        return dashes.length == 0
                ? solid(width)
                : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0);
    }

    private void add(DefaultXYDataset data, double[][] points, Color ink, BasicStroke stroke, double[] top) {
        int index = data.getSeriesCount();
        data.addSeries(index, points);
        lines.setSeriesPaint(index, awt(ink));
        lines.setSeriesStroke(index, stroke);
        for (double y : points[1]) {
            top[0] = y > top[0] && Double.isFinite(y) ? y : top[0];
        }
    }

    @Override
    @Nullable
    Readout readout(double x) {
        RunModel run = readoutRun();
        if (run == null || run.history().size() == 0) {
            return null;
        }
        LossHistory history = run.history();
        int index = Math.max(0, history.index((int) Math.round(x)));
        return new Readout(
                history.step(index),
                run.name() + "\n" + Words.of("runs.plot.atStep", history.step(index) + "") + "\n"
                        + Words.of("runs.plot.lossValue", Numbers.decimal(history.loss(index), 4)) + "\n"
                        + Words.of(
                                "runs.plot.rateValue",
                                String.format(java.util.Locale.ROOT, "%.3g", history.rate(index))));
    }

    @Override
    double next(double from, int by) {
        RunModel run = readoutRun();
        if (run == null || run.history().size() == 0) {
            return 0;
        }
        LossHistory history = run.history();
        int index = Double.isNaN(from) ? -1 : history.index((int) Math.round(from));
        return history.step(Math.clamp(index + by, 0, history.size() - 1));
    }

    private @Nullable RunModel readoutRun() {
        RunModel selected = selectedHere();
        return selected != null || runs().isEmpty() ? selected : runs().getLast();
    }
}

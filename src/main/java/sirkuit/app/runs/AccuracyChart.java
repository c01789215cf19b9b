package sirkuit.app.runs;

import java.awt.BasicStroke;
import java.awt.Font;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.fx.ChartViewer;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Theme;
import sirkuit.engine.Event;

/// Accuracy against step: target solid, source dashed, one colour a run, and the level the source began at.
final class AccuracyChart extends StackPane {
    private static final Font SMALL = new Font("SansSerif", Font.PLAIN, 12);
    private static final RectangleInsets ROOM = new RectangleInsets(6, 6, 4, 12);

    private final RunsModel model;
    private final ObservableValue<Theme> theme;
    private final XYSeriesCollection series = new XYSeriesCollection();
    private final XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
    private final NumberAxis steps = new NumberAxis("Step");
    private final NumberAxis accuracy = new NumberAxis("Accuracy (%)");
    private final XYPlot plot = new XYPlot(series, steps, accuracy, renderer);
    private final JFreeChart chart = new JFreeChart(null, null, plot, false);

    AccuracyChart(RunsModel model, ObservableValue<Theme> theme) {
        this.model = model;
        this.theme = theme;
        setId("accuracy-chart");
        getStyleClass().add("accuracy-chart");
        steps.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        renderer.setDefaultToolTipGenerator((data, line, item) -> "step " + (int) data.getXValue(line, item) + ": "
                + Numbers.decimal(data.getYValue(line, item), 1) + " %");
        plot.setOutlineVisible(false);
        plot.setAxisOffset(new RectangleInsets(0, 0, 0, 0));
        chart.setPadding(ROOM);
        ChartViewer viewer = new ChartViewer(chart, true);
        viewer.setMinSize(120, 80);
        getChildren().add(viewer);
        model.runs().addListener((ListChangeListener<RunModel>) change -> {
            while (change.next()) {
                change.getAddedSubList().forEach(this::follow);
            }
        });
        model.runs().forEach(this::follow);
        model.selected().subscribe(run -> restyle());
        theme.subscribe(t -> restyle());
    }

    private void follow(RunModel run) {
        XYSeries target = new XYSeries(run.id() + " target");
        XYSeries source = new XYSeries(run.id() + " source");
        series.addSeries(target);
        series.addSeries(source);
        run.evaluations().forEach(e -> add(e, target, source));
        run.evaluations().addListener((ListChangeListener<Event.Evaluated>) change -> {
            while (change.next()) {
                if (change.wasRemoved()) { // a run that goes on has forgotten its last steps
                    target.clear();
                    source.clear();
                    change.getList().forEach(e -> add(e, target, source));
                } else {
                    change.getAddedSubList().forEach(e -> add(e, target, source));
                }
            }
            reference();
        });
        restyle();
    }

    private static void add(Event.Evaluated e, XYSeries target, XYSeries source) {
        target.add(e.step(), 100 * e.target().accuracy());
        if (e.source() != null) {
            source.add(e.step(), 100 * e.source().accuracy());
        }
    }

    private void restyle() {
        chart.setNotify(false);
        RunColours colours = RunColours.of(theme.getValue());
        chart.setBackgroundPaint(awt(colours.background()));
        plot.setBackgroundPaint(awt(colours.background()));
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinePaint(awt(colours.grid()));
        plot.setRangeGridlineStroke(new BasicStroke(1));
        dress(steps, colours);
        dress(accuracy, colours);
        for (int i = 0; i < model.runs().size() && 2 * i + 1 < series.getSeriesCount(); i++) {
            RunModel run = model.runs().get(i);
            dress(run, series.indexOf(run.id() + " target"), false, colours);
            dress(run, series.indexOf(run.id() + " source"), true, colours);
        }
        reference();
        chart.setNotify(true);
    }

    private void dress(RunModel run, int index, boolean dashed, RunColours colours) {
        if (index < 0) {
            return;
        }
        RunModel selected = model.selected().get();
        boolean faded = selected != null && selected != run;
        Color line = colours.line(run.number());
        renderer.setSeriesPaint(index, awt(faded ? line.interpolate(colours.background(), 0.55) : line));
        float width = faded ? 1.6f : 2.6f;
        renderer.setSeriesStroke(
                index,
                dashed
                        ? new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {7, 5}, 0)
                        : new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        double dot = faded ? 4 : 6;
        renderer.setSeriesShape(index, new java.awt.geom.Ellipse2D.Double(-dot / 2, -dot / 2, dot, dot));
        renderer.setSeriesShapesFilled(index, !dashed);
    }

    private static void dress(NumberAxis axis, RunColours colours) {
        axis.setLabelFont(SMALL);
        axis.setTickLabelFont(SMALL);
        axis.setLabelPaint(awt(colours.text()));
        axis.setTickLabelPaint(awt(colours.text()));
        axis.setAxisLinePaint(awt(colours.axis()));
        axis.setTickMarkPaint(awt(colours.axis()));
    }

    /// The whole of every run from its first step, and room above for the words on the reference line.
    private void fit() {
        double low = 100;
        double high = 0;
        for (int i = 0; i < series.getSeriesCount(); i++) {
            XYSeries one = series.getSeries(i);
            low = one.isEmpty() ? low : Math.min(low, one.getMinY());
            high = one.isEmpty() ? high : Math.max(high, one.getMaxY());
        }
        if (high > 0) {
            double bottom = Math.max(0, 5 * Math.floor((low - 2) / 5));
            accuracy.setRange(bottom, Math.max(high, bottom + 15) + 0.28 * (Math.max(high, bottom + 15) - bottom));
        } else {
            accuracy.setRange(0, 100);
        }
        int longest = model.runs().stream().mapToInt(RunModel::planned).max().orElse(0);
        int span = Math.max(10, longest);
        steps.setRange(-0.015 * span, 1.02 * span); // the first and last dots whole
    }

    /// The source's accuracy before any training: what "kept" is measured against.
    private void reference() {
        fit();
        plot.clearRangeMarkers();
        Double level = startingLevel();
        if (level == null) {
            return;
        }
        RunColours colours = RunColours.of(theme.getValue());
        ValueMarker marker = new ValueMarker(100 * level, awt(colours.text()), new BasicStroke(1.2f));
        marker.setLabel("source before: " + Numbers.decimal(100 * level, 1) + " %");
        marker.setLabelFont(SMALL);
        marker.setLabelPaint(awt(colours.text()));
        marker.setLabelBackgroundColor(new java.awt.Color(0, 0, 0, 0));
        marker.setLabelAnchor(RectangleAnchor.TOP_RIGHT);
        marker.setLabelTextAnchor(TextAnchor.BOTTOM_RIGHT);
        marker.setLabelOffset(new RectangleInsets(4, 4, 4, 30));
        plot.addRangeMarker(marker);
    }

    private @Nullable Double startingLevel() {
        RunModel selected = model.selected().get();
        if (selected != null && selected.sourceBefore() != null) {
            return selected.sourceBefore();
        }
        return model.runs().reversed().stream()
                .map(RunModel::sourceBefore)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static java.awt.Color awt(Color c) {
        return new java.awt.Color(
                (float) c.getRed(), (float) c.getGreen(), (float) c.getBlue(), (float) c.getOpacity());
    }
}

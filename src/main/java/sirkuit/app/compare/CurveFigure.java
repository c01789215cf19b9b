package sirkuit.app.compare;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jspecify.annotations.Nullable;
import sirkuit.app.figure.Figure;
import sirkuit.app.look.Awt;
import sirkuit.app.look.Inks;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.protocol.Event.Judged.JudgedAccuracy;

/// Accuracy against the number of heads: only the top k, without them, and the same for random heads (dashed).
///
/// @param mark the size of the current mask, in heads; null for none
record CurveFigure(List<CurveModel.Point> points, @Nullable Integer mark) implements Figure {
    @Override
    public String name() {
        return "accuracy-against-k";
    }

    @Override
    public void paint(Graphics2D g, Rectangle2D area, Theme theme) {
        chart(theme).draw(g, area);
    }

    private JFreeChart chart(Theme theme) {
        Inks inks = Inks.of(theme);
        XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
        data.addSeries(series("centre.curve.only", p -> p.check().keepOnly()));
        data.addSeries(series("centre.curve.without", p -> p.check().remove()));
        data.addSeries(byChance("centre.curve.random.only", p -> p.check().randomKeep()));
        data.addSeries(byChance("centre.curve.random.without", p -> p.check().randomRemove()));
        XYErrorRenderer renderer = new XYErrorRenderer();
        renderer.setDrawXError(false);
        renderer.setDefaultLinesVisible(true);
        renderer.setCapLength(4);
        for (int i = 0; i < 4; i++) {
            boolean random = i >= 2;
            renderer.setSeriesPaint(i, Awt.of(i % 2 == 0 ? inks.accent() : inks.second(), random ? 0.6 : 1));
            renderer.setSeriesStroke(
                    i,
                    random
                            ? new BasicStroke(
                                    1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 5}, 0)
                            : new BasicStroke(2.4f));
            double r = random ? 2.5 : 3.5;
            renderer.setSeriesShape(
                    i,
                    i % 2 == 0
                            ? new Ellipse2D.Double(-r, -r, 2 * r, 2 * r)
                            : new Rectangle2D.Double(-r, -r, 2 * r, 2 * r));
            renderer.setSeriesShapesFilled(i, i % 2 == 0);
        }
        NumberAxis heads = axis(new NumberAxis(Words.of("centre.curve.heads")), inks);
        heads.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        NumberAxis accuracy = axis(new NumberAxis(Words.of("centre.curve.accuracy")), inks);
        accuracy.setRange(0, 100);
        XYPlot plot = new XYPlot(data, heads, accuracy, renderer);
        plot.setOutlineVisible(false);
        plot.setBackgroundPaint(Awt.of(inks.background()));
        plot.setRangeGridlinePaint(Awt.of(inks.line()));
        plot.setRangeGridlineStroke(new BasicStroke(1));
        plot.setDomainGridlinesVisible(false);
        if (mark != null && mark > 0) {
            ValueMarker here = new ValueMarker(mark, Awt.of(inks.muted()), new BasicStroke(1.2f));
            here.setLabel(Words.of("centre.curve.mark", String.valueOf(mark)));
            here.setLabelFont(Awt.SMALL);
            here.setLabelPaint(Awt.of(inks.text()));
            here.setLabelBackgroundColor(Awt.of(inks.background(), 0));
            here.setLabelAnchor(RectangleAnchor.BOTTOM_RIGHT);
            here.setLabelTextAnchor(TextAnchor.BOTTOM_LEFT);
            here.setLabelOffset(new RectangleInsets(6, 6, 6, 6));
            plot.addDomainMarker(here);
        }
        JFreeChart chart = new JFreeChart(null, Awt.SMALL, plot, true);
        chart.setBackgroundPaint(Awt.of(inks.background()));
        chart.setPadding(new RectangleInsets(8, 8, 6, 16));
        chart.getLegend().setBackgroundPaint(Awt.of(inks.background()));
        chart.getLegend().setItemPaint(Awt.of(inks.text()));
        chart.getLegend().setItemFont(Awt.SMALL);
        chart.getLegend().setFrame(BlockBorder.NONE);
        return chart;
    }

    private static NumberAxis axis(NumberAxis axis, Inks inks) {
        axis.setLabelFont(Awt.SMALL);
        axis.setTickLabelFont(Awt.SMALL);
        axis.setLabelPaint(Awt.of(inks.muted()));
        axis.setTickLabelPaint(Awt.of(inks.muted()));
        axis.setAxisLinePaint(Awt.of(inks.line()));
        axis.setTickMarkPaint(Awt.of(inks.line()));
        return axis;
    }

    private XYIntervalSeries series(String words, java.util.function.Function<CurveModel.Point, JudgedAccuracy> of) {
        XYIntervalSeries series = new XYIntervalSeries(Words.of(words));
        for (CurveModel.Point p : points) {
            JudgedAccuracy kept = of.apply(p);
            series.add(p.k(), p.k(), p.k(), 100 * kept.accuracy(), 100 * kept.low(), 100 * kept.high());
        }
        return series;
    }

    private XYIntervalSeries byChance(String words, ToDoubleFunction<CurveModel.Point> of) {
        XYIntervalSeries series = new XYIntervalSeries(Words.of(words));
        for (CurveModel.Point p : points) {
            double y = 100 * of.applyAsDouble(p);
            series.add(p.k(), p.k(), p.k(), y, y, y);
        }
        return series;
    }

    @Override
    public List<List<String>> table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "k",
                "only",
                "only low",
                "only high",
                "without",
                "without low",
                "without high",
                "random only",
                "random without"));
        for (CurveModel.Point p : points) {
            rows.add(List.of(
                    Integer.toString(p.k()),
                    Double.toString(p.check().keepOnly().accuracy()),
                    Double.toString(p.check().keepOnly().low()),
                    Double.toString(p.check().keepOnly().high()),
                    Double.toString(p.check().remove().accuracy()),
                    Double.toString(p.check().remove().low()),
                    Double.toString(p.check().remove().high()),
                    Double.toString(p.check().randomKeep()),
                    Double.toString(p.check().randomRemove())));
        }
        return rows;
    }
}

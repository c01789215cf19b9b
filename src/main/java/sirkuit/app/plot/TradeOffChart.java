package sirkuit.app.plot;

import java.awt.BasicStroke;
import java.awt.font.FontRenderContext;
import java.awt.geom.Ellipse2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.DefaultXYDataset;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.TextScale;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.runs.ChosenOnWarning;
import sirkuit.app.runs.RunColours;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunResultWords;
import sirkuit.app.runs.RunsModel;
import sirkuit.figure.TradeOff;
import sirkuit.run.RunGroup;
import sirkuit.run.RunKind;

/// Points gained on the target against points forgotten of the source: one mark for each run in its colour, with a
/// shape for what it trained and 95 % intervals. A line joins the runs that no other run beats. Runs with another
/// target are left out. A click selects the run.
public final class TradeOffChart extends PlotPane {
    private static final double NEAR = 14;
    private static final double BELOW = 48;

    private final XYErrorRenderer marks = new XYErrorRenderer();
    private final XYLineAndShapeRenderer front = new XYLineAndShapeRenderer(true, false);
    private final XYLineAndShapeRenderer ring = new XYLineAndShapeRenderer(false, true);
    private final NumberAxis forgetting = new NumberAxis();
    private final NumberAxis gain = new NumberAxis();
    private final ReadOnlyObjectWrapper<List<RunKind>> groups = new ReadOnlyObjectWrapper<>(List.of());
    private List<TradeOff<RunModel>> points = List.of();

    public TradeOffChart(
            RunsModel model, Plotted plotted, ObservableValue<Theme> theme, ObservableValue<Boolean> shown) {
        super("trade-off-chart", new XYPlot(), model, plotted, theme, shown);
        plot().setDomainAxis(forgetting);
        plot().setRangeAxis(gain);
        plot().setDomainZeroBaselineVisible(true);
        plot().setRangeZeroBaselineVisible(true);
        plot().setRenderer(0, ring);
        plot().setRenderer(1, marks);
        plot().setRenderer(2, front);
        marks.setErrorStroke(new BasicStroke(1));
        marks.setDefaultShapesFilled(true);
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
        points = plotted().runs().stream()
                .flatMap(run -> Stream.ofNullable(TradeOff.of(run, run.state())))
                .toList();
        XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
        List<RunKind> present = new ArrayList<>();
        for (TradeOff<RunModel> t : points) {
            int index = data.getSeriesCount();
            XYIntervalSeries series = new XYIntervalSeries(index);
            series.add(
                    t.forgetting().value(),
                    t.forgetting().low(),
                    t.forgetting().high(),
                    t.gain().value(),
                    t.gain().low(),
                    t.gain().high());
            RunKind group = RunKind.of(t.run().config());
            marks.setSeriesPaint(index, awt(colours.line(t.run().number())));
            marks.setSeriesShape(index, GroupShapes.of(group));
            data.addSeries(series);
            if (!present.contains(group)) {
                present.add(group);
            }
        }
        present.sort(null);
        marks.setErrorPaint(awt(colours.axis()));
        DefaultXYDataset best = new DefaultXYDataset();
        best.addSeries("front", line(TradeOff.front(points)));
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
        plot().setDataset(1, data);
        plot().setDataset(2, best);
        fitAll();
        groups.set(List.copyOf(present));
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

    private static double[][] line(List<TradeOff<RunModel>> along) {
        double[][] line = new double[2][along.size()];
        for (int i = 0; i < along.size(); i++) {
            line[0][i] = along.get(i).forgetting().value();
            line[1][i] = along.get(i).gain().value();
        }
        return line;
    }

    private void fitAll() {
        List<TradeOff<RunModel>> scaled = plotted().scaledRuns().stream()
                .flatMap(run -> Stream.ofNullable(TradeOff.of(run, run.state())))
                .toList();
        fit(forgetting, TradeOff.forgettings(scaled));
        fit(gain, TradeOff.gains(scaled));
    }

    private @Nullable TradeOff<RunModel> nearest(double x, double y) {
        java.awt.geom.Rectangle2D area =
                viewer().getRenderingInfo().getPlotInfo().getDataArea();
        return points.stream()
                .filter(t -> distance(t, x, y, area) < NEAR)
                .min(Comparator.comparingDouble(t -> distance(t, x, y, area)))
                .orElse(null);
    }

    private double distance(TradeOff<RunModel> t, double x, double y, java.awt.geom.Rectangle2D area) {
        return Math.hypot(
                forgetting.valueToJava2D(t.forgetting().value(), area, plot().getDomainAxisEdge()) - x,
                gain.valueToJava2D(t.gain().value(), area, plot().getRangeAxisEdge()) - y);
    }

    @Override
    @Nullable
    Readout readout(double x) {
        return points.stream()
                .min(Comparator.comparingDouble(t -> Math.abs(t.forgetting().value() - x)))
                .map(t -> new Readout(
                        t.forgetting().value(),
                        t.run().name() + "\n"
                                + Words.of(
                                        "runs.plot.gainValue",
                                        t.run().texts().target(),
                                        Numbers.signed(t.gain().value(), 1),
                                        Numbers.signed(t.gain().low(), 1),
                                        Numbers.signed(t.gain().high(), 1))
                                + "\n"
                                + Words.of(
                                        "runs.plot.forgettingValue",
                                        Numbers.signed(t.forgetting().value(), 1),
                                        Numbers.signed(t.forgetting().low(), 1),
                                        Numbers.signed(t.forgetting().high(), 1))
                                + ChosenOnWarning.briefly(t.run())))
                .orElse(null);
    }

    @Override
    double next(double from, int by) {
        List<Double> places = points.stream()
                .map(t -> t.forgetting().value())
                .distinct()
                .sorted()
                .toList();
        int at = Double.isNaN(from) ? -1 : places.indexOf(from);
        return places.isEmpty() ? 0 : places.get(Math.clamp(at + by, 0, places.size() - 1));
    }
}

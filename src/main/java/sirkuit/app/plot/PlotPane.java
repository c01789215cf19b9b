package sirkuit.app.plot;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import javafx.animation.PauseTransition;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import javafx.scene.shape.Line;
import javafx.util.Duration;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.fx.ChartViewer;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.TextScale;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.runs.RunColours;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunsModel;
import sirkuit.figure.Span;

/// A plot of runs. It is drawn at most ten times a second, even with many events. Dragging or the wheel zooms, a button
/// shows the whole plot again, and a cross-hair shows values. By keyboard: arrows move the cross-hair, plus and minus
/// zoom, 0 shows the whole.
abstract class PlotPane extends StackPane {
    private static final RectangleInsets ROOM = new RectangleInsets(6, 6, 4, 12);
    private static final Duration BETWEEN = Duration.millis(100);
    private static final double ZOOM = 0.6;

    final RunsModel model;
    private final Plotted plotted;
    private final ObservableValue<Theme> theme;
    private final XYPlot plot;
    private final JFreeChart chart;
    private final ChartViewer viewer;
    private final PauseTransition soon = new PauseTransition(BETWEEN);
    private final Map<ValueAxis, Range> whole = new HashMap<>();
    private final Line hair = styled(new Line(), "plot-hair");
    private final Label readout;
    private final ObservableValue<Boolean> shown;
    private boolean stale = true;
    private double drawnAt = TextScale.factor();
    private double at = Double.NaN;

    /// @param shown whether it is visible; otherwise it does not draw
    PlotPane(
            String id,
            XYPlot plot,
            RunsModel model,
            Plotted plotted,
            ObservableValue<Theme> theme,
            ObservableValue<Boolean> shown) {
        this.model = model;
        this.plotted = plotted;
        this.theme = theme;
        this.plot = plot;
        this.shown = shown;
        setId(id);
        getStyleClass().add("plot");
        plot.setOutlineVisible(false);
        plot.setAxisOffset(new RectangleInsets(0, 0, 0, 0));
        plot.setDomainGridlinesVisible(false);
        chart = new JFreeChart(null, null, plot, false);
        chart.setPadding(ROOM);
        viewer = new ChartViewer(chart, true);
        viewer.setMinSize(120, 80);
        readout = named(styled(new Label(), "plot-readout"), id + "-readout");
        readout.setMouseTransparent(true);
        readout.setVisible(false);
        StackPane.setAlignment(readout, Pos.TOP_RIGHT);
        hair.setVisible(false);
        Pane over = new Pane(hair);
        over.setMouseTransparent(true);
        Button all = named(Icons.only(new Button(), Feather.MAXIMIZE, Words.of("runs.plot.whole")), id + "-whole");
        all.setOnAction(e -> whole());
        all.getStyleClass().add("plot-whole");
        StackPane.setAlignment(all, Pos.BOTTOM_RIGHT);
        getChildren().addAll(viewer, over, readout, all);
        viewer.addEventHandler(MouseEvent.MOUSE_MOVED, e -> pointAt(e.getX()));
        viewer.addEventHandler(MouseEvent.MOUSE_EXITED, e -> pointAway());
        setFocusTraversable(true);
        addEventHandler(MouseEvent.MOUSE_PRESSED, e -> requestFocus());
        addEventHandler(KeyEvent.KEY_PRESSED, this::typed);
        focusedProperty().subscribe(focused -> {
            if (!focused) {
                pointAway();
            }
        });
        soon.setOnFinished(e -> drawIfShown());
        model.runs().addListener((ListChangeListener<RunModel>) change -> redraw());
        model.selected().subscribe(run -> redraw());
        plotted.group().subscribe((was, now) -> {
            if (was != null && now != null && Collections.disjoint(was.runs(), now.runs())) {
                whole.clear(); // the zoomed range belongs to another plot
            }
            redraw();
        });
        plotted.scaled().subscribe(runs -> redraw());
        theme.subscribe(t -> redraw());
    }

    /// Starts drawing. A plot calls this at the end of its constructor.
    final void begin() {
        shown.subscribe(now -> drawIfShown());
    }

    /// Puts the current events of the runs into the plot. Nothing is drawn before it returns.
    abstract void fill(RunColours colours);

    /// The step or other place on the x axis nearest to `x` that has a value, and the value; null for none.
    abstract @Nullable Readout readout(double x);

    /// The place that is `by` values further.
    abstract double next(double from, int by);

    /// @param x on the horizontal axis
    record Readout(double x, String words) {}

    /// The runs that it shows.
    final Plotted plotted() {
        return plotted;
    }

    /// The selected run, if it is one of those; otherwise null.
    final @Nullable RunModel selectedHere() {
        RunModel selected = model.selected().get();
        return selected != null && plotted.runs().contains(selected) ? selected : null;
    }

    XYPlot plot() {
        return plot;
    }

    ChartViewer viewer() {
        return viewer;
    }

    /// Draws soon. Changes within a tenth of a second are drawn together.
    final void redraw() {
        stale = true;
        if (Boolean.TRUE.equals(shown.getValue()) && soon.getStatus() != javafx.animation.Animation.Status.RUNNING) {
            soon.playFromStart();
        }
    }

    private void drawIfShown() {
        if (stale && Boolean.TRUE.equals(shown.getValue())) {
            stale = false;
            drawnAt = TextScale.factor();
            chart.setNotify(false);
            RunColours colours = RunColours.of(theme.getValue());
            chart.setBackgroundPaint(awt(colours.background()));
            plot.setBackgroundPaint(awt(colours.background()));
            plot.setRangeGridlinePaint(awt(colours.grid()));
            plot.setRangeGridlineStroke(new java.awt.BasicStroke(1));
            fill(colours);
            chart.setNotify(true);
        }
    }

    /// Shows the whole plot again.
    final void whole() {
        whole.clear();
        redraw();
    }

    /// Gives an axis the range that shows everything, unless the user has zoomed.
    final void fit(ValueAxis axis, Span all) {
        Range now = new Range(all.low(), all.high());
        Range before = whole.put(axis, now);
        if (before == null || before.equals(axis.getRange())) {
            axis.setRange(now);
        } else {
            whole.put(axis, before);
        }
    }

    private void pointAt(double pixel) {
        Rectangle2D area = viewer.getRenderingInfo().getPlotInfo().getDataArea();
        if (area.getWidth() <= 0 || pixel < area.getMinX() || pixel > area.getMaxX()) {
            pointAway();
            return;
        }
        tell(readout(plot.getDomainAxis().java2DToValue(pixel, area, plot.getDomainAxisEdge())));
    }

    private void tell(@Nullable Readout told) {
        if (told == null) {
            pointAway();
            return;
        }
        at = told.x;
        Rectangle2D area = viewer.getRenderingInfo().getPlotInfo().getDataArea();
        double x = plot.getDomainAxis().valueToJava2D(told.x, area, plot.getDomainAxisEdge());
        hair.setStartX(x);
        hair.setEndX(x);
        hair.setStartY(area.getMinY());
        hair.setEndY(area.getMaxY());
        boolean inside = x >= area.getMinX() && x <= area.getMaxX();
        hair.setVisible(inside);
        readout.setText(told.words);
        readout.setVisible(true);
        setAccessibleText(told.words);
    }

    private void pointAway() {
        hair.setVisible(false);
        readout.setVisible(false);
    }

    private void typed(KeyEvent e) {
        if (e.isShortcutDown() || e.isAltDown()) {
            return;
        }
        KeyCode code = e.getCode();
        if (code == KeyCode.LEFT || code == KeyCode.RIGHT) {
            tell(readout(next(at, code == KeyCode.LEFT ? -1 : 1)));
        } else if (code == KeyCode.PLUS || code == KeyCode.ADD || code == KeyCode.EQUALS) {
            zoom(ZOOM);
        } else if (code == KeyCode.MINUS || code == KeyCode.SUBTRACT) {
            zoom(1 / ZOOM);
        } else if (code == KeyCode.DIGIT0 || code == KeyCode.NUMPAD0) {
            whole();
        } else {
            return;
        }
        e.consume();
    }

    private void zoom(double by) {
        ValueAxis axis = plot.getDomainAxis();
        if (Double.isFinite(at) && axis.getRange().contains(at)) {
            axis.resizeRange(by, at);
        } else {
            axis.resizeRange(by);
        }
    }

    static void dress(NumberAxis axis, RunColours colours) {
        axis.setLabelFont(small());
        axis.setTickLabelFont(small());
        axis.setLabelPaint(awt(colours.text()));
        axis.setTickLabelPaint(awt(colours.text()));
        axis.setAxisLinePaint(awt(colours.axis()));
        axis.setTickMarkPaint(awt(colours.axis()));
    }

    /// A font of the current text size.
    static Font small() {
        return new Font("SansSerif", Font.PLAIN, (int) Math.round(12 * TextScale.factor()));
    }

    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        if (drawnAt != TextScale.factor()) {
            redraw();
        }
    }

    static java.awt.Color awt(Color c) {
        return new java.awt.Color(
                (float) c.getRed(), (float) c.getGreen(), (float) c.getBlue(), (float) c.getOpacity());
    }
}

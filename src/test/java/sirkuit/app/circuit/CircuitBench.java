package sirkuit.app.circuit;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import sirkuit.app.circuit.pane.CircuitFigure;
import sirkuit.app.circuit.pane.Lens;
import sirkuit.app.figure.FigureCanvas;
import sirkuit.app.look.Theme;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.project.HeadGroup;
import sirkuit.record.ScoreRecord;

/// Times the circuit of 48 layers x 64 heads, all 3 072 heads selected: 4.6 million edges. Not a test: run it by hand,
/// without a display, with `-Dglass.platform=Headless -Dprism.order=sw`.
///
/// Prints medians of the CPU time that the JavaFX thread spends: from the scores to a drawn circuit, drawing again,
/// with another number of edges, with a closed group, on the paths of the first head that is pointed at, and of
/// each later one.
final class CircuitBench {
    private static final int LAYERS = 48;
    private static final int HEADS = 64;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final int TIMES = 30;
    private static final int WARM = 10;

    private final ScoreRecord record = record();
    private final HeadMask mask = HeadMask.all(LAYERS, HEADS);
    private final SimpleObjectProperty<CircuitFigure> figure = new SimpleObjectProperty<>();
    private final FigureCanvas canvas = new FigureCanvas(figure::get, new SimpleObjectProperty<>(Theme.LIGHT), figure);

    private CircuitBench() {}

    public static void main(String[] arguments) throws InterruptedException {
        CountDownLatch up = new CountDownLatch(1);
        Platform.startup(up::countDown);
        up.await();
        new CircuitBench().run();
        Platform.exit();
    }

    @SuppressWarnings("SystemOut") // what it is for
    private void run() throws InterruptedException {
        onWindow(() -> {
            Stage stage = new Stage();
            stage.setScene(new Scene(canvas, 1000, 800));
            stage.show();
        });
        Circuit circuit = Objects.requireNonNull(Circuit.of(record, mask));
        Net net = Net.of(circuit, List.of());
        Paths paths = new Paths(circuit);
        TreeSet<Head> some = new TreeSet<>();
        for (int i = 0; i < 40; i++) {
            some.add(new Head(i, i));
        }
        List<HeadGroup> group = List.of(new HeadGroup("some", some, false));
        WritableImage image = new WritableImage(1000, 800);
        double whole = median(
                () -> show(Net.of(Objects.requireNonNull(Circuit.of(record, mask)), List.of()), 30, false, null));
        double again = median(() -> show(net, net.shown(30, 0, false), null));
        double pixels = median(() -> {
            show(net, 30, false, null);
            canvas.snapshot(null, image);
        });
        double many = median(() -> show(net, 500, false, null));
        double all = median(() -> show(net, 500, true, null));
        double grouped = median(() -> show(Net.of(circuit, group), 30, false, null));
        double first = median(() -> show(net, 30, false, new Paths(circuit)));
        double later = median(() -> show(net, net.shown(30, 0, false), paths));
        System.out.printf(
                "%d x %d heads, all selected, CPU time of the JavaFX thread: from the scores to the drawing of 30 edges %.1f ms,"
                        + " drawing it again %.1f ms, with its pixels %.1f ms; 500 edges %.1f ms, and with all heads"
                        + " %.1f ms; a group closed %.1f ms; the first head pointed at %.1f ms, each later one"
                        + " %.1f ms%n",
                LAYERS, HEADS, whole, again, pixels, many, all, grouped, first, later);
    }

    private void show(Net net, int most, boolean all, @Nullable Paths paths) {
        show(net, net.shown(most, 0, all), paths);
    }

    private void show(Net net, Net.Shown shown, @Nullable Paths paths) {
        Unit picked = paths == null ? null : Circuits.unit(20, 7);
        List<Paths.Path> lit = paths == null ? List.of() : paths.through(List.of(new Head(20, 7)), 3);
        figure.set(new CircuitFigure(
                new CircuitLook(net, shown, false, picked, lit, java.util.Set.of(), null), Lens.WHOLE));
        canvas.requestLayout();
        canvas.layout();
    }

    /// A few strong edges among many weak ones, as in a trained model.
    private static ScoreRecord record() {
        Random random = new Random(1);
        double[][] score = new double[LAYERS][HEADS];
        double[][][][] share = new double[LAYERS][HEADS][LAYERS][HEADS];
        for (int l = 0; l < LAYERS; l++) {
            for (int h = 0; h < HEADS; h++) {
                score[l][h] = Math.pow(random.nextGaussian(), 3);
                for (int a = 0; a < l; a++) {
                    for (int b = 0; b < HEADS; b++) {
                        share[a][b][l][h] = 4 * Math.pow(random.nextDouble(), 8) / (l * HEADS);
                    }
                }
            }
        }
        return Circuits.record(score, share);
    }

    /// Of the CPU time that the JavaFX thread takes, in ms: other work on the machine does not count.
    private static double median(Runnable work) throws InterruptedException {
        double[] times = new double[TIMES];
        for (int i = -WARM; i < TIMES; i++) {
            double[] took = new double[1];
            onWindow(() -> {
                long start = CPU.getCurrentThreadCpuTime();
                work.run();
                took[0] = (CPU.getCurrentThreadCpuTime() - start) / 1e6;
            });
            Thread.sleep(20);
            if (i >= 0) {
                times[i] = took[0];
            }
        }
        Arrays.sort(times);
        return times[TIMES / 2];
    }

    private static void onWindow(Runnable work) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        Platform.runLater(() -> {
            work.run();
            done.countDown();
        });
        done.await();
    }
}

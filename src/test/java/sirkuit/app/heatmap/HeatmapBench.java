package sirkuit.app.heatmap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import sirkuit.app.heatmap.pane.HeatmapView;
import sirkuit.app.look.Theme;
import sirkuit.app.mask.MaskModel;
import sirkuit.app.work.NoEngine;
import sirkuit.app.work.Notices;
import sirkuit.app.work.WindowEngine;
import sirkuit.mask.Head;
import sirkuit.mask.MaskStrategy;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;

/// Times the heatmap of 80 layers x 64 heads. Not a test: run it by hand, without a display, with
/// `-Dglass.platform=Headless -Dprism.order=sw`.
///
/// Prints medians over 200 repaints: what the JavaFX thread spends on one repaint with other scores each time, whole
/// and zoomed in, and that with the drawing of its pixels (in software, into an image of the same size). A third of
/// the heads is uncertain, a quarter selected, some are locked, arcs lie over them.
final class HeatmapBench {
    private static final int LAYERS = 80;
    private static final int HEADS = 64;
    private static final int REPAINTS = 200;

    private HeatmapBench() {}

    @SuppressWarnings("SystemOut") // what it is for
    public static void main(String[] arguments) throws InterruptedException {
        CountDownLatch up = new CountDownLatch(1);
        Platform.startup(up::countDown);
        up.await();
        RelevanceModel relevance = relevance();
        HeatmapView[] made = new HeatmapView[1];
        onWindow(() -> {
            made[0] = view(relevance);
            Stage stage = new Stage();
            stage.setScene(new Scene(made[0], 1000, 800));
            stage.show();
            made[0].layout();
        });
        HeatmapView view = made[0];
        RelevanceScores[] others = {scores(1), scores(2)};
        int[] turn = {0};
        Runnable recolour = () -> {
            relevance.display(others[turn[0]++ % 2], "");
            view.paint();
        };
        WritableImage image = new WritableImage(1000, 800);
        double repaint = median(view::paint);
        double recoloured = median(recolour);
        double pixels = median(() -> {
            recolour.run();
            view.snapshot(null, image);
        });
        onWindow(() ->
                view.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "+", "+", KeyCode.PLUS, false, false, false, false)));
        double zoomed = median(recolour);
        System.out.printf(
                "%d x %d heads on the JavaFX thread: repaint %.2f ms, recolour and repaint %.2f ms, the same zoomed in"
                        + " %.2f ms, with its pixels %.2f ms%n",
                LAYERS, HEADS, repaint, recoloured, zoomed, pixels);
        Platform.exit();
    }

    private static HeatmapView view(RelevanceModel relevance) {
        MaskModel masks = new MaskModel();
        RelevanceScores scores = scores(1);
        masks.begin(LAYERS, HEADS, new MaskStrategy.TopK(LAYERS * HEADS / 4).apply(scores));
        List<HeatmapModel.Link> links = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            masks.toggleLock(new Head(3 * i, i));
            links.add(new HeatmapModel.Link(new Head(i, 2 * i), new Head(40 + 2 * i, i), 0.1, i < 6));
        }
        relevance.display(scores, "");
        HeatmapModel model = new HeatmapModel(relevance, masks);
        model.links().set(links);
        return new HeatmapView(model, new SimpleObjectProperty<>(Theme.LIGHT));
    }

    private static RelevanceModel relevance() {
        return new RelevanceModel(new WindowEngine(s -> new NoEngine(), new Notices()), new Notices(), record -> {});
    }

    private static RelevanceScores scores(long seed) {
        Random random = new Random(seed);
        double[][] score = new double[LAYERS][HEADS];
        double[][] error = new double[LAYERS][HEADS];
        for (int l = 0; l < LAYERS; l++) {
            Arrays.setAll(score[l], i -> random.nextGaussian());
            Arrays.setAll(error[l], i -> 0.5 * Math.abs(random.nextGaussian()));
        }
        return new RelevanceScores(ScoreMethod.CDT, score, error, 100);
    }

    /// Of the time that the JavaFX thread takes, in ms; each time in a frame of its own.
    private static double median(Runnable work) throws InterruptedException {
        double[] times = new double[REPAINTS];
        for (int i = -50; i < REPAINTS; i++) { // the first ones warm up
            double[] took = new double[1];
            onWindow(() -> {
                long start = System.nanoTime();
                work.run();
                took[0] = (System.nanoTime() - start) / 1e6;
            });
            Thread.sleep(20);
            if (i >= 0) {
                times[i] = took[0];
            }
        }
        Arrays.sort(times);
        return times[REPAINTS / 2];
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

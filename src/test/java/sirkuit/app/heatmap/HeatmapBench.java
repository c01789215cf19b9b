package sirkuit.app.heatmap;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.stage.Stage;
import sirkuit.app.look.Theme;
import sirkuit.app.mask.MaskModel;
import sirkuit.app.work.EngineSession;
import sirkuit.app.work.NoEngine;
import sirkuit.app.work.Notices;
import sirkuit.mask.MaskStrategy;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;

/// Times the heatmap of 80 layers x 64 heads. Not a test: run it by hand, without a display, with
/// `-Dglass.platform=Headless -Dprism.order=sw`.
///
/// Prints medians over 200 repaints: what the JavaFX thread spends on one repaint, and that with the drawing of its
/// pixels (in software, into an image of the same size).
final class HeatmapBench {
    private static final int LAYERS = 80;
    private static final int HEADS = 64;
    private static final int REPAINTS = 200;

    private HeatmapBench() {}

    @SuppressWarnings("SystemOut") // what it is for
    public static void main(String[] arguments) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        Platform.startup(() -> {
            HeatmapView view = view();
            Stage stage = new Stage();
            stage.setScene(new Scene(view, 1000, 800));
            stage.show();
            view.layout();
            double[] thread = times(view::paint);
            WritableImage image = new WritableImage(1000, 800);
            double[] pixels = times(() -> {
                view.paint();
                view.snapshot(null, image);
            });
            double[] empty = times(() -> new javafx.scene.canvas.Canvas(1000, 800).snapshot(null, image));
            System.out.printf("an empty picture alone: %.2f ms%n", median(empty));
            System.out.printf(
                    "repaint of %d x %d heads: %.2f ms on the JavaFX thread, %.2f ms with its pixels%n",
                    LAYERS, HEADS, median(thread), median(pixels));
            done.countDown();
        });
        done.await();
        Platform.exit();
    }

    private static HeatmapView view() {
        Random random = new Random(1);
        double[][] score = new double[LAYERS][HEADS];
        for (double[] row : score) {
            Arrays.setAll(row, i -> random.nextGaussian());
        }
        RelevanceScores scores = new RelevanceScores(ScoreMethod.CDT, score, score, 100);
        MaskModel masks = new MaskModel();
        masks.begin(LAYERS, HEADS, new MaskStrategy.TopK(LAYERS * HEADS / 4).apply(scores));
        RelevanceModel relevance =
                new RelevanceModel(new EngineSession(s -> new NoEngine(), new Notices()), new Notices(), record -> {});
        relevance.display(scores, "");
        return new HeatmapView(new HeatmapModel(relevance, masks), new SimpleObjectProperty<>(Theme.LIGHT));
    }

    private static double[] times(Runnable work) {
        double[] result = new double[REPAINTS];
        for (int i = -50; i < REPAINTS; i++) { // the first ones warm up
            long start = System.nanoTime();
            work.run();
            if (i >= 0) {
                result[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        return result;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}

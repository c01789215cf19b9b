package sirkuit.app.shell;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.stage.Stage;
import javafx.util.Duration;
import javax.imageio.ImageIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sirkuit.app.causal.CausalModel;
import sirkuit.app.session.ShellModel;
import sirkuit.app.workbench.WorkbenchModel;

/// Takes pictures of the window in both themes once its project is open, for machines without a display. The program
/// ends after that.
final class WindowPictures {
    private static final Logger LOG = LoggerFactory.getLogger(WindowPictures.class);
    /// The folder for the pictures. Not the name by which tests are told to write theirs, because the program ends
    /// here.
    static final String PROPERTY = "sirkuit.window-pictures";

    private static final Duration LOOK_AGAIN = Duration.millis(250);
    private static final int PATIENCE = 160; // looks: 40 seconds
    private static final int WIDTH = 1440;
    private static final int HEIGHT = 900;

    private final Stage stage;
    private final ShellModel model;
    private final Path folder;
    private int looks;

    private WindowPictures(Stage stage, ShellModel model, Path folder) {
        this.stage = stage;
        this.model = model;
        this.folder = folder;
    }

    static void take(Stage stage, ShellModel model, Path folder) {
        stage.setWidth(WIDTH);
        stage.setHeight(HEIGHT);
        new WindowPictures(stage, model, folder).wait(LOOK_AGAIN, () -> {});
    }

    private void wait(Duration time, Runnable before) {
        before.run();
        PauseTransition pause = new PauseTransition(time);
        pause.setOnFinished(e -> look());
        pause.play();
    }

    private void look() {
        WorkbenchModel open = model.workbench().get();
        boolean settled = open != null
                && open.checkpoint().inspected().get() != null
                && model.engine().current().get() == null
                && checked(open);
        if (!settled && ++looks < PATIENCE) {
            wait(LOOK_AGAIN, () -> {});
            return;
        }
        // The plots appear a moment later.
        after(
                2,
                () -> save("window-1.png", () -> {
                    model.toggleTheme();
                    after(1, () -> save("window-2.png", Platform::exit));
                }));
    }

    /// Whether the causal check has a result, if there is anything to check.
    private static boolean checked(WorkbenchModel open) {
        CausalModel causal = open.exploring().causal();
        return !causal.asking().get()
                && (causal.check().get() != null || !causal.on().get());
    }

    private static void after(int seconds, Runnable what) {
        PauseTransition pause = new PauseTransition(Duration.seconds(seconds));
        pause.setOnFinished(e -> what.run());
        pause.play();
    }

    private void save(String name, Runnable next) {
        stage.getScene()
                .snapshot(
                        result -> {
                            try {
                                write(result.getImage(), folder.resolve(name));
                            } catch (IOException e) {
                                LOG.error("no picture", e);
                            }
                            Platform.runLater(next);
                            return null;
                        },
                        null);
    }

    private static void write(WritableImage image, Path file) throws IOException {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] pixels = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        copy.setRGB(0, 0, width, height, pixels, 0, width);
        Files.createDirectories(file.toAbsolutePath().getParent());
        ImageIO.write(copy, "png", file.toFile());
    }
}

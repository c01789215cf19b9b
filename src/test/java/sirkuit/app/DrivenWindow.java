package sirkuit.app;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.event.ActionEvent;
import javafx.geometry.Bounds;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Cell;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.skin.TableColumnHeader;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;
import sirkuit.UsesWindow;
import sirkuit.app.look.TextScale;
import sirkuit.app.shell.SirkuitApp;

/// The real window, driven by a robot as a user would, without a display.
@UsesWindow
final class DrivenWindow {
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final boolean KEEP = Boolean.getBoolean("sirkuit.pictures");

    /// To look for a node costs more than the wait between two looks gains.
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final FxRobot robot = new FxRobot();
    private @Nullable Stage stage;
    private @Nullable Application application;

    void open() throws TimeoutException {
        FxToolkit.registerPrimaryStage();
        // One of its own: in the one that all tests share the platform keeps what earlier ones did to it, and then
        // refuses to make it smaller.
        stage = FxToolkit.registerStage(Stage::new);
        application = FxToolkit.setupApplication(WithoutBlits::new);
        size(1440, 900);
    }

    /// Does nothing when it was never opened: a test that is skipped closes it all the same, and without a toolkit
    /// there are no stages to clean up.
    void close() throws TimeoutException {
        if (stage == null) {
            return;
        }
        FxToolkit.cleanupStages();
        TextScale.percent(100); // for the next test in this process
        if (application != null) {
            FxToolkit.cleanupApplication(application);
        }
    }

    void click(String selector) {
        // Off to the corner first, so that the tooltip of the last control does not lie over the next one.
        rest();
        robot.interact(() -> scrollTo(find(selector)));
        WaitForAsyncUtils.waitForFxEvents();
        clickAt(robot.point(find(selector)).query());
    }

    /// The pointer is there at once: a robot that moves it step by step sleeps between the steps.
    private void clickAt(Point2D place) {
        robot.robotContext().getBaseRobot().moveMouse(place);
        WaitForAsyncUtils.waitForFxEvents();
        robot.clickOn(MouseButton.PRIMARY);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /// As whoever looks for it would: a panel may be longer than its place.
    private static void scrollTo(Node node) {
        for (Node above = node.getParent(); above != null; above = above.getParent()) {
            if (above instanceof ScrollPane pane && pane.getContent() != null) {
                Node content = pane.getContent();
                double height = content.getLayoutBounds().getHeight();
                double place = pane.getViewportBounds().getHeight();
                Bounds at = content.sceneToLocal(node.localToScene(node.getLayoutBounds()));
                double top = pane.getVvalue() * (height - place);
                boolean seen = at.getMinY() >= top && at.getMaxY() <= top + place;
                if (height > place && !seen) {
                    double middle = (at.getMinY() + at.getMaxY() - place) / 2;
                    pane.setVvalue(Math.clamp(middle / (height - place), 0, 1));
                }
            }
        }
    }

    /// Back to the welcome screen, by its shortcut.
    void closeProject() {
        robot.push(KeyCode.CONTROL, KeyCode.W);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /// Presses keys together.
    void push(KeyCode... keys) {
        robot.push(keys);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /// Types into whatever has the keyboard, key by key.
    void write(String text) {
        robot.write(text);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /// What has the keyboard.
    @Nullable
    Node focused() {
        return scene().getFocusOwner();
    }

    /// Controls that are shown, can be used, and are there for the keyboard.
    List<Node> controls() {
        return scene().getRoot().lookupAll("*").stream()
                .filter(n -> n instanceof Control && n.isFocusTraversable() && !n.isDisabled() && shown(n))
                .toList();
    }

    /// Closes all notices by Escape: they may lie above what is clicked next.
    public void closeNotices() {
        for (int i = 0; i < 20 && has(".notice"); i++) {
            push(KeyCode.ESCAPE);
        }
        if (has(".notice")) {
            throw new AssertionError("A notice does not close.");
        }
    }

    /// What the notices that are shown have to unfold: stack traces of mistakes, for instance.
    List<String> details() {
        return scene().getRoot().lookupAll(".notice-details").stream()
                .map(n -> ((TextArea) n).getText())
                .toList();
    }

    List<String> styleSheets() {
        return scene().getStylesheets();
    }

    /// Whether a label says that it is for this control, or for the one that it is part of.
    boolean labelled(Node control) {
        return scene().getRoot().lookupAll(".label").stream()
                .anyMatch(l -> l instanceof Label label
                        && label.getLabelFor() != null
                        && (label.getLabelFor() == control || label.getLabelFor() == control.getParent()));
    }

    /// What lies partly beyond the right edge of the area that shows it, and words that are cut with dots.
    Set<String> cut(String area) {
        Set<String> all = new TreeSet<>();
        interact(() -> {
            Node whole = find(area);
            double edge = whole.localToScene(whole.getLayoutBounds()).getMaxX() + 0.5;
            for (Node n : whole.lookupAll("*")) {
                if (!shown(n) || n.getLayoutBounds().isEmpty()) {
                    continue;
                }
                boolean control = n instanceof Labeled || n instanceof Control;
                if (control && n.localToScene(n.getLayoutBounds()).getMaxX() > edge) {
                    all.add(n + " is cut off");
                }
                if (n instanceof Labeled labeled && dotted(labeled)) {
                    all.add(labeled.getText() + " has dots");
                }
            }
        });
        return all;
    }

    /// What does not fit: controls and labels that reach beyond what they are in, words that are cut with dots, and
    /// whatever can be scrolled sideways. Names may be of any length and have a tooltip instead: of the project, in
    /// lists and in tables.
    Set<String> doesNotFit() {
        Set<String> all = new TreeSet<>();
        interact(() -> scene().getRoot().lookupAll("*").stream()
                .filter(n -> shown(n) && !n.getLayoutBounds().isEmpty())
                .forEach(n -> {
                    if (n instanceof ScrollBar bar && bar.getOrientation() == Orientation.HORIZONTAL) {
                        all.add(bar.getParent() + " scrolls sideways");
                    } else if ((n instanceof TextInputControl || (n instanceof Labeled l && says(l))) && !inLine(n)) {
                        Node beyond = beyond(n);
                        if (beyond != null) {
                            all.add(n + " reaches beyond " + beyond);
                        }
                        if (n instanceof Labeled labeled && dotted(labeled)) {
                            all.add(labeled.getText() + " has dots");
                        }
                    }
                }));
        return all;
    }

    private static boolean inLine(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (n instanceof Cell || n instanceof TableColumnHeader || "project-menu".equals(n.getId())) {
                return true;
            }
        }
        return false;
    }

    /// What this is in and reaches beyond, if anything. What can be scrolled up and down may be as high as it likes.
    private static @Nullable Node beyond(Node node) {
        Bounds own = node.localToScene(node.getLayoutBounds());
        boolean scrolls = false;
        for (Node n = node.getParent(); n != null; n = n.getParent()) {
            if (n.getParent() != null && n.getParent().getStyleClass().contains("viewport")) {
                continue; // as large as its content, wherever that has been scrolled to
            }
            Bounds place = n.localToScene(n.getLayoutBounds());
            scrolls |= n.getStyleClass().contains("viewport");
            boolean sideways = own.getMaxX() > place.getMaxX() + 1.5 || own.getMinX() < place.getMinX() - 1.5;
            boolean down = own.getMaxY() > place.getMaxY() + 1.5 || own.getMinY() < place.getMinY() - 1.5;
            if (n instanceof Region && !(n instanceof Labeled) && (sideways || (down && !scrolls))) {
                return n;
            }
        }
        return null;
    }

    private static boolean says(Labeled labeled) {
        return labeled.getGraphic() != null
                || (labeled.getText() != null && !labeled.getText().isEmpty());
    }

    /// Paths are meant to be shortened in the middle.
    private static boolean dotted(Labeled labeled) {
        String dots = labeled.getEllipsisString();
        return labeled.getTextOverrun() != OverrunStyle.CENTER_ELLIPSIS
                && labeled.lookup(".text") instanceof Text text
                && text.getText().contains(dots)
                && !String.valueOf(labeled.getText()).contains(dots);
    }

    /// Everything that is written in the window now, and the tooltips.
    Set<String> said() {
        Set<String> all = new TreeSet<>();
        interact(() -> scene().getRoot().lookupAll("*").stream()
                .filter(DrivenWindow::shown)
                .forEach(n -> {
                    if (n instanceof Labeled labeled && labeled.getText() != null) {
                        all.add(labeled.getText());
                    }
                    if (n instanceof Control control && control.getTooltip() != null) {
                        all.add(String.valueOf(control.getTooltip().getText()));
                    }
                    if (n instanceof TextInputControl input && input.getPromptText() != null) {
                        all.add(input.getPromptText());
                    }
                    if (n.getAccessibleText() != null) {
                        all.add(n.getAccessibleText());
                    }
                }));
        return all;
    }

    /// Does something in the window's thread.
    void interact(Runnable work) {
        robot.interact(work);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /// Asks the window to close, as its frame's button does. Whatever dialog that brings is the latest window then.
    void askToClose() {
        Platform.runLater(() -> window().fireEvent(new WindowEvent(window(), WindowEvent.WINDOW_CLOSE_REQUEST)));
        WaitForAsyncUtils.waitForFxEvents();
    }

    /// Presses a button of a dialog, wherever it lies.
    void press(String words) {
        robot.interact(() -> dialogButton(words).fire());
        WaitForAsyncUtils.waitForFxEvents();
    }

    boolean offers(String words) {
        return Window.getWindows().stream()
                .filter(w -> w != stage)
                .flatMap(w -> w.getScene().getRoot().lookupAll(".button").stream())
                .anyMatch(b -> b instanceof Button button && button.getText().equals(words));
    }

    /// Whether Return in a dialog presses this button.
    boolean returnMeans(String words) {
        return dialogButton(words).isDefaultButton();
    }

    /// How far the middle of a dialog lies from the middle of the window.
    double offCentre(String words) {
        Window dialog = dialogButton(words).getScene().getWindow();
        return Math.hypot(
                dialog.getX() + dialog.getWidth() / 2 - window().getX() - window().getWidth() / 2,
                dialog.getY() + dialog.getHeight() / 2 - window().getY() - window().getHeight() / 2);
    }

    private Button dialogButton(String words) {
        return Window.getWindows().stream()
                .filter(w -> w != stage)
                .flatMap(w -> w.getScene().getRoot().lookupAll(".button").stream())
                .filter(b -> b instanceof Button button && button.getText().equals(words))
                .map(Button.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /// A picture of the latest dialog.
    void pictureOfDialog(String name) throws Exception {
        Scene dialog = Window.getWindows().getLast().getScene();
        if (KEEP) {
            save(WaitForAsyncUtils.asyncFx(() -> dialog.snapshot(null)).get(), name);
        }
    }

    void type(String selector, String text) {
        // Set at once: typing long paths key by key says nothing more about the window.
        robot.interact(() -> {
            TextInputControl field = (TextInputControl) find(selector);
            field.requestFocus();
            field.setText(text);
            field.fireEvent(new ActionEvent());
        });
    }

    /// Brings a tab of the centre to the front.
    void show(String tab) {
        interact(() -> scene().getRoot().lookupAll(".tab-pane").stream()
                .map(TabPane.class::cast)
                .forEach(pane -> pane.getTabs().stream()
                        .filter(t -> tab.equals(t.getId()))
                        .forEach(pane.getSelectionModel()::select)));
    }

    /// Clicks at a place within something, measured from its upper left corner.
    void clickAt(String selector, double x, double y) {
        clickAt(find(selector).localToScreen(x, y));
    }

    void press(KeyCode... keys) {
        robot.push(keys);
        WaitForAsyncUtils.waitForFxEvents();
    }

    boolean has(String selector) {
        return visible(selector) != null;
    }

    Node find(String selector) {
        Node found = visible(selector);
        if (found == null) {
            throw new AssertionError("There is no " + selector + " in the window.");
        }
        return found;
    }

    String text(String selector) {
        return visible(selector) instanceof Labeled label && label.getText() != null ? label.getText() : "";
    }

    /// Whether the engine has nothing to do.
    boolean idle() {
        return !has("#cancel-button");
    }

    void until(Duration limit, Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plus(limit);
        while (!WaitForAsyncUtils.asyncFx(condition).get()) {
            if (Instant.now().isAfter(end)) {
                save(WaitForAsyncUtils.asyncFx(() -> scene().snapshot(null)).get(), "timed-out");
                throw new TimeoutException("not within " + limit);
            }
            Thread.sleep(LOOK_AGAIN);
        }
        WaitForAsyncUtils.waitForFxEvents();
    }

    /// Pictures in both themes. It stays in the second one: taking over a theme takes longer than a picture.
    void pictures(String name) throws Exception {
        picture(name + theme());
        switchTheme();
        picture(name + theme());
    }

    private String theme() {
        return scene().getRoot().getStyleClass().contains("dark") ? "-dark" : "-light";
    }

    /// Without the mouse, which would close what lies above the window.
    private void switchTheme() {
        interact(() -> ((Button) find("#theme-toggle")).fire());
    }

    /// Makes the window as small as it has to be usable.
    void small() {
        size(1100, 700);
    }

    /// As large as it was opened.
    void large() {
        size(1440, 900);
    }

    /// As on a large display.
    void huge() {
        size(2560, 1440);
    }

    private void size(double width, double height) {
        robot.interact(() -> {
            window().setWidth(width);
            window().setHeight(height);
        });
        if (scene().getWidth() != width || scene().getHeight() != height) {
            throw new AssertionError("The window is " + scene().getWidth() + " x " + scene().getHeight() + ", not "
                    + width + " x " + height + ".");
        }
    }

    /// A picture in the theme that is on.
    void picture(String name) throws Exception {
        rest();
        if (KEEP) {
            save(WaitForAsyncUtils.asyncFx(() -> scene().snapshot(null)).get(), name);
        }
    }

    private static void save(WritableImage image, String name) throws IOException {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] pixels = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, width, height, pixels, 0, width);
        Files.createDirectories(PICTURES);
        ImageIO.write(picture, "png", PICTURES.resolve(name + ".png").toFile());
    }

    private void rest() {
        robot.robotContext().getBaseRobot().moveMouse(new Point2D(window().getX() + 4, window().getY() + 4));
        WaitForAsyncUtils.waitForFxEvents(2);
    }

    private @Nullable Node visible(String selector) {
        return scene().getRoot().lookupAll(selector).stream()
                .filter(DrivenWindow::shown)
                .findFirst()
                .orElse(null);
    }

    /// The program as it is, deaf to one mistake of the headless platform: a window that is drawn while it still has
    /// the size of the test before (`HeadlessWindow.blit`, `clearRect`). It would stand in the pictures as a
    /// mistake of ours.
    public static final class WithoutBlits extends Application {
        private final SirkuitApp app = new SirkuitApp();

        @Override
        public void init() {
            app.init();
        }

        @Override
        public void start(Stage stage) {
            app.start(stage);
            Thread.UncaughtExceptionHandler own = Thread.currentThread().getUncaughtExceptionHandler();
            Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> {
                if (Arrays.stream(error.getStackTrace()).noneMatch(WithoutBlits::isBlit)) {
                    own.uncaughtException(thread, error);
                }
            });
        }

        private static boolean isBlit(StackTraceElement frame) {
            return frame.getClassName().endsWith(".HeadlessWindow")
                    && (frame.getMethodName().equals("blit")
                            || frame.getMethodName().equals("clearRect"));
        }

        @Override
        public void stop() {
            app.stop();
        }
    }

    private static boolean shown(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (!n.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private Scene scene() {
        return window().getScene();
    }

    private Stage window() {
        if (stage == null) {
            throw new IllegalStateException("open it first");
        }
        return stage;
    }
}

package sirkuit.app.shell;

import static sirkuit.app.look.Boxes.styled;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.application.Application;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.image.Image;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import sirkuit.app.action.Action;
import sirkuit.app.data.PathChooser;
import sirkuit.app.dialog.AboutView;
import sirkuit.app.dialog.EngineView;
import sirkuit.app.dialog.FetchView;
import sirkuit.app.dialog.JobsView;
import sirkuit.app.dialog.LogView;
import sirkuit.app.dialog.NewProjectView;
import sirkuit.app.dialog.PreferencesView;
import sirkuit.app.dialog.Questions;
import sirkuit.app.dialog.SaveCopyView;
import sirkuit.app.dialog.WelcomeView;
import sirkuit.app.frame.Accelerators;
import sirkuit.app.frame.DropTarget;
import sirkuit.app.frame.NoticeBar;
import sirkuit.app.frame.Overlay;
import sirkuit.app.frame.PaletteView;
import sirkuit.app.frame.Sheets;
import sirkuit.app.frame.StatusBar;
import sirkuit.app.frame.TabActions;
import sirkuit.app.look.StartFolder;
import sirkuit.app.look.TextScale;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.preferences.Preferences;
import sirkuit.app.project.Dropped;
import sirkuit.app.session.ShellActions;
import sirkuit.app.session.ShellModel;
import sirkuit.app.work.Threads;
import sirkuit.app.workbench.WorkbenchModel;
import sirkuit.app.workbench.pane.WorkbenchView;

/// The frame: header, notices, the welcome screen or the open project, status bar, and cards above them.
final class MainWindow implements ShellActions.Deeds {
    private static final double WIDTH = 1440;
    private static final double HEIGHT = 900;
    /// Height of the steps and the tabs, at normal text size.
    private static final double TABS = 66;

    /// Room for the title bar, which the window system adds.
    private static final double TITLE_BAR = 40;

    private final Stage stage;
    private final ShellModel model;
    private final Threads threads;
    private final Consumer<Path> browser;
    private final StackPane centre = new StackPane();
    private final Overlay overlay = new Overlay();
    private final StackPane root;
    private final PaletteView palette;
    private final Questions questions;
    private final PathChooser choosing;
    private final PresentationOverlay presenting;
    private Subscription ofProject = Subscription.EMPTY;
    private BooleanProperty shown = new SimpleBooleanProperty(true);
    private @Nullable WelcomeView welcome;
    private @Nullable NewProjectView form;

    /// @param browser shows a folder in the system's file browser
    MainWindow(Stage stage, ShellModel model, Threads threads, Consumer<Path> browser) {
        this.stage = stage;
        this.model = model;
        this.threads = threads;
        this.browser = browser;
        model.theme().subscribe(MainWindow::dress);
        centre.setMinSize(0, 0);
        questions = new Questions(stage);
        palette = new PaletteView(model.palette(), overlay);
        BorderPane frame = styled(new BorderPane(centre), "frame");
        HeaderBar header = new HeaderBar(model, this);
        frame.setTop(header);
        frame.setBottom(new StatusBar(model.engine(), model.opening()));
        root = new StackPane(frame, notices(header, frame), overlay);
        presenting = new PresentationOverlay(stage, root, frame, model, threads, questions);
        choosing = new PathChooser(root);
        Scene scene = new Scene(root, WIDTH, HEIGHT);
        model.preferences().map(Preferences::textSize).subscribe(percent -> {
            TextScale.percent(percent);
            scene.getStylesheets().setAll(Sheets.at(percent));
            settle();
        });
        model.theme().subscribe(theme -> {
            for (var node : new javafx.scene.Node[] {root, frame}) {
                node.getStyleClass().removeAll("light", "dark");
                node.getStyleClass().add(theme.dark() ? "dark" : "light");
            }
        });
        model.actions().register(ShellActions.of(model, this));
        new Accelerators(scene, model.actions(), () -> overlay.showing() || presenting.showing());
        new DropTarget(root, this::dropped);
        stage.setTitle("Sirkuit");
        for (int size : new int[] {32, 128}) {
            stage.getIcons().add(new Image("/sirkuit/app/icon-" + size + ".png"));
        }
        stage.setScene(scene);
        model.askHowToLeave(questions::howToLeave);
        model.askMayRead(questions::mayRead);
        model.workbench().subscribe(this::shows);
        stage.setOnCloseRequest(e -> {
            ShellModel.Leaving how = model.busy() ? questions.howToLeave() : ShellModel.Leaving.PAUSE;
            if (how == null) {
                e.consume();
            } else {
                model.leaving(how);
            }
        });
        stage.setMinWidth(1000);
        stage.setMinHeight(640);
    }

    /// The notices, above everything else, so that nothing moves when one comes, and below the steps and the tabs,
    /// which stay free.
    private StackPane notices(HeaderBar header, BorderPane frame) {
        NoticeBar notices = new NoticeBar(model.notices());
        StackPane.setAlignment(notices, Pos.TOP_RIGHT);
        header.heightProperty()
                .subscribe(h ->
                        StackPane.setMargin(notices, new Insets(h.doubleValue() + TABS * TextScale.factor(), 0, 0, 0)));
        frame.addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ESCAPE && notices.closeNewest()) {
                e.consume();
            }
        });
        // During a presentation they must not be seen, nor take the keyboard.
        StackPane place = new StackPane(notices);
        place.setPickOnBounds(false);
        place.visibleProperty().bind(frame.visibleProperty());
        return place;
    }

    /// Shows it, no larger than the display: otherwise its title bar would be outside.
    void show() {
        Rectangle2D display = Screen.getPrimary().getVisualBounds();
        if (display.getWidth() < WIDTH || display.getHeight() < HEIGHT + TITLE_BAR) {
            stage.setWidth(Math.min(WIDTH, display.getWidth()));
            stage.setHeight(Math.min(HEIGHT, display.getHeight() - TITLE_BAR));
        }
        stage.show();
    }

    @Override
    public void openProject(boolean readOnly) {
        choosing.folder(
                Words.of(readOnly ? "action.open-read-only" : "action.open-project"),
                readOnly ? model::openReadOnly : model::open);
    }

    @Override
    public void fetchCheckpoint() {
        FetchView.show(model, overlay, folder -> dropped(new Dropped.Checkpoint(folder)));
    }

    @Override
    public void saveCopy() {
        WorkbenchModel open = model.workbench().get();
        if (open != null) {
            SaveCopyView.show(model, open, overlay, choosing);
        }
    }

    @Override
    public void report() {
        model.report(browser);
    }

    @Override
    public void reveal(Path folder) {
        browser.accept(folder);
    }

    @Override
    public void palette() {
        palette.show();
    }

    @Override
    public void preferences() {
        PreferencesView.show(model, overlay);
    }

    @Override
    public void engine() {
        EngineView.show(model, overlay, this::preferences);
    }

    @Override
    public void jobs() {
        JobsView.show(model.engine().jobs(), overlay);
    }

    @Override
    public void log() {
        LogView.show(threads, overlay, browser);
    }

    @Override
    public void about() {
        AboutView.show(model, overlay);
    }

    @Override
    public void present() {
        overlay.hide();
        presenting.begin();
    }

    @Override
    public void closeWindow() {
        WindowEvent close = new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST);
        stage.fireEvent(close);
        if (!close.isConsumed()) {
            stage.hide();
        }
    }

    private void shows(@Nullable WorkbenchModel open) {
        StartFolder.opened(open == null ? null : open.project().folder());
        shown.set(false); // releases the views of the previous project
        shown = new SimpleBooleanProperty(true);
        ofProject.unsubscribe();
        ofProject = model.actions().register(ShellActions.recent(model));
        if (open == null) {
            WelcomeView now = new WelcomeView(model, form);
            welcome = now;
            centre.getChildren().setAll(now);
            now.begin();
        } else {
            if (welcome != null) {
                form = welcome.leave();
            }
            welcome = null;
            WorkbenchView view =
                    new WorkbenchView(open, model.arrangement(), model.theme().when(shown));
            centre.getChildren().setAll(view);
            view.applyCss();
            ofProject = ofProject.and(model.actions().register(view.actions()));
            ofProject = ofProject.and(model.actions().register(TabActions.of(view.tabs(), view::front)));
            if (view.lookup("#save-mask-button") instanceof Button save) {
                Action action = Action.of(Action.Place.MASK, "save-mask", save::fire)
                        .on("Shortcut+S")
                        .when(save.disabledProperty().not());
                ofProject = ofProject.and(model.actions().register(List.of(action)));
            }
        }
        stage.setTitle(open == null ? "Sirkuit" : open.file().get().name() + " - Sirkuit");
    }

    /// Adapts what follows the size of the texts without a style sheet.
    private void settle() {
        root.applyCss();
        root.layout();
        if (!centre.getChildren().isEmpty() && centre.getChildren().getFirst() instanceof WorkbenchView view) {
            view.scaled();
        }
    }

    private void dropped(Dropped what) {
        if (presenting.showing()) {
            return; // changes of the window must not affect the presentation
        }
        WorkbenchModel open = model.workbench().get();
        switch (what) {
            case Dropped.ProjectFolder(Path folder) -> model.open(folder);
            case Dropped.Checkpoint checkpoint -> {
                if (open != null && questions.agreed("drop.new-project", checkpoint.folder())) {
                    model.leave();
                }
                fill(checkpoint);
            }
            case Dropped.Texts texts -> {
                if (open == null) {
                    fill(texts);
                } else if (open.readOnly().get()) {
                    model.notices().warn(Words.of("drop.read-only"), Words.of("shell.read-only.remedy"));
                } else if (questions.agreed(
                        open.targets().names().isEmpty() ? "drop.target" : "drop.another", texts.place())) {
                    open.targets().add(texts.place());
                }
            }
            case Dropped.Unusable(Path place) ->
                model.notices().warn(Words.of("drop.unusable", place.toString()), Words.of("drop.unusable.remedy"));
        }
    }

    private void fill(Dropped what) {
        if (welcome != null) {
            welcome.take(what);
        }
    }

    private static void dress(Theme theme) {
        Application.setUserAgentStylesheet(
                (theme.dark() ? new PrimerDark() : new PrimerLight()).getUserAgentStylesheet());
    }
}

package sirkuit.app.shell;

import static sirkuit.app.look.Boxes.styled;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Scene;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Theme;

/// The frame: header, notices, the welcome screen or the open project, status bar.
final class MainWindow {
    private static final double WIDTH = 1440;
    private static final double HEIGHT = 900;

    private final Stage stage;
    private final ShellModel model;
    private final StackPane centre = new StackPane();
    private BooleanProperty shown = new SimpleBooleanProperty(true);

    MainWindow(Stage stage, ShellModel model) {
        this.stage = stage;
        this.model = model;
        model.theme().subscribe(MainWindow::dress);
        BorderPane frame = styled(new BorderPane(centre), "frame");
        frame.setTop(new VBox(new HeaderBar(model), new NoticeBar(model.notices())));
        frame.setBottom(new StatusBar(model.engine(), model.opening()));
        Scene scene = new Scene(frame, WIDTH, HEIGHT);
        for (String sheet : List.of("window", "centre", "data", "runs", "shell", "side")) {
            scene.getStylesheets()
                    .add(Objects.requireNonNull(getClass().getResource("/sirkuit/app/" + sheet + ".css"))
                            .toExternalForm());
        }
        model.theme().subscribe(theme -> {
            frame.getStyleClass().removeAll("light", "dark");
            frame.getStyleClass().add(theme.dark() ? "dark" : "light");
        });
        shortcuts(scene);
        stage.setTitle("Sirkuit");
        stage.setScene(scene);
        model.workbench().subscribe(this::shows);
        stage.setOnCloseRequest(e -> {
            if (model.busy() && !askedHowToLeave()) {
                e.consume();
            }
        });
        stage.setMinWidth(1000);
        stage.setMinHeight(640);
    }

    void show() {
        stage.show();
    }

    /// @return whether to close
    private boolean askedHowToLeave() {
        ButtonType keep = new ButtonType("Keep running", ButtonBar.ButtonData.YES);
        ButtonType pause = new ButtonType("Pause and close", ButtonBar.ButtonData.NO);
        ButtonType stay = new ButtonType("Don't close", ButtonBar.ButtonData.CANCEL_CLOSE);
        Alert question = new Alert(
                Alert.AlertType.CONFIRMATION,
                "It can go on in the background: open the project again to see how far it is. Paused, it goes on from"
                        + " where it was when you say so.",
                keep,
                pause,
                stay);
        question.initOwner(stage);
        question.setTitle("Sirkuit");
        question.setGraphic(null);
        question.setHeaderText("A run is still going. Keep it running?");
        ButtonType answer = question.showAndWait().orElse(stay);
        model.leaving(answer == keep ? ShellModel.Leaving.KEEP_RUNNING : ShellModel.Leaving.PAUSE);
        return answer != stay;
    }

    private void shows(@Nullable WorkbenchModel open) {
        shown.set(false); // lets go of the views of the project before
        shown = new SimpleBooleanProperty(true);
        if (open == null) {
            WelcomeView welcome = new WelcomeView(model);
            centre.getChildren().setAll(welcome);
            welcome.begin();
        } else {
            centre.getChildren().setAll(new WorkbenchView(open, model.theme().when(shown)));
        }
        stage.setTitle(open == null ? "Sirkuit" : open.file().get().name() + " - Sirkuit");
    }

    private void shortcuts(Scene scene) {
        scene.getAccelerators().put(shortcut(KeyCode.Z), () -> {
            WorkbenchModel open = model.workbench().get();
            if (open != null) {
                open.mask().undo();
            }
        });
        scene.getAccelerators()
                .put(new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN), () -> {
                    WorkbenchModel open = model.workbench().get();
                    if (open != null) {
                        open.mask().redo();
                    }
                });
    }

    private static KeyCodeCombination shortcut(KeyCode key) {
        return new KeyCodeCombination(key, KeyCombination.SHORTCUT_DOWN);
    }

    private static void dress(Theme theme) {
        Application.setUserAgentStylesheet(
                (theme.dark() ? new PrimerDark() : new PrimerLight()).getUserAgentStylesheet());
    }
}

package sirkuit.app.shell;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javafx.animation.PauseTransition;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.collections.ListChangeListener;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sirkuit.app.look.Words;
import sirkuit.app.preferences.Preferences;
import sirkuit.app.preferences.SessionMark;
import sirkuit.app.session.ShellModel;
import sirkuit.app.work.Engine;
import sirkuit.app.work.Notice;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.app.work.WindowEngine;
import sirkuit.engine.EngineClient;

/// The JavaFX application. It opens the named project, or the last one, or the welcome screen. The window comes first;
/// the engine starts in the background.
public final class SirkuitApp extends Application {
    private static final Logger LOG = LoggerFactory.getLogger(SirkuitApp.class);

    private final Threads threads = Threads.behind(Platform::runLater);
    private final Path config = Preferences.folder();
    private volatile Preferences preferences = Preferences.NONE;
    private @Nullable SessionMark mark;
    private @Nullable ShellModel model;

    @Override
    public void init() {
        preferences = Preferences.read(config); // not yet on the window's thread
        if (preferences.language() != null) {
            Words.speak(preferences.language());
        }
        mark = SessionMark.begin(config);
    }

    @Override
    public void start(Stage stage) {
        Notices notices = new Notices();
        WindowEngine engine = new WindowEngine(
                onState -> Engine.of(new EngineClient(
                        preferences.engine().takingTurns(config.resolve("device.lock")), threads.window(), onState)),
                notices);
        ShellModel shell = new ShellModel(engine, notices, threads, preferences, config);
        model = shell;
        shell.preferences().subscribe(now -> preferences = now); // they say how the next engine is started
        Platform.Preferences system = Platform.getPreferences();
        system.colorSchemeProperty().subscribe(scheme -> shell.systemDark(scheme == ColorScheme.DARK));
        new MainWindow(stage, shell, threads, place -> browse(place, notices)).show();
        notices.open().addListener((ListChangeListener<Notice>) change -> {
            while (change.next()) {
                change.getAddedSubList().forEach(n -> LOG.info("told: {}", n.text()));
            }
        });
        if (Boolean.getBoolean("sirkuit.timing")) {
            tellLaunchTime();
        }
        if (Boolean.getBoolean("sirkuit.rehearse")) {
            rehearse();
        }
        String pictures = System.getProperty(WindowPictures.PROPERTY);
        if (pictures != null) {
            WindowPictures.take(stage, shell, Path.of(pictures));
        }
        Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> notices.tell(error));
        List<String> arguments =
                getParameters() == null ? List.of() : getParameters().getRaw();
        recover(shell, notices);
        Platform.runLater(() -> {
            engine.start();
            if (arguments.isEmpty()) {
                shell.recent().stream().findFirst().ifPresent(shell::open);
            } else {
                shell.open(Path.of(arguments.getFirst()));
            }
        });
    }

    @Override
    public void stop() {
        if (model != null) {
            model.close();
        }
        threads.close(); // the last changes are on disk before the program ends
        if (mark != null) {
            mark.close();
        }
    }

    /// Reports what was recovered of a session that was not closed properly, once its project is open.
    private void recover(ShellModel shell, Notices notices) {
        SessionMark session = mark;
        if (session == null) {
            return;
        }
        shell.onOpened(session::opened);
        shell.wereCutOff(session.leftBehind());
        if (session.unclean() && session.leftBehind().isEmpty()) {
            notices.inform(Words.of("shell.cut-off"), Words.of("shell.recovered.nothing-lost"));
        }
    }

    /// Shows a file or folder with the system's own program, if it has one.
    private void browse(Path place, Notices notices) {
        try {
            getHostServices().showDocument(place.toUri().toString());
        } catch (UnsupportedOperationException e) {
            LOG.info("nothing opens {}", place, e);
            notices.warn(Words.of("shell.not-opened"), Words.of("shell.not-opened.more", place.toString()));
        }
    }

    /// Ends the program once everything has been shown. The build stores the classes loaded until then for later
    /// starts.
    private static void rehearse() {
        PauseTransition shown = new PauseTransition(javafx.util.Duration.seconds(4));
        shown.setOnFinished(e -> Platform.exit());
        shown.play();
    }

    @SuppressWarnings("SystemOut") // for the measurement of the start
    private static void tellLaunchTime() {
        ProcessHandle.current()
                .info()
                .startInstant()
                .ifPresent(begun -> System.err.println("window visible after "
                        + Duration.between(begun, Instant.now()).toMillis() + " ms"));
    }
}

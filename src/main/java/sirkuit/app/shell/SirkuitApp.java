package sirkuit.app.shell;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import sirkuit.app.work.Engine;
import sirkuit.app.work.EngineSession;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.engine.EngineClient;
import sirkuit.engine.EngineCommand;

/// The JavaFX application: the project named, else the last one, else the welcome screen. The window comes first; the
/// engine starts behind it.
public final class SirkuitApp extends Application {
    private final Threads threads = Threads.behind(Platform::runLater);
    private final Path config = Preferences.folder();
    private Preferences preferences = Preferences.NONE;
    private @Nullable ShellModel model;

    @Override
    public void init() {
        preferences = Preferences.read(config); // not yet in the window's thread
    }

    @Override
    public void start(Stage stage) {
        Notices notices = new Notices();
        EngineCommand command = command(preferences).takingTurns(config.resolve("device.lock"));
        EngineSession engine =
                new EngineSession(onState -> Engine.of(new EngineClient(command, threads.window(), onState)), notices);
        ShellModel shell = new ShellModel(engine, notices, threads, preferences, config);
        model = shell;
        new MainWindow(stage, shell).show();
        if (Boolean.getBoolean("sirkuit.timing")) {
            tellLaunchTime();
        }
        Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> notices.tell(error));
        List<String> arguments =
                getParameters() == null ? List.of() : getParameters().getRaw();
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
        threads.close(); // what was chosen last is on disk before the program ends
    }

    private static EngineCommand command(Preferences preferences) {
        List<String> own = preferences.engineCommand();
        return own == null || own.isEmpty()
                ? EngineCommand.ofThisProgram("auto", OptionalInt.empty())
                : new EngineCommand(own);
    }

    @SuppressWarnings("SystemOut") // a measurement that was asked for
    private static void tellLaunchTime() {
        ProcessHandle.current()
                .info()
                .startInstant()
                .ifPresent(begun -> System.err.println("window visible after "
                        + Duration.between(begun, Instant.now()).toMillis() + " ms"));
    }
}

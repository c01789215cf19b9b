package sirkuit.app.shell;

import java.time.Duration;
import java.util.List;
import javafx.animation.PauseTransition;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sirkuit.Problem;
import sirkuit.app.causal.CausalModel;
import sirkuit.app.dialog.Questions;
import sirkuit.app.look.ProblemWords;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.present.PresentModel;
import sirkuit.app.present.PresentedProject;
import sirkuit.app.present.Script;
import sirkuit.app.present.stage.PresentView;
import sirkuit.app.runs.RunModel;
import sirkuit.app.session.ShellModel;
import sirkuit.app.work.Notice;
import sirkuit.app.work.Threads;
import sirkuit.app.workbench.WorkbenchModel;
import sirkuit.record.ProjectFile;

/// Shows the presentation of the open project over the window, and restores the window afterwards.
final class PresentationOverlay {
    private static final Logger LOG = LoggerFactory.getLogger(PresentationOverlay.class);

    /// System property: how many times faster the pages give up waiting for the engine.
    private static final String WAITING = "sirkuit.present.waiting";

    /// System property: how many times faster lamps light up and runs are replayed.
    private static final String MOTION = "sirkuit.present.motion";

    private final Stage stage;
    private final StackPane root;
    private final Node frame;
    private final ShellModel model;
    private final Threads threads;
    private final Questions questions;
    private @Nullable PresentView view;
    private boolean beginning;
    private @Nullable String warned;
    private Runnable restore = () -> {};
    private BooleanProperty shown = new SimpleBooleanProperty();

    /// @param root  what the presentation is shown over
    /// @param frame     everything that is hidden meanwhile
    /// @param questions asks which target to present
    PresentationOverlay(
            Stage stage, StackPane root, Node frame, ShellModel model, Threads threads, Questions questions) {
        this.questions = questions;
        this.stage = stage;
        this.root = root;
        this.frame = frame;
        this.model = model;
        this.threads = threads;
        model.workbench().subscribe((was, now) -> end());
    }

    boolean showing() {
        return view != null;
    }

    /// Reads the presenter's file and starts. If the file cannot be used, that is reported first; a second start
    /// uses the built-in texts.
    void begin() {
        WorkbenchModel open = model.workbench().get();
        if (open == null || view != null || beginning) {
            return;
        }
        ProjectFile file = presented(open);
        if (file == null) {
            return;
        }
        beginning = true;
        threads.fetch(
                () -> Script.read(open.project(), file, threads),
                script -> {
                    beginning = false;
                    if (model.workbench().get() == open && !warns(script.problem())) {
                        show(open, file, script);
                    }
                },
                mistake -> {
                    beginning = false;
                    model.notices().tell(mistake);
                });
    }

    /// The project with the target to present as its current one: the user is asked if there are several. Null if the
    /// user does not answer.
    private @Nullable ProjectFile presented(WorkbenchModel open) {
        ProjectFile file = open.file().get();
        String now = open.targets().current();
        if (now == null || file.allTargets().size() < 2) {
            return file;
        }
        List<Questions.Target> all = open.targets().names().stream()
                .map(name -> new Questions.Target(name, open.targets().runs(name)))
                .toList();
        String chosen = questions.whichTarget(all, now);
        return chosen == null ? null : file.choosing(chosen);
    }

    private boolean warns(@Nullable Problem problem) {
        if (problem == null || problem.what().equals(warned)) {
            return false;
        }
        warned = problem.what();
        model.notices()
                .tell(new Notice(
                        Notice.Kind.WARNING,
                        ProblemWords.what(problem),
                        Words.of("present.file.bad", ProblemWords.remedy(problem)),
                        null));
        return true;
    }

    private void show(WorkbenchModel open, ProjectFile file, Script script) {
        CausalModel.Check check = open.exploring().causal().check().get();
        PresentedProject subject = new PresentedProject(
                open.project(),
                file,
                model.engine(),
                threads,
                open.relevance().complete().get(),
                open.mask().mask().get(),
                check != null && check.verdict().betterAlone(),
                open.checkpoint().inspected(),
                open.runs(),
                open.tune(),
                script.names(),
                open.runActions()::discard);
        PresentModel present = new PresentModel(subject, script, PresentationOverlay::after, System::nanoTime);
        shown = new SimpleBooleanProperty(true);
        PresentView now =
                new PresentView(present, model.theme().when(shown), speed(MOTION), this::end, model::toggleTheme);
        Node focused = stage.getScene().getFocusOwner();
        RunModel selected = open.runs().selected().get();
        boolean full = stage.isFullScreen();
        Theme theme = model.preferences().get().theme();
        restore = () -> {
            fullScreen(full);
            if (model.preferences().get().theme() != theme) {
                model.change(model.preferences().get().withTheme(theme)); // dark was only for the presentation
            }
            open.runs().selected().set(selected);
            if (focused != null && focused.getScene() != null) {
                focused.requestFocus();
            }
        };
        view = now;
        frame.setVisible(false);
        root.getChildren().add(now);
        fullScreen(true);
        now.requestFocus();
    }

    void end() {
        PresentView now = view;
        if (now != null) {
            view = null;
            now.close();
            shown.set(false); // releases the view
            root.getChildren().remove(now);
            frame.setVisible(true);
            restore.run();
        }
    }

    /// If the platform has no full screen, the presentation fills the window.
    private void fullScreen(boolean full) {
        try {
            stage.setFullScreenExitHint(full ? "" : null);
            stage.setFullScreenExitKeyCombination(full ? KeyCombination.NO_MATCH : null);
            stage.setFullScreen(full);
        } catch (RuntimeException e) {
            LOG.warn("no full screen here", e);
        }
    }

    /// A factor from the command line, for tests and for impatient presenters; 1 if there is none.
    private static double speed(String property) {
        Double factor = Double.valueOf(System.getProperty(property, "1"));
        return factor > 0 ? factor : 1;
    }

    private static Runnable after(Duration time, Runnable then) {
        PauseTransition pause = new PauseTransition(javafx.util.Duration.millis(time.toMillis() / speed(WAITING)));
        pause.setOnFinished(e -> then.run());
        pause.play();
        return pause::stop;
    }
}

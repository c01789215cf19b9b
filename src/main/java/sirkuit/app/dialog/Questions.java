package sirkuit.app.dialog;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javafx.application.Platform;
import javafx.scene.control.Alert;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.ChoiceDialog;
import javafx.scene.control.Dialog;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import sirkuit.Printable;
import sirkuit.app.look.Words;
import sirkuit.app.session.ShellModel;
import sirkuit.record.OutsideFiles;

/// The few questions that must be answered before anything else can happen.
public final class Questions {
    private static final int MOST_LISTED = 12;

    private final Stage owner;

    public Questions(Stage owner) {
        this.owner = owner;
    }

    /// @return what to do with the run in progress; null to stay
    public ShellModel.@Nullable Leaving howToLeave() {
        ButtonType keep = new ButtonType(Words.of("ask.leave.keep"), ButtonBar.ButtonData.YES);
        ButtonType pause = new ButtonType(Words.of("ask.leave.pause"), ButtonBar.ButtonData.NO);
        ButtonType stay = new ButtonType(Words.of("ask.leave.stay"), ButtonBar.ButtonData.CANCEL_CLOSE);
        ButtonType answer = ask(Words.of("ask.leave"), Words.of("ask.leave.more"), keep, pause, stay);
        if (answer == keep) {
            return ShellModel.Leaving.KEEP_RUNNING;
        }
        return answer == pause ? ShellModel.Leaving.PAUSE : null;
    }

    /// A question with two answers, whose texts begin with `key` in the bundle.
    public boolean agreed(String key, Path about) {
        ButtonType yes = new ButtonType(Words.of("ask." + key + ".yes"), ButtonBar.ButtonData.YES);
        ButtonType no = new ButtonType(Words.of("ask.no"), ButtonBar.ButtonData.CANCEL_CLOSE);
        return ask(Words.of("ask." + key), about.toString(), yes, no) == yes;
    }

    /// Whether a project from elsewhere may read files outside its folder. The answer is remembered.
    public boolean mayRead(OutsideFiles outside) {
        ButtonType yes = new ButtonType(Words.of("ask.outside.yes"), ButtonBar.ButtonData.YES);
        ButtonType no = new ButtonType(Words.of("ask.outside.no"), ButtonBar.ButtonData.CANCEL_CLOSE);
        String files = outside.files().stream()
                .limit(MOST_LISTED)
                .map(f -> Printable.line(f.toString()))
                .collect(Collectors.joining("\n"));
        int more = outside.files().size() - MOST_LISTED;
        String list = more <= 0 ? files : files + "\n" + Words.of("ask.outside.more", Integer.toString(more));
        Alert question =
                question(Words.of("ask.outside", Printable.line(outside.home().toString())), list, yes, no);
        // Pressing Return without reading must not agree.
        byDefault(question, yes, false);
        byDefault(question, no, true);
        return question.showAndWait().orElse(no) == yes;
    }

    /// A target to choose.
    ///
    /// @param runs how many runs have learned it
    public record Target(String name, int runs) {
        @Override
        public String toString() {
            return Words.of(runs == 1 ? "ask.target.run" : "ask.target.runs", name, runs + "");
        }
    }

    /// Which of several targets to present.
    ///
    /// @param now the one that is offered first
    /// @return null for none
    public @Nullable String whichTarget(List<Target> all, String now) {
        Target first = all.stream().filter(t -> t.name.equals(now)).findFirst().orElse(all.getFirst());
        ChoiceDialog<Target> question = new ChoiceDialog<>(first, all);
        dress(question, Words.of("ask.target"));
        question.setContentText(null);
        ButtonType yes = new ButtonType(Words.of("ask.target.yes"), ButtonBar.ButtonData.OK_DONE);
        ButtonType no = new ButtonType(Words.of("ask.no"), ButtonBar.ButtonData.CANCEL_CLOSE);
        question.getDialogPane().getButtonTypes().setAll(yes, no);
        return question.showAndWait().map(Target::name).orElse(null);
    }

    private static void byDefault(Alert question, ButtonType answer, boolean is) {
        ((Button) question.getDialogPane().lookupButton(answer)).setDefaultButton(is);
    }

    private ButtonType ask(String what, String more, ButtonType... answers) {
        return question(what, more, answers).showAndWait().orElse(answers[answers.length - 1]);
    }

    private Alert question(String what, String more, ButtonType... answers) {
        Alert question = new Alert(Alert.AlertType.CONFIRMATION, more, answers);
        dress(question, what);
        return question;
    }

    private void dress(Dialog<?> question, String what) {
        question.initOwner(owner);
        question.setTitle("Sirkuit");
        question.setGraphic(null);
        question.setHeaderText(what);
        question.getDialogPane().getStylesheets().addAll(owner.getScene().getStylesheets());
        question.setOnShown(e -> Platform.runLater(
                () -> follow(question, question.getDialogPane().getScene().getWindow())));
    }

    /// Centres the dialog again once its size is known, and whenever the window changes its size.
    private void follow(Dialog<?> question, Window shown) {
        Subscription following = owner.widthProperty()
                .subscribe(w -> middle(shown))
                .and(owner.heightProperty().subscribe(h -> middle(shown)));
        question.setOnHidden(e -> following.unsubscribe());
    }

    private void middle(Window shown) {
        shown.setX(owner.getX() + (owner.getWidth() - shown.getWidth()) / 2);
        shown.setY(owner.getY() + (owner.getHeight() - shown.getHeight()) / 2);
    }
}

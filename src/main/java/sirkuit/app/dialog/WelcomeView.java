package sirkuit.app.dialog;

import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.heading;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.scrolling;
import static sirkuit.app.look.Boxes.styled;

import java.nio.file.Path;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.data.PathChooser;
import sirkuit.app.look.Icons;
import sirkuit.app.look.TextScale;
import sirkuit.app.look.Words;
import sirkuit.app.project.Dropped;
import sirkuit.app.project.NewProjectModel;
import sirkuit.app.project.SampleFolder;
import sirkuit.app.session.ShellModel;

/// The first screen: what Sirkuit is, a form for a new project, and recent projects.
public final class WelcomeView extends StackPane {
    private final ShellModel model;
    private NewProjectView form;
    private final SideOrBelow both;
    private final Subscription ofForm;
    private final PathChooser choosing = new PathChooser(this);

    /// @param filled the form as it was left; null for a new one
    public WelcomeView(ShellModel model, @Nullable NewProjectView filled) {
        this.model = model;
        VBox left = styled(new VBox(), "welcome-side");
        left.getChildren()
                .addAll(
                        styled(new Label("Sirkuit"), "welcome-title"),
                        styled(note(Words.of("welcome.line")), "welcome-line"),
                        open(),
                        samples(),
                        recent());
        NewProjectModel now = model.form().get();
        form = filled != null && filled.model() == now ? filled : new NewProjectView(model, now);
        both = new SideOrBelow(left, form);
        both.setMaxWidth(1120);
        StackPane middle = new StackPane(both);
        middle.setAlignment(Pos.TOP_CENTER);
        middle.getStyleClass().add("welcome-middle");
        ScrollPane scroll = scrolling(middle);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        getChildren().addAll(scroll, opening(scroll));
        ofForm = model.form().subscribe((was, other) -> another(other));
    }

    /// What takes the place of the form while a project opens, so that nobody fills it in for nothing.
    private Node opening(Node otherwise) {
        ProgressIndicator turning = new ProgressIndicator();
        turning.setMaxSize(40, 40);
        Label words = named(styled(new Label(), "welcome-line"), "welcome-opening");
        words.textProperty().bind(model.opening());
        VBox shown = styled(new VBox(turning, words), "welcome-opening");
        shown.visibleProperty().bind(model.opening().isNotEmpty());
        otherwise.visibleProperty().bind(model.opening().isEmpty());
        return shown;
    }

    private void another(NewProjectModel other) {
        form = new NewProjectView(model, other);
        both.form(form);
        if (getScene() != null) {
            begin();
        }
    }

    /// Releases the form, so that another screen can show it unchanged.
    public NewProjectView leave() {
        ofForm.unsubscribe();
        both.form(null);
        return form;
    }

    /// Focuses the first field of the form.
    public void begin() {
        applyCss(); // the scroll pane contains the form only after this
        form.begin();
    }

    /// Puts what was dropped onto the window where it belongs: texts into the source first, then into the target.
    public void take(Dropped what) {
        form.take(what);
    }

    /// The form beside the rest or, in a window that is narrow for the size of the texts, below it.
    private static final class SideOrBelow extends StackPane {
        private static final double ROOM = 900;

        private final HBox beside = styled(new HBox(), "welcome");
        private final VBox below = styled(new VBox(), "welcome");
        private final VBox side;
        private @Nullable NewProjectView form;
        private boolean narrow;

        SideOrBelow(VBox side, NewProjectView form) {
            this.side = side;
            beside.setAlignment(Pos.TOP_CENTER);
            form(form);
            widthProperty().subscribe(w -> {
                boolean now = w.doubleValue() > 0 && w.doubleValue() < ROOM * TextScale.factor();
                if (now != narrow) {
                    narrow = now;
                    form(this.form);
                }
            });
        }

        final void form(@Nullable NewProjectView now) {
            form = now;
            beside.getChildren().clear();
            below.getChildren().clear();
            Pane place = narrow ? below : beside;
            place.getChildren().add(side);
            if (now != null) {
                HBox.setHgrow(now, Priority.ALWAYS);
                place.getChildren().add(now);
            }
            getChildren().setAll(place);
        }
    }

    private Button open() {
        Button button =
                named(Icons.before(new Button(Words.of("action.open-project")), Feather.FOLDER), "open-project-button");
        button.setOnAction(e -> choosing.folder(Words.of("welcome.open.title"), model::open));
        return button;
    }

    /// The sample projects, for people without data.
    private VBox samples() {
        VBox list = named(styled(new VBox(heading(Words.of("welcome.samples"))), "recent"), "sample-projects");
        for (String name : SampleFolder.NAMES) {
            VBox words = new VBox(
                    styled(new Label(Words.of("welcome.sample." + name)), "recent-name"),
                    styled(new Label(Words.of("welcome.sample." + name + ".more")), "note"));
            Button button = named(
                    styled(new Button("", row(Icons.of(Feather.GIFT), words, gap())), "flat", "sample-entry"),
                    "sample-" + name);
            button.setAccessibleText(Words.of("welcome.open", Words.of("welcome.sample." + name)));
            button.setMaxWidth(Double.MAX_VALUE);
            button.setAlignment(Pos.CENTER_LEFT);
            button.setOnAction(e -> model.openSample(name));
            list.getChildren().add(button);
        }
        return list;
    }

    private VBox recent() {
        VBox list = named(styled(new VBox(heading(Words.of("welcome.recent"))), "recent"), "recent-projects");
        if (model.recent().isEmpty()) {
            list.getChildren().add(note(Words.of("welcome.recent.none")));
        }
        model.recent().forEach(folder -> list.getChildren().add(entry(folder)));
        return list;
    }

    /// Its beginning and its end, which say most.
    private static Label from(Path folder) {
        Label path = styled(new Label(String.valueOf(folder.getParent())), "note");
        path.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        return path;
    }

    private Button entry(Path folder) {
        VBox words = new VBox(styled(new Label(String.valueOf(folder.getFileName())), "recent-name"), from(folder));
        Button button = styled(new Button("", row(Icons.of(Feather.FILE_TEXT), words, gap())), "flat", "recent-entry");
        button.setAccessibleText(Words.of("welcome.open", folder));
        button.setMaxWidth(Double.MAX_VALUE);
        button.setAlignment(Pos.CENTER_LEFT);
        button.setOnAction(e -> model.open(folder));
        return button;
    }
}

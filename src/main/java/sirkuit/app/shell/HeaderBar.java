package sirkuit.app.shell;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.shape.Circle;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.work.EngineState;

/// What is open, in a line: project, checkpoint, languages, engine.
final class HeaderBar extends HBox {
    private final Label project = named(styled(new Label(), "header-project"), "project-name");
    private final Label checkpoint = collapsing(named(styled(new Label(), "header-fact"), "checkpoint-summary"));
    private final Label languages = collapsing(named(styled(new Label(), "header-fact"), "languages"));

    HeaderBar(ShellModel model) {
        getStyleClass().add("header-bar");
        setAlignment(Pos.CENTER_LEFT);
        Button projects = named(Icons.before(new Button("Projects"), Feather.FOLDER), "projects-button");
        projects.setTooltip(new Tooltip("Leave this project: open or make another one."));
        projects.setOnAction(e -> model.leave());
        collapsing(projects).visibleProperty().bind(model.workbench().isNotNull());
        getChildren()
                .addAll(
                        whole(styled(new Label("Sirkuit"), "brand")),
                        project,
                        checkpoint,
                        languages,
                        gap(),
                        whole(chip(model)),
                        start(model),
                        themeToggle(model),
                        whole(projects));
        model.workbench().subscribe(this::show);
    }

    private void show(@Nullable WorkbenchModel open) {
        project.textProperty().unbind();
        checkpoint.textProperty().unbind();
        languages.textProperty().unbind();
        checkpoint.setVisible(open != null);
        languages.setVisible(open != null);
        project.setText("");
        if (open == null) {
            return;
        }
        project.textProperty().bind(open.file().map(f -> f.name()));
        checkpoint.textProperty().bind(open.checkpoint().line());
        languages
                .textProperty()
                .bind(open.file()
                        .map(f -> f.source().name()
                                + (f.target() == null
                                        ? ""
                                        : "  →  " + f.target().name())));
    }

    private static Label chip(ShellModel model) {
        Circle dot = styled(new Circle(4), "chip-dot");
        Label chip = named(styled(new Label("", dot), "chip"), "engine-chip");
        chip.setTooltip(new Tooltip());
        model.engine().state().subscribe(state -> {
            chip.setText(state.words());
            chip.getTooltip().setText(state.sentence());
            dot.getStyleClass().removeAll("starting", "ready", "stopped");
            dot.getStyleClass()
                    .add(
                            switch (state) {
                                case EngineState.Starting s -> "starting";
                                case EngineState.Ready r -> "ready";
                                case EngineState.Stopped s -> "stopped";
                            });
        });
        return chip;
    }

    private static Button start(ShellModel model) {
        Button start = collapsing(whole(named(styled(new Button("Start engine"), "small"), "start-engine-button")));
        start.setOnAction(e -> model.engine().start());
        model.engine().state().subscribe(state -> start.setVisible(state instanceof EngineState.Stopped));
        return start;
    }

    private static Button themeToggle(ShellModel model) {
        Button toggle = named(Icons.only(new Button(), Feather.MOON, "Dark theme"), "theme-toggle");
        toggle.setOnAction(e -> model.toggleTheme());
        model.theme().subscribe(theme -> {
            String name = theme.dark() ? "Light theme" : "Dark theme";
            toggle.setGraphic(Icons.of(theme.dark() ? Feather.SUN : Feather.MOON));
            toggle.setAccessibleText(name);
            toggle.getTooltip().setText(name);
        });
        return toggle;
    }
}

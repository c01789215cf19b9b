package sirkuit.app.shell;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.shape.Circle;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.FittingRow;
import sirkuit.app.look.Icons;
import sirkuit.app.look.TextScale;
import sirkuit.app.look.Words;
import sirkuit.app.session.ShellActions;
import sirkuit.app.session.ShellModel;
import sirkuit.app.work.EngineState;
import sirkuit.app.workbench.WorkbenchModel;
import sirkuit.record.ProjectFile;

/// The header: project, checkpoint, languages, engine, and the menus.
final class HeaderBar extends FittingRow {
    /// Width of the jobs' button that is enough for their number.
    private static final double LEAST_JOBS = 80;

    private final Button project = named(styled(new Button(), "header-project", "flat"), "project-menu");
    private final Label checkpoint = named(styled(new Label(), "header-fact"), "checkpoint-summary");
    private final Label languages = named(styled(new Label(), "header-fact"), "languages");

    HeaderBar(ShellModel model, ShellActions.Deeds deeds) {
        getStyleClass().add("header-bar");
        setAlignment(Pos.CENTER_LEFT);
        project.setGraphic(Icons.of(Feather.CHEVRON_DOWN));
        project.setContentDisplay(ContentDisplay.RIGHT);
        project.setTooltip(new Tooltip(Words.of("header.project")));
        project.setOnAction(e -> ActionMenus.project(model.actions(), project));
        Button palette = named(Icons.only(new Button(), Feather.SEARCH, Words.of("header.palette")), "palette-button");
        palette.setOnAction(e -> deeds.palette());
        Button more = named(Icons.only(new Button(), Feather.MENU, Words.of("header.more")), "more-menu");
        more.setOnAction(e -> ActionMenus.rest(model.actions(), more));
        Label brand = whole(styled(new Label("Sirkuit"), "brand"));
        Button present = present(deeds);
        Button theme = whole(themeToggle(model));
        getChildren()
                .addAll(
                        brand,
                        project,
                        checkpoint,
                        languages,
                        gap(),
                        jobs(model, deeds),
                        whole(chip(model, deeds)),
                        start(model),
                        present,
                        whole(palette),
                        theme,
                        whole(more));
        // Whatever is left out is said elsewhere, or done from the menu.
        mayLeaveOut(
                new Part(checkpoint, () -> !checkpoint.getText().isEmpty()),
                new Part(languages, () -> !languages.getText().isEmpty()),
                new Part(brand),
                new Part(theme),
                new Part(present, () -> model.workbench().get() != null));
        model.workbench().subscribe(this::show);
    }

    private void show(@Nullable WorkbenchModel open) {
        project.textProperty().unbind();
        checkpoint.textProperty().unbind();
        languages.textProperty().unbind();
        languages.tooltipProperty().unbind();
        languages.setTooltip(null);
        checkpoint.setText("");
        languages.setText("");
        requestLayout();
        project.setText(Words.of("header.no-project"));
        project.getTooltip().textProperty().unbind();
        project.getTooltip().setText(Words.of("header.project"));
        if (open == null) {
            return;
        }
        project.textProperty().bind(open.file().map(f -> f.name()));
        project.getTooltip().textProperty().bind(open.file().map(f -> f.name() + "\n" + Words.of("header.project")));
        checkpoint.textProperty().bind(open.checkpoint().line());
        languages
                .textProperty()
                .bind(open.file()
                        .map(f -> f.source().name()
                                + (f.target() == null
                                        ? ""
                                        : "  →  " + f.target().name())
                                + (f.allTargets().size() < 2
                                        ? ""
                                        : "  +" + (f.allTargets().size() - 1))));
        languages
                .tooltipProperty()
                .bind(open.file()
                        .map(f -> new Tooltip(f.source().name() + "  →  "
                                + f.allTargets().stream()
                                        .map(ProjectFile.Language::name)
                                        .collect(Collectors.joining(", ")))));
    }

    private static Button chip(ShellModel model, ShellActions.Deeds deeds) {
        Circle dot = styled(new Circle(4), "chip-dot");
        Button chip = named(styled(new Button("", dot), "chip"), "engine-chip");
        chip.setOnAction(e -> deeds.engine());
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

    /// What runs and how many jobs wait.
    private static Button jobs(ShellModel model, ShellActions.Deeds deeds) {
        Button jobs = named(Icons.before(styled(new Button(), "chip", "jobs-chip"), Feather.LIST), "jobs-chip");
        jobs.setOnAction(e -> deeds.jobs());
        jobs.setTooltip(new Tooltip());
        model.engine().jobs().summary().subscribe(words -> {
            String now = words.isEmpty() ? Words.of("jobs.none") : words;
            jobs.setText(words.isEmpty() ? Words.of("jobs.title") : words);
            jobs.setMinWidth(words.isEmpty() ? USE_PREF_SIZE : LEAST_JOBS * TextScale.factor());
            jobs.getTooltip().setText(Words.of("jobs.more", now));
        });
        return jobs;
    }

    private static Button start(ShellModel model) {
        Button start =
                collapsing(whole(named(styled(new Button(Words.of("work.start")), "small"), "start-engine-button")));
        start.setOnAction(e -> model.engine().start());
        model.engine().state().subscribe(state -> start.setVisible(state instanceof EngineState.Stopped));
        return start;
    }

    private static Button present(ShellActions.Deeds deeds) {
        Button present = whole(named(
                Icons.before(styled(new Button(Words.of("header.present")), "small"), Feather.AIRPLAY),
                "present-button"));
        present.setTooltip(new Tooltip(Words.of("header.present.more")));
        present.setOnAction(e -> deeds.present());
        return present;
    }

    private static Button themeToggle(ShellModel model) {
        Button toggle = named(Icons.only(new Button(), Feather.MOON, Words.of("window.dark")), "theme-toggle");
        toggle.setOnAction(e -> model.toggleTheme());
        model.theme().subscribe(theme -> {
            String name = Words.of(theme.dark() ? "window.light" : "window.dark");
            toggle.setGraphic(Icons.of(theme.dark() ? Feather.SUN : Feather.MOON));
            toggle.setAccessibleText(name);
            toggle.getTooltip().setText(name);
        });
        return toggle;
    }
}

package sirkuit.app.runs.pane;

import static sirkuit.app.look.Boxes.named;

import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Words;
import sirkuit.app.runs.RunActions;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunsModel;
import sirkuit.run.state.RunState;

/// What can be done with the selected run: the button beside the heading, the table's context menu, and keys (F2
/// renames, Delete deletes, P pins, Shortcut-D duplicates).
final class RunMenu {
    private final RunsModel model;
    private final RunActions actions;
    private final Runnable showTune;
    private final Consumer<RunModel> useHeads;
    private final MenuButton button;
    private final RenamePopover rename;
    private final ExportPopover export;

    /// @param showTune shows the settings of the next run
    /// @param useHeads makes the heads of a run the mask
    RunMenu(RunsModel model, RunActions actions, Runnable showTune, Consumer<RunModel> useHeads) {
        this.model = model;
        this.actions = actions;
        this.showTune = showTune;
        this.useHeads = useHeads;
        rename = new RenamePopover(actions);
        export = new ExportPopover(actions);
        button = named(new MenuButton(), "run-menu");
        button.setGraphic(Icons.of(Feather.MORE_HORIZONTAL));
        button.setAccessibleText(Words.of("runs.menu"));
        button.setTooltip(new javafx.scene.control.Tooltip(Words.of("runs.menu")));
        button.getStyleClass().addAll("button-icon", "flat", "run-menu");
        button.getItems().setAll(items());
    }

    MenuButton button() {
        return button;
    }

    ContextMenu context() {
        return new ContextMenu(items().toArray(MenuItem[]::new));
    }

    /// The columns of the table, last in the menu.
    void columns(List<MenuItem> choices) {
        Menu columns = new Menu(Words.of("runs.menu.columns"));
        columns.getItems().setAll(choices);
        button.getItems().addAll(new SeparatorMenuItem(), columns);
    }

    void typed(KeyEvent e) {
        RunModel run = model.selected().get();
        if (run == null || model.readOnly() || e.isAltDown() || e.isShiftDown()) {
            return;
        }
        boolean plain = !e.isShortcutDown();
        if (plain && e.getCode() == KeyCode.F2) {
            rename.show(button, run);
        } else if (plain && e.getCode() == KeyCode.DELETE) {
            actions.trash(run);
        } else if (plain && e.getCode() == KeyCode.P) {
            actions.pin(run);
        } else if (e.isShortcutDown() && e.getCode() == KeyCode.D) {
            duplicate(run);
        } else {
            return;
        }
        e.consume();
    }

    private List<MenuItem> items() {
        BooleanBinding none = Bindings.isNull(model.selected());
        BooleanBinding unfinished = Bindings.createBooleanBinding(
                () -> !Boolean.TRUE.equals(model.selected()
                        .flatMap(RunModel::status)
                        .map(s -> s == RunState.Status.FINISHED)
                        .orElse(false)
                        .getValue()),
                model.selected(),
                model.runs());
        MenuItem pause = item("pause", Feather.PAUSE, r -> model.pause(r));
        pause.disableProperty().bind(model.forbidden(RunState.Status::active));
        MenuItem resume = item("resume", Feather.PLAY, r -> model.resume(r));
        resume.disableProperty().bind(model.forbidden(RunState.Status::resumable));
        MenuItem renaming = item("rename", Feather.EDIT_2, r -> rename.show(button, r));
        MenuItem pin = item("pin", Feather.BOOKMARK, actions::pin);
        MenuItem again = item("duplicate", Feather.COPY, this::duplicate);
        MenuItem heads = item("heads", Feather.CHECK_SQUARE, useHeads);
        heads.disableProperty()
                .bind(model.selected()
                        .map(r -> r.heads() == null || r.heads() == 0)
                        .orElse(true));
        MenuItem adopt = item("adopt", Feather.BOX, actions::adopt);
        adopt.disableProperty().bind(model.forbidden(s -> s == RunState.Status.FINISHED));
        MenuItem away = item("export", Feather.SHARE, r -> export.show(button, r));
        away.disableProperty().bind(unfinished.or(actions.exporting()));
        MenuItem keep = item("export.cancel", Feather.X, r -> actions.cancelExport());
        keep.visibleProperty().bind(actions.exporting());
        MenuItem reveal = item("reveal", Feather.FOLDER, actions::reveal);
        MenuItem trash = item("trash", Feather.TRASH_2, actions::trash);
        trash.disableProperty().bind(model.forbidden(s -> !s.active()));
        for (MenuItem one : List.of(renaming, pin, again)) {
            one.disableProperty().bind(model.readOnly() ? Bindings.createBooleanBinding(() -> true) : none);
        }
        reveal.disableProperty().bind(none);
        return List.of(
                pause,
                resume,
                new SeparatorMenuItem(),
                renaming,
                pin,
                again,
                heads,
                new SeparatorMenuItem(),
                adopt,
                away,
                keep,
                reveal,
                new SeparatorMenuItem(),
                trash,
                restore());
    }

    private Menu restore() {
        Menu menu = new Menu(Words.of("runs.menu.restore"), Icons.of(Feather.CORNER_UP_LEFT));
        menu.setId("run-restore");
        Runnable fill = () -> menu.getItems()
                .setAll(actions.trash().reversed().stream()
                        .map(t -> {
                            MenuItem item = new MenuItem(t.name());
                            item.setOnAction(e -> actions.restore(t.id()));
                            return item;
                        })
                        .toList());
        actions.trash().addListener((ListChangeListener<RunActions.Trashed>) c -> fill.run());
        fill.run();
        menu.setDisable(model.readOnly());
        menu.visibleProperty().bind(Bindings.isNotEmpty(actions.trash()));
        return menu;
    }

    private void duplicate(RunModel run) {
        actions.duplicate(run);
        showTune.run();
    }

    private MenuItem item(String name, Feather icon, Consumer<RunModel> action) {
        MenuItem item = new MenuItem(Words.of("runs.menu." + name), icon(icon));
        item.setId("run-" + name.replace('.', '-'));
        item.setOnAction(e -> {
            @Nullable RunModel run = model.selected().get();
            if (run != null) {
                action.accept(run);
            }
        });
        return item;
    }

    private static Node icon(Feather icon) {
        return Icons.of(icon);
    }
}

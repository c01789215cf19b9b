package sirkuit.app.workbench.pane;

import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.heading;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.control.Button;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Words;
import sirkuit.app.runs.RunModel;
import sirkuit.app.workbench.SidebarItem;
import sirkuit.app.workbench.WorkbenchModel;
import sirkuit.record.ProjectFile;

/// The contents of the project. A click, Enter or Space shows scores or a run, or loads a mask. The arrow keys only
/// move. What is shown or loaded has a mark.
public final class Sidebar extends VBox {
    private final WorkbenchModel model;
    private final TreeItem<SidebarItem> checkpoint = section(Words.of("data.checkpoint"), Feather.BOX);
    private final TreeItem<SidebarItem> data = section(Words.of("tab.data"), Feather.DATABASE);
    private final TreeItem<SidebarItem> scores = section(Words.of("window.scores"), Feather.GRID);
    private final TreeItem<SidebarItem> masks = section(Words.of("window.masks"), Feather.CHECK_SQUARE);
    private final TreeItem<SidebarItem> runs = section(Words.of("runs.heading"), Feather.TRENDING_UP);
    private final Map<RunModel, String> names = new WeakHashMap<>();
    private final TreeView<SidebarItem> tree;

    /// @param fold folds it
    public Sidebar(WorkbenchModel model, Runnable fold) {
        this.model = model;
        getStyleClass().addAll("panel", "sidebar");
        TreeItem<SidebarItem> root = section(Words.of("place.PROJECT"), Feather.FOLDER);
        root.getChildren().addAll(List.of(checkpoint, data, scores, masks, runs));
        tree = named(styled(new TreeView<>(root), "dense", "edge-to-edge"), "sidebar-tree");
        tree.setShowRoot(false);
        tree.setAccessibleText(Words.of("window.contents"));
        tree.setCellFactory(view -> new SidebarCell(this::chosen, new MaskMenu(model, tree), current(model)));
        tree.addEventFilter(KeyEvent.KEY_PRESSED, e -> {
            TreeItem<SidebarItem> line = tree.getSelectionModel().getSelectedItem();
            if (line != null && (e.getCode() == KeyCode.ENTER || e.getCode() == KeyCode.SPACE)) {
                chosen(line.getValue());
                e.consume();
            }
        });
        VBox.setVgrow(tree, Priority.ALWAYS);
        Button folding = named(
                styled(Icons.only(new Button(), Feather.CHEVRONS_LEFT, Words.of("fold.sidebar")), "fold"),
                "fold-sidebar");
        folding.setOnAction(e -> fold.run());
        getChildren().addAll(styled(row(heading(Words.of("place.PROJECT")), gap(), folding), "panel-bar"), tree);
        model.file().subscribe(this::facts);
        model.runActions().original().subscribe(o -> facts(model.file().get()));
        model.runs().runs().forEach(run -> names.put(run, run.name()));
        model.runs().runs().addListener((ListChangeListener<RunModel>) c -> renamed(c));
        follow(model.scores(), scores, SidebarItem.Scores::new);
        follow(model.masks().names(), masks, SidebarItem.Mask::new);
        follow(model.runs().runs(), runs, SidebarItem::of);
        model.runs().selected().subscribe(this::select);
    }

    /// What is shown or loaded now.
    private static ObservableValue<Set<SidebarItem>> current(WorkbenchModel model) {
        ObservableValue<String> mask = model.masks().current();
        ObservableValue<String> scores = model.lastView().scores();
        ObservableValue<RunModel> run = model.runs().selected();
        return Bindings.createObjectBinding(
                () -> {
                    Set<SidebarItem> now = new HashSet<>();
                    now.add(new SidebarItem.Mask(mask.getValue()));
                    now.add(new SidebarItem.Scores(scores.getValue()));
                    if (run.getValue() != null) {
                        now.add(SidebarItem.of(run.getValue()));
                    }
                    return now;
                },
                mask,
                scores,
                run);
    }

    private void chosen(SidebarItem item) {
        switch (item) {
            case SidebarItem.Scores(String id) -> model.showScores(id);
            case SidebarItem.Mask(String name) -> model.masks().load(name);
            case SidebarItem.Run(var run) -> model.runs().selected().set(run);
            case SidebarItem.Study(String study) -> chosen(study);
            case SidebarItem.Checkpoint c -> model.checkpoint().retry();
            case SidebarItem.Original o -> model.runActions().back();
            case SidebarItem.Section s -> {}
            case SidebarItem.Fact f -> {}
        }
    }

    /// Selects the latest run of a study, unless one of its runs is selected.
    private void chosen(String study) {
        RunModel now = model.runs().selected().get();
        if (now == null || !study.equals(now.study())) {
            model.runs().runs().reversed().stream()
                    .filter(r -> study.equals(r.study()))
                    .findFirst()
                    .ifPresent(model.runs().selected()::set);
        }
    }

    private void select(@Nullable RunModel run) {
        SidebarItem wanted = run == null ? null : SidebarItem.of(run);
        for (TreeItem<SidebarItem> line : runs.getChildren()) {
            if (line.getValue().equals(wanted)) {
                tree.getSelectionModel().select(line);
            }
        }
    }

    private void facts(ProjectFile file) {
        checkpoint
                .getChildren()
                .setAll(List.of(
                        new TreeItem<>(new SidebarItem.Checkpoint(name(file.checkpoint()), file.checkpoint()))));
        Path original = model.runActions().original().get();
        if (original != null) {
            checkpoint
                    .getChildren()
                    .add(new TreeItem<>(new SidebarItem.Original(
                            Words.of("runs.original", name(original.toString())), original.toString())));
        }
        data.getChildren()
                .setAll(List.of(fact(file.source().name(), file.source().train().file())));
        file.allTargets()
                .forEach(t -> data.getChildren().add(fact(t.name(), t.train().file())));
    }

    /// Updates the names of lines in place. Drawing the whole tree takes longer than a frame, and a live run
    /// changes at each evaluation. So the tree is drawn only when the text of a line changes.
    private void renamed(ListChangeListener.Change<? extends RunModel> change) {
        boolean other = false;
        while (change.next()) {
            for (RunModel run : change.getList().subList(change.getFrom(), change.getTo())) {
                String before = names.put(run, run.name());
                other |= change.wasUpdated() && !run.name().equals(before);
            }
        }
        if (other) {
            tree.refresh();
        }
    }

    private static TreeItem<SidebarItem> fact(String words, String path) {
        return new TreeItem<>(new SidebarItem.Fact(words, path));
    }

    private static String name(String path) {
        return String.valueOf(Path.of(path).getFileName());
    }

    /// Keeps lines that have not changed. If they were created again, the selection would move to another line, and
    /// its item would be shown or loaded without the user's choice.
    private static <T> void follow(
            ObservableList<T> things, TreeItem<SidebarItem> under, Function<T, SidebarItem> line) {
        SidebarItem none = new SidebarItem.Fact(Words.of("window.none"), "");
        Runnable fill = () -> {
            List<SidebarItem> wanted = things.isEmpty()
                    ? List.of(none)
                    : things.stream().map(line).distinct().toList();
            List<TreeItem<SidebarItem>> lines = under.getChildren();
            lines.removeIf(l -> !wanted.contains(l.getValue()));
            for (int i = 0; i < wanted.size(); i++) {
                if (i == lines.size() || !lines.get(i).getValue().equals(wanted.get(i))) {
                    lines.add(i, new TreeItem<>(wanted.get(i)));
                }
            }
        };
        things.addListener((ListChangeListener<T>) c -> {
            boolean other = false;
            while (c.next()) {
                other |= !c.wasUpdated();
            }
            if (other) {
                fill.run();
            }
        });
        fill.run();
    }

    private static TreeItem<SidebarItem> section(String words, Feather icon) {
        TreeItem<SidebarItem> item = new TreeItem<>(new SidebarItem.Section(words), Icons.of(icon));
        item.setExpanded(true);
        return item;
    }
}

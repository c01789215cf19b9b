package sirkuit.app.shell;

import static sirkuit.app.look.Boxes.heading;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import sirkuit.project.ProjectFile;

/// What the project holds. Choosing scores, a mask or a run shows it.
final class Sidebar extends VBox {
    private final WorkbenchModel model;
    private final TreeItem<SidebarItem> checkpoint = section("Checkpoint");
    private final TreeItem<SidebarItem> data = section("Data");
    private final TreeItem<SidebarItem> scores = section("Scores");
    private final TreeItem<SidebarItem> masks = section("Masks");
    private final TreeItem<SidebarItem> runs = section("Runs");

    Sidebar(WorkbenchModel model) {
        this.model = model;
        getStyleClass().addAll("panel", "sidebar");
        TreeItem<SidebarItem> root = section("Project");
        root.getChildren().addAll(List.of(checkpoint, data, scores, masks, runs));
        TreeView<SidebarItem> tree = named(styled(new TreeView<>(root), "dense", "edge-to-edge"), "sidebar-tree");
        tree.setShowRoot(false);
        tree.setCellFactory(view -> new Cell());
        tree.getSelectionModel().selectedItemProperty().subscribe(item -> {
            if (item != null) {
                chosen(item.getValue());
            }
        });
        VBox.setVgrow(tree, Priority.ALWAYS);
        getChildren().addAll(styled(row(heading("Project")), "panel-bar"), tree);
        model.file().subscribe(this::facts);
        follow(model.scores(), scores, SidebarItem.Scores::new);
        follow(model.masks(), masks, SidebarItem.Mask::new);
        follow(model.runs().runs(), runs, SidebarItem.Run::new);
    }

    private void chosen(SidebarItem item) {
        switch (item) {
            case SidebarItem.Scores(String id) -> model.showScores(id);
            case SidebarItem.Mask(String name) -> model.loadMask(name);
            case SidebarItem.Run(var run) -> model.runs().selected().set(run);
            case SidebarItem.Section s -> {}
            case SidebarItem.Fact f -> {}
        }
    }

    private void facts(ProjectFile file) {
        checkpoint.getChildren().setAll(List.of(fact("", file.checkpoint())));
        data.getChildren().clear();
        data.getChildren().add(fact(file.source().name() + ": ", file.source().train().file()));
        ProjectFile.Language target = file.target();
        if (target != null) {
            data.getChildren().add(fact(target.name() + ": ", target.train().file()));
        }
    }

    private static TreeItem<SidebarItem> fact(String before, String path) {
        return new TreeItem<>(new SidebarItem.Fact(before + Path.of(path).getFileName(), path));
    }

    private static <T> void follow(ObservableList<T> things, TreeItem<SidebarItem> under, Function<T, SidebarItem> line) {
        Runnable fill = () -> under.getChildren()
                .setAll(things.stream().map(line).map(TreeItem::new).toList());
        things.addListener((ListChangeListener<T>) c -> fill.run());
        fill.run();
    }

    private static TreeItem<SidebarItem> section(String words) {
        TreeItem<SidebarItem> item = new TreeItem<>(new SidebarItem.Section(words));
        item.setExpanded(true);
        return item;
    }

    private static final class Cell extends TreeCell<SidebarItem> {
        @Override
        protected void updateItem(@Nullable SidebarItem item, boolean empty) {
            super.updateItem(item, empty);
            getStyleClass().remove("section");
            setTooltip(null);
            setText(empty || item == null ? null : item.words());
            if (item instanceof SidebarItem.Section) {
                getStyleClass().add("section");
            }
            if (item instanceof SidebarItem.Fact fact) {
                setTooltip(new Tooltip(fact.path()));
            }
        }
    }
}

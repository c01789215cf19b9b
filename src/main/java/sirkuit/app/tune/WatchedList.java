package sirkuit.app.tune;

import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Words;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;

/// Further languages that a run is evaluated in, besides target and source. They are not used for training.
final class WatchedList extends VBox {
    private final CourseModel course;
    private final VBox entries = styled(new VBox(), "field");

    /// @param browse  lets the user choose a file of texts
    /// @param targets the targets of the project that the next run does not learn
    WatchedList(CourseModel course, Consumer<Consumer<Path>> browse, Supplier<List<ProjectFile.Language>> targets) {
        this.course = course;
        getStyleClass().add("field");
        Button add = named(whole(Icons.before(new Button(Words.of("runs.watched.add")), Feather.PLUS)), "add-watched");
        add.getStyleClass().add("small");
        add.setTooltip(new Tooltip(Words.of("runs.watched.add.more")));
        add.setOnAction(e -> {
            List<MenuItem> items = items(targets.get());
            if (items.isEmpty()) {
                browse.accept(course::watch);
                return;
            }
            MenuItem other = new MenuItem(Words.of("runs.watched.other"));
            other.setOnAction(a -> browse.accept(course::watch));
            items.add(other);
            new ContextMenu(items.toArray(MenuItem[]::new)).show(add, Side.BOTTOM, 0, 0);
        });
        getChildren().addAll(row(styled(new Label(Words.of("runs.watched")), "field-name"), gap(), add), entries);
        course.watched().subscribe(this::show);
    }

    /// The project's other targets that are not watched yet.
    private List<MenuItem> items(List<ProjectFile.Language> targets) {
        List<MenuItem> items = new ArrayList<>();
        targets.stream()
                .filter(t -> !course.watched().get().containsKey(t.name()))
                .forEach(t -> {
                    MenuItem item = new MenuItem(t.name());
                    item.setOnAction(e -> course.watch(t));
                    items.add(item);
                });
        return items;
    }

    private void show(Map<String, DataFile> watched) {
        entries.getChildren().clear();
        if (watched.isEmpty()) {
            entries.getChildren().add(note(Words.of("runs.watched.none")));
        }
        watched.forEach((name, file) -> {
            Label label = new Label(name);
            label.setMinWidth(0);
            label.setTooltip(new Tooltip(file.file()));
            Button remove = Icons.only(new Button(), Feather.X, Words.of("runs.watched.remove", name));
            remove.setOnAction(e -> course.unwatch(name));
            entries.getChildren().add(row(label, gap(), remove));
        });
    }
}

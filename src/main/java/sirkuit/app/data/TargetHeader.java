package sirkuit.app.data;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.heading;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Words;

/// Which target is learned next, with buttons to add another, and to rename or remove it.
final class TargetHeader extends VBox {
    private final TargetsModel model;
    private final Runnable choosing;
    private final ComboBox<String> choice = named(new ComboBox<>(), "target-choice");
    private final BooleanBinding none;
    private final BooleanBinding several;
    private boolean following;

    /// @param choosing called before texts are chosen
    TargetHeader(TargetsModel model, ObservableValue<Boolean> readOnly, Runnable choosing) {
        this.model = model;
        this.choosing = choosing;
        getStyleClass().add("field");
        none = Bindings.createBooleanBinding(() -> model.names().isEmpty(), model.file());
        several = Bindings.createBooleanBinding(
                () -> model.names().size() > 1 && !model.adding().get(), model.file(), model.adding());
        PathChooser paths = new PathChooser(this);
        Button add = named(Icons.before(new Button(), Feather.PLUS), "choose-target-button");
        add.textProperty()
                .bind(none.map(
                        first -> Words.of(Boolean.TRUE.equals(first) ? "form.target.choose" : "form.target.add")));
        add.getStyleClass().add("small");
        add.disableProperty().bind(readOnly);
        add.setOnAction(e -> choose(paths, "form.target.choose.title", model::add));
        MenuButton more = more(paths, readOnly);
        getChildren().addAll(row(heading(Words.of("form.target")), gap(), whole(add), whole(more)), name(readOnly));
        model.file().subscribe(f -> follow());
        model.pending().subscribe(p -> follow());
    }

    private void choose(PathChooser paths, String title, java.util.function.Consumer<java.nio.file.Path> then) {
        paths.beside(model.language().train().file().get()).texts(Words.of(title), path -> {
            choosing.run();
            then.accept(path);
        });
    }

    private MenuButton more(PathChooser paths, ObservableValue<Boolean> readOnly) {
        MenuButton more = collapsing(named(new MenuButton(), "target-menu"));
        more.setGraphic(Icons.of(Feather.MORE_HORIZONTAL));
        more.setAccessibleText(Words.of("form.target.more"));
        more.setTooltip(new Tooltip(Words.of("form.target.more")));
        more.getStyleClass().addAll("button-icon", "flat");
        more.disableProperty().bind(readOnly);
        more.visibleProperty().bind(none.not().and(model.adding().not()));
        TargetPopovers asks = new TargetPopovers(model);
        more.getItems()
                .addAll(
                        item(
                                "replace",
                                Feather.FOLDER,
                                () -> choose(paths, "form.target.choose.title", model::replace)),
                        item("rename", Feather.EDIT_2, () -> asks.rename(more)),
                        item("remove", Feather.TRASH_2, () -> asks.remove(more)));
        return more;
    }

    private static MenuItem item(String key, Feather icon, Runnable work) {
        MenuItem item = new MenuItem(Words.of("form.target." + key), Icons.of(icon));
        item.setId("target-" + key);
        item.setOnAction(e -> work.run());
        return item;
    }

    /// A choice if there are several, and otherwise only the name.
    private HBox name(ObservableValue<Boolean> readOnly) {
        Label name = collapsing(named(styled(new Label(), "language-name"), "target-name"));
        name.textProperty().bind(model.language().name());
        name.visibleProperty().bind(model.language().name().isNotEmpty().and(several.not()));
        name.setMinWidth(0);
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        collapsing(choice).visibleProperty().bind(several);
        choice.setAccessibleText(Words.of("form.target.which"));
        choice.setTooltip(new Tooltip(Words.of("form.target.which")));
        choice.disableProperty().bind(readOnly);
        choice.setMinWidth(0);
        choice.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(choice, Priority.ALWAYS);
        choice.valueProperty().subscribe(now -> {
            if (now != null && !following) {
                model.choose(now);
            }
        });
        Button cancel = collapsing(whole(named(new Button(Words.of("ask.no")), "cancel-target")));
        cancel.getStyleClass().add("small");
        cancel.visibleProperty()
                .bind(model.adding()
                        .or(model.pending()
                                .and(none.not())
                                .and(Bindings.isNotNull(model.language().train().problem()))));
        cancel.setOnAction(e -> model.cancel());
        return row(name, choice, cancel);
    }

    private void follow() {
        following = true;
        if (!choice.getItems().equals(model.names())) {
            choice.getItems().setAll(model.names());
        }
        choice.setValue(model.current());
        following = false;
    }
}

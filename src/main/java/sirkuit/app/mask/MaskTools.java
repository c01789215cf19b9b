package sirkuit.app.mask;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import javafx.collections.ObservableList;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Words;
import sirkuit.mask.HeadMask;

/// The menus beside the mask: its earlier steps, and combining it with another mask.
final class MaskTools {
    private static final int MOST_STEPS = 18;

    private MaskTools() {}

    /// The steps that led to the mask, the latest first.
    static MenuButton history(MaskModel model) {
        MenuButton button = icon("mask-history", Feather.CLOCK, "centre.mask.history");
        button.setOnShowing(e -> {
            button.getItems().clear();
            List<HeadMask> steps = model.steps();
            ToggleGroup group = new ToggleGroup();
            for (int i = steps.size() - 1; i >= Math.max(0, steps.size() - MOST_STEPS); i--) {
                int step = i;
                HeadMask mask = steps.get(i);
                RadioMenuItem item = new RadioMenuItem(Words.of("centre.mask.step", mask.size(), mask.madeBy()));
                item.setMnemonicParsing(false);
                item.setToggleGroup(group);
                item.setSelected(i == model.position());
                item.setOnAction(a -> model.goTo(step));
                button.getItems().add(item);
            }
        });
        return button;
    }

    /// @param names of the masks that were saved
    /// @param read  reads one of them
    static MenuButton combine(
            MaskModel model, ObservableList<String> names, BiConsumer<String, Consumer<HeadMask>> read) {
        MenuButton button = icon("mask-combine", Feather.LAYERS, "centre.mask.combine");
        button.setOnShowing(e -> {
            button.getItems()
                    .setAll(List.of(
                            menu("centre.mask.union", model, names, read, HeadMask::union),
                            menu("centre.mask.intersection", model, names, read, HeadMask::intersection),
                            menu("centre.mask.difference", model, names, read, HeadMask::difference)));
        });
        return button;
    }

    private static Menu menu(
            String words,
            MaskModel model,
            ObservableList<String> names,
            BiConsumer<String, Consumer<HeadMask>> read,
            BinaryOperator<HeadMask> how) {
        Menu menu = new Menu(Words.of(words));
        for (String name : names) {
            MenuItem item = new MenuItem(name);
            item.setMnemonicParsing(false);
            item.setOnAction(e -> read.accept(name, mask -> model.combine(mask, how)));
            menu.getItems().add(item);
        }
        if (names.isEmpty()) {
            MenuItem none = new MenuItem(Words.of("centre.mask.none"));
            none.setDisable(true);
            menu.getItems().add(none);
        }
        return menu;
    }

    private static MenuButton icon(String id, Ikon icon, String words) {
        MenuButton button = named(styled(new MenuButton(), "button-icon", "flat"), id);
        button.setGraphic(Icons.of(icon));
        button.setTooltip(new Tooltip(Words.of(words)));
        button.setAccessibleText(Words.of(words));
        button.getItems().add(new MenuItem(""));
        return button;
    }
}

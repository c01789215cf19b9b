package sirkuit.app.mask;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import java.util.List;
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

/// The menu beside the mask with its earlier steps.
final class MaskTools {
    private static final int MOST_STEPS = 18;

    private MaskTools() {}

    /// The steps that led to the mask, the latest first.
    static MenuButton history(MaskModel model) {
        MenuButton button = icon("mask-history", Feather.CLOCK, "centre.mask.history");
        button.setOnShowing(e -> {
            button.getItems().clear();
            List<HeadMask> masks = model.steps();
            List<String> steps = MaskWords.actions(model.actions());
            ToggleGroup group = new ToggleGroup();
            for (int i = steps.size() - 1; i >= Math.max(0, steps.size() - MOST_STEPS); i--) {
                int step = i;
                RadioMenuItem item = new RadioMenuItem(
                        Words.of("centre.mask.step", steps.get(i), masks.get(i).size() + ""));
                item.setMnemonicParsing(false);
                item.setToggleGroup(group);
                item.setSelected(i == model.position());
                item.setOnAction(a -> model.goTo(step));
                button.getItems().add(item);
            }
        });
        return button;
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

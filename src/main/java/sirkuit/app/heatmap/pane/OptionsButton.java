package sirkuit.app.heatmap.pane;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.heatmap.Colours;
import sirkuit.app.heatmap.HeatmapModel;
import sirkuit.app.heatmap.HeatmapScale;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Words;

/// How the heatmap is drawn, as a menu.
final class OptionsButton {
    private OptionsButton() {}

    static MenuButton of(HeatmapModel model) {
        MenuButton button = named(styled(new MenuButton(), "button-icon", "flat", "small"), "heatmap-options");
        button.setGraphic(Icons.of(Feather.SLIDERS));
        button.setTooltip(new Tooltip(Words.of("centre.options")));
        button.setAccessibleText(Words.of("centre.options"));
        CheckMenuItem fade = new CheckMenuItem(Words.of("centre.options.fade"));
        fade.setOnAction(e -> model.options().set(model.options().get().withFade(fade.isSelected())));
        CheckMenuItem numbers = new CheckMenuItem(Words.of("centre.options.numbers"));
        numbers.setOnAction(e -> model.options().set(model.options().get().withNumbers(numbers.isSelected())));
        CheckMenuItem bars = new CheckMenuItem(Words.of("centre.options.bars"));
        bars.setOnAction(e -> model.options().set(model.options().get().withBars(bars.isSelected())));
        CheckMenuItem fixed = new CheckMenuItem(Words.of("centre.options.fixed"));
        fixed.setOnAction(e -> {
            HeatmapScale now = model.scale().get();
            model.options()
                    .set(model.options().get().withRange(fixed.isSelected() && now != null ? now.largest() : null));
        });
        button.getItems().addAll(fade, numbers, bars, new SeparatorMenuItem(), fixed);
        model.options().subscribe(o -> {
            fade.setSelected(o.fade());
            numbers.setSelected(o.numbers());
            bars.setSelected(o.bars());
            fixed.setSelected(o.range() != null);
            fixed.setDisable(o.colours() == Colours.RANK);
        });
        return button;
    }
}

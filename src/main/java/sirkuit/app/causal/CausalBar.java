package sirkuit.app.causal;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import atlantafx.base.controls.ToggleSwitch;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;

/// The causal check beside the mask: a sentence that says what it shows, and a small bar for each of its accuracies,
/// those of random heads beside those of the mask.
public final class CausalBar extends VBox {
    private final CausalModel model;
    private final Label verdict = named(styled(new Label(), "causal-verdict"), "causal-verdict");
    private final FlowPane bars = collapsing(named(styled(new FlowPane(), "causal-bars"), "causal-bars"));
    private final AccuracyBar only;
    private final AccuracyBar onlyRandom;
    private final AccuracyBar without;
    private final AccuracyBar withoutRandom;

    public CausalBar(CausalModel model, ObservableValue<Theme> theme) {
        this.model = model;
        getStyleClass().add("causal-bar");
        only = new AccuracyBar("causal-only", Words.of("centre.causal.bar.only"), true, theme);
        onlyRandom = new AccuracyBar("causal-only-random", Words.of("centre.causal.bar.only-random"), true, theme);
        without = new AccuracyBar("causal-without", Words.of("centre.causal.bar.without"), false, theme);
        withoutRandom =
                new AccuracyBar("causal-without-random", Words.of("centre.causal.bar.without-random"), false, theme);
        ToggleSwitch on = named(whole(new ToggleSwitch(Words.of("centre.causal"))), "causal-switch");
        on.selectedProperty().bindBidirectional(model.on());
        on.setTooltip(new Tooltip(Words.of("centre.causal.more")));
        verdict.setTooltip(new Tooltip());
        verdict.setWrapText(true);
        verdict.setMinWidth(0);
        verdict.setMinHeight(Region.USE_PREF_SIZE);
        HBox.setHgrow(verdict, Priority.ALWAYS);
        verdict.setMaxWidth(Double.MAX_VALUE);
        setMinWidth(0);
        bars.getChildren().addAll(only, onlyRandom, without, withoutRandom);
        getChildren().addAll(row(on, verdict), bars);
        model.check().subscribe(c -> show());
        model.asking().subscribe(a -> show());
        model.trouble().subscribe(t -> show());
        model.on().subscribe(o -> show());
    }

    private void show() {
        CausalModel.Check check = model.check().get();
        bars.setVisible(check != null);
        if (check == null) {
            verdict.setText(
                    !model.on().get()
                            ? ""
                            : model.asking().get()
                                    ? Words.of("centre.causal.asking")
                                    : model.trouble().get().isEmpty()
                                            ? Words.of("centre.causal.none")
                                            : Words.of("centre.causal.failed"));
            verdict.getTooltip().setText(model.trouble().get());
            return;
        }
        verdict.setText(Words.of("centre.causal.verdict." + check.verdict()));
        verdict.getTooltip().setText(Words.of("centre.causal.verdict.more"));
        only.show(check.keepOnly(), check.whole());
        onlyRandom.show(check.randomKeep(), check.keepDraws(), check.whole());
        without.show(check.remove(), check.whole());
        withoutRandom.show(check.randomRemove(), check.removeDraws(), check.whole());
    }
}

package sirkuit.app.mask;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import atlantafx.base.controls.ToggleSwitch;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;
import sirkuit.protocol.Event;

/// The causal check beside the mask: its accuracies, each with that of random heads.
public final class CausalBar extends FlowPane {
    private final CausalModel model;
    private final Label only = named(styled(new Label(), "causal-figure"), "causal-only");
    private final Label without = named(styled(new Label(), "causal-figure"), "causal-without");

    public CausalBar(CausalModel model) {
        this.model = model;
        getStyleClass().add("causal-bar");
        ToggleSwitch on = named(new ToggleSwitch(Words.of("centre.causal")), "causal-switch");
        on.selectedProperty().bindBidirectional(model.on());
        on.setTooltip(new Tooltip(Words.of("centre.causal.more")));
        only.setTooltip(new Tooltip());
        without.setTooltip(new Tooltip());
        // In a narrow window the sentences take a second line.
        for (Label sentence : List.of(only, without)) {
            sentence.setWrapText(true);
            sentence.setMinWidth(0);
            sentence.maxWidthProperty()
                    .bind(widthProperty()
                            .map(w -> w.doubleValue()
                                    - getInsets().getLeft()
                                    - getInsets().getRight()));
        }
        setMinWidth(0);
        getChildren().addAll(on, only, without);
        model.check().subscribe(c -> show());
        model.asking().subscribe(a -> show());
        model.trouble().subscribe(t -> show());
        model.on().subscribe(o -> show());
    }

    private void show() {
        CausalModel.Check check = model.check().get();
        boolean known = check != null;
        without.setVisible(known);
        if (check == null) {
            only.setText(
                    !model.on().get()
                            ? ""
                            : model.asking().get()
                                    ? Words.of("centre.causal.asking")
                                    : model.trouble().get().isEmpty()
                                            ? Words.of("centre.causal.none")
                                            : Words.of("centre.causal.failed"));
            only.getTooltip().setText(model.trouble().get());
            return;
        }
        boolean carry = check.keepOnly().low() > check.randomKeep();
        only.setText(Words.of(
                carry ? "centre.causal.carry" : "centre.causal.chance",
                percent(check.keepOnly().accuracy()),
                percent(check.whole().accuracy()),
                percent(check.randomKeep())));
        only.getTooltip()
                .setText(Words.of(
                        "centre.causal.only.more",
                        interval(check.keepOnly()),
                        String.valueOf(check.whole().examples())));
        without.setText(
                Words.of("centre.causal.without", percent(check.remove().accuracy()), percent(check.randomRemove())));
        without.getTooltip().setText(Words.of("centre.causal.without.more", interval(check.remove())));
    }

    private static String percent(double share) {
        return Numbers.decimal(100 * share, 0);
    }

    private static String interval(Event.Judged.@Nullable JudgedAccuracy kept) {
        return kept == null ? "" : percent(kept.low()) + "–" + percent(kept.high());
    }
}

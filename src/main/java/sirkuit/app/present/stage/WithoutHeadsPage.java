package sirkuit.app.present.stage;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.present.AskModel;
import sirkuit.app.present.PageTexts;
import sirkuit.app.present.PartsModel;
import sirkuit.app.present.script.AudienceNames;
import sirkuit.app.present.script.PageKind;

/// The audience's sentence with all parts, and without some: at first without the selected ones. Every part can be
/// switched.
final class WithoutHeadsPage extends Page {
    private final SentenceField sentence;

    /// @param texts its texts for the parts that are off now
    WithoutHeadsPage(
            AskModel model,
            PartsModel parts,
            Supplier<PageTexts> texts,
            AudienceNames names,
            ObservableValue<Theme> theme) {
        super(PageKind.OFF, texts.get());
        int all = parts.layers() * parts.heads();
        sentence = new SentenceField(model, "stage-off-field", false);
        BigBars before = named(new BigBars(names, true), "stage-before");
        BigBars after = named(styled(new BigBars(names, true), "after"), "stage-after");
        model.whole().subscribe(before::show);
        // With nothing off, it is the same answer.
        Runnable shows = () -> after.show(
                model.offCount() == 0 ? model.whole().get() : model.without().get());
        model.whole().subscribe(a -> shows.run());
        model.without().subscribe(a -> shows.run());
        Label heading = named(words("", "stage-heading"), "stage-off-count");
        model.off().subscribe(off -> {
            int count = model.offCount();
            heading.setText(count == 0 ? Words.of("present.off.none") : Words.of("present.off.after", count + ""));
            say(texts.get());
            shows.run();
        });
        Halves both = new Halves(
                side(words(Words.of("present.off.before", all + ""), "stage-heading"), before), side(heading, after));
        HBox.setHgrow(both, Priority.ALWAYS);
        HBox row = styled(new HBox(both), "stage-sides");
        if (all > 0) {
            row.getChildren().addFirst(switches(model, parts, theme));
        }
        Label quiet = quiet("stage-off-quiet");
        quiet.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> model.quiet().get().isEmpty()
                                ? model.quietWithout().get()
                                : model.quiet().get(),
                        model.quiet(),
                        model.quietWithout()));
        getChildren().addAll(sentence, row, filling(new Region()), quiet);
    }

    private static VBox switches(AskModel model, PartsModel parts, ObservableValue<Theme> theme) {
        PartSwitches lamps = named(new PartSwitches(model, parts, theme), "stage-switches");
        FlowPane buttons = styled(
                new FlowPane(
                        button("stage-all-on", "present.off.all-on", model::allOn),
                        button("stage-chosen-off", "present.off.chosen-off", model::chosenOff)),
                "stage-switch-buttons");
        buttons.lookup("#stage-chosen-off").setVisible(parts.chosenCount() > 0);
        return styled(
                new VBox(lamps, words(Words.of("present.off.hint"), "stage-quiet"), buttons),
                "stage-side",
                "stage-switch-side");
    }

    private static Button button(String id, String words, Runnable deed) {
        Button button = whole(named(styled(new Button(Words.of(words)), "stage-example"), id));
        button.setOnAction(e -> deed.run());
        return button;
    }

    @Override
    public void type() {
        sentence.type();
    }

    private static VBox side(Label heading, BigBars bars) {
        return styled(new VBox(heading, bars), "stage-side");
    }
}

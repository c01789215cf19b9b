package sirkuit.app.present.stage;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import javafx.beans.binding.Bindings;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import sirkuit.app.look.Words;
import sirkuit.app.present.AskModel;
import sirkuit.app.present.Page;
import sirkuit.app.present.PageKind;
import sirkuit.app.present.PageTexts;

/// The audience's sentence with all parts, and without the selected ones.
final class WithoutHeadsPage extends Page {
    private final SentenceField sentence;

    WithoutHeadsPage(AskModel model, PageTexts texts, int parts, int chosen) {
        super(PageKind.OFF, texts);
        sentence = new SentenceField(model, "stage-off-field", false);
        BigBars before = named(new BigBars(), "stage-before");
        BigBars after = named(styled(new BigBars(), "after"), "stage-after");
        model.whole().subscribe(before::show);
        model.without().subscribe(after::show);
        HBox both = styled(
                new HBox(
                        side(Words.of("present.off.before", parts + ""), before),
                        side(Words.of("present.off.after", chosen + ""), after)),
                "stage-sides");
        Label quiet = quiet("stage-off-quiet");
        quiet.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> model.quiet().get().isEmpty()
                                ? model.quietWithout().get()
                                : model.quiet().get(),
                        model.quiet(),
                        model.quietWithout()));
        getChildren().addAll(sentence, both, filling(new Region()), quiet);
    }

    @Override
    public void type() {
        sentence.type();
    }

    private static VBox side(String heading, BigBars bars) {
        VBox side = styled(new VBox(words(heading, "stage-heading"), bars), "stage-side");
        side.setPrefWidth(1); // both take the same
        HBox.setHgrow(side, Priority.ALWAYS);
        return side;
    }
}

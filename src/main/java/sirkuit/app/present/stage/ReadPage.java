package sirkuit.app.present.stage;

import static sirkuit.app.look.Boxes.named;

import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import sirkuit.app.present.AskModel;
import sirkuit.app.present.PageTexts;
import sirkuit.app.present.script.AudienceNames;
import sirkuit.app.present.script.PageKind;

/// A model that reads: a sentence and its answer.
final class ReadPage extends Page {
    private final SentenceField sentence;

    ReadPage(AskModel model, PageTexts texts, AudienceNames names) {
        super(PageKind.READ, texts);
        sentence = new SentenceField(model, "stage-field", true);
        BigBars bars = named(new BigBars(names, false), "stage-bars");
        Label quiet = quiet("stage-quiet");
        quiet.textProperty().bind(model.quiet());
        model.whole().subscribe(bars::show);
        getChildren().addAll(sentence, bars, filling(new Region()), quiet);
    }

    @Override
    public void type() {
        sentence.type();
    }
}

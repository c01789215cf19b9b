package sirkuit.app.present.stage;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import java.util.List;
import javafx.beans.property.StringProperty;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import sirkuit.app.look.Words;
import sirkuit.app.present.AskModel;
import sirkuit.presentation.GivenText;

/// The audience's sentence, or two sentences, typed or picked. Below it is the meaning.
final class SentenceField extends VBox {
    private static final int MOST = 300;

    private final TextField field;

    /// @param id      of the field
    /// @param picking whether examples are offered
    SentenceField(AskModel model, String id, boolean picking) {
        field = field(model.text(), id, model.pairs() ? "present.prompt.first" : "present.prompt");
        Label meaning = named(Page.words("", "stage-gloss"), id + "-gloss");
        meaning.setManaged(model.hasMeanings());
        Runnable says = () -> {
            String words = model.meaning();
            meaning.setText(words.isEmpty() ? "" : Words.of("present.gloss", words));
        };
        model.text().subscribe(text -> says.run());
        model.pair().subscribe(text -> says.run());
        getStyleClass().add("stage-sentence");
        getChildren().add(field);
        if (model.pairs()) {
            getChildren().add(field(model.pair(), id + "-pair", "present.prompt.second"));
        }
        getChildren().add(meaning);
        if (picking) {
            FlowPane examples = styled(new FlowPane(), "stage-examples");
            model.examples().subscribe(all -> offer(model, all, examples));
            getChildren().add(examples);
        }
    }

    private static void offer(AskModel model, List<GivenText> all, FlowPane examples) {
        examples.getChildren().clear();
        for (int i = 0; i < all.size(); i++) {
            int at = i;
            Button example = named(styled(new Button(all.get(i).shown()), "stage-example"), "stage-example-" + (i + 1));
            example.setTooltip(new Tooltip(Words.of("present.pick", i + 1 + "")));
            // Two long sentences must not take the space of the answer.
            example.maxWidthProperty().bind(examples.widthProperty().multiply(0.48));
            example.setOnAction(e -> model.pick(at));
            examples.getChildren().add(example);
        }
    }

    private static TextField field(StringProperty text, String id, String prompt) {
        TextField field = named(styled(new TextField(), "stage-field"), id);
        field.setPromptText(Words.of(prompt));
        field.setAccessibleText(Words.of(prompt));
        field.setTextFormatter(new javafx.scene.control.TextFormatter<String>(
                change -> change.getControlNewText().length() > MOST ? null : change));
        field.textProperty().bindBidirectional(text);
        return field;
    }

    void type() {
        field.requestFocus();
        field.selectAll();
    }
}

package sirkuit.app.present.stage;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.present.AskModel;
import sirkuit.app.present.ForgettingModel;
import sirkuit.app.present.PageTexts;
import sirkuit.app.present.PresentedProject;
import sirkuit.app.present.script.PageKind;
import sirkuit.presentation.ForgettingComparison;
import sirkuit.presentation.GivenText;

/// What the run of some heads kept, beside the run that trained everything.
final class ForgettingPage extends Page {
    private final PresentedProject subject;
    private final AskModel glosses;
    private final ForgettingModel model;
    private final VBox sentences = styled(new VBox(), "stage-lost");
    private final Label counts = named(words("", "stage-counts"), "stage-kept-counts");

    /// @param texts   its texts for the runs that it shows
    /// @param glosses gives the meaning of sentences
    ForgettingPage(
            ForgettingModel model,
            Supplier<PageTexts> texts,
            PresentedProject subject,
            AskModel glosses,
            ObservableValue<Theme> theme) {
        super(PageKind.KEPT, texts.get());
        this.model = model;
        this.subject = subject;
        this.glosses = glosses;
        Halves both = new Halves(
                side(
                        Words.of("present.forgetting.masked", subject.chosenParts() + ""),
                        model.masked(),
                        "masked",
                        theme),
                side(Words.of("present.forgetting.full"), model.full(), "full", theme));
        Label quiet = collapsing(quiet("stage-kept-quiet"));
        quiet.textProperty().bind(model.quiet());
        quiet.visibleProperty().bind(model.quiet().isNotEmpty());
        Label differs = collapsing(named(words("", "stage-heading"), "stage-kept-differs"));
        differs.textProperty().bind(model.differs());
        differs.visibleProperty().bind(model.differs().isNotEmpty());
        model.kept().subscribe(this::show);
        model.masked().subscribe(o -> say(texts.get()));
        model.full().subscribe(o -> say(texts.get()));
        getChildren().addAll(differs, both, sentences, filling(new Region()), counts, quiet);
    }

    private VBox side(
            String heading,
            ObservableValue<ForgettingModel.@Nullable Outcome> outcome,
            String id,
            ObservableValue<Theme> theme) {
        LanguageCard target = new LanguageCard(
                subject.names().language(subject.targetName()), "stage-" + id + "-target", false, theme);
        LanguageCard source = new LanguageCard(
                subject.names().language(subject.sourceName()), "stage-" + id + "-source", true, theme);
        outcome.subscribe(o -> {
            if (o == null) {
                target.nothing();
                source.nothing();
            } else {
                target.show(o.targetName(), o.targetBefore(), o.target());
                source.show(o.sourceName(), o.sourceBefore(), o.source());
            }
        });
        HBox.setHgrow(target, Priority.ALWAYS);
        HBox.setHgrow(source, Priority.ALWAYS);
        HBox languages = styled(new HBox(target, source), "stage-languages");
        Label name = words(heading, "stage-heading");
        Label picked = collapsing(named(words("", "stage-quiet"), "stage-" + id + "-picked"));
        picked.visibleProperty().bind(picked.textProperty().isNotEmpty());
        outcome.subscribe(o -> {
            if (o != null && o.parts() > 0) {
                name.setText(Words.of("present.forgetting.masked", o.parts() + ""));
            }
            picked.setText(o != null && o.picked() ? Words.of("present.forgetting.chosen") : "");
        });
        return styled(new VBox(name, languages, picked), "stage-side");
    }

    private void show(@Nullable ForgettingComparison kept) {
        sentences.getChildren().clear();
        counts.setText("");
        if (kept == null) {
            return;
        }
        sentences
                .getChildren()
                .add(words(
                        Words.of(kept.sentences().isEmpty() ? "present.forgetting.none" : "present.forgetting.lost"),
                        "stage-heading"));
        for (ForgettingComparison.Sentence s : kept.sentences()) {
            sentences.getChildren().add(sentence(s));
        }
        ForgettingModel.Outcome shown = model.masked().get();
        counts.setText(Words.of(
                "present.forgetting.counts",
                kept.of() + "",
                shown == null ? subject.names().language(subject.sourceName()) : shown.sourceName(),
                kept.lostByMasked() + "",
                kept.lostByFull() + ""));
    }

    private VBox sentence(ForgettingComparison.Sentence s) {
        GivenText given = new GivenText(s.text(), s.pair());
        String meaning = glosses.meaning(given);
        String verdict = Words.of(
                "present.forgetting.verdict",
                subject.names().label(s.right()),
                subject.names().label(s.wrong()));
        return styled(
                new VBox(
                        words(Words.of("present.quoted", given.shown()), "stage-quote"),
                        words(
                                meaning.isEmpty() ? verdict : Words.of("present.forgetting.meaning", meaning, verdict),
                                "stage-gloss")),
                "stage-lost-one");
    }
}

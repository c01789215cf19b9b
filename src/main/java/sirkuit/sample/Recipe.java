package sirkuit.sample;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.record.Prompt;

/// Everything that defines one sample.
///
/// @param name         of its folder
/// @param title        of the project
/// @param about        a sentence that says what the model does
/// @param languages    that it is about
/// @param architecture of the checkpoint
/// @param prompt       of a decoder; null for a classifier
/// @param sizes        of the splits
/// @param language     pre-training
/// @param task         learning the task in the source language
/// @param runs         the finished runs
record Recipe(
        String name,
        String title,
        String about,
        Grammar grammar,
        Languages languages,
        Architecture architecture,
        @Nullable Prompt prompt,
        Sizes sizes,
        Pretraining language,
        Training task,
        Runs runs) {
    /// @param source  language that the task is learnt in
    /// @param target  language to adapt to
    /// @param watched a third language that is only watched; null for none
    record Languages(
            Language source, Language target, @Nullable Language watched) {}

    /// @param sourceTrain labelled texts in the source language
    /// @param targetTrain labelled texts in the target language: few
    /// @param test        labelled texts in each test split
    record Sizes(int sourceTrain, int targetTrain, int test) {}

    /// @param texts unlabelled texts, by language in the order of [#spoken]
    /// @param mixed share of their words that come from another language
    record Pretraining(List<Integer> texts, double mixed, int steps, int batchSize, double learningRate) {}

    record Training(int epochs, int batchSize, double learningRate) {}

    /// @param topK     heads of the masked runs
    /// @param training the same for full fine-tuning and the masked runs
    record Runs(int topK, Training training) {}

    Language source() {
        return languages.source;
    }

    Language target() {
        return languages.target;
    }

    @Nullable
    Language watched() {
        return languages.watched;
    }

    /// The source, the target and the watched language.
    List<Language> spoken() {
        Language third = languages.watched;
        return third == null ? List.of(source(), target()) : List.of(source(), target(), third);
    }

    boolean pairs() {
        return grammar instanceof InferenceGrammar;
    }
}

package sirkuit.sample;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.record.Prompt;

/// Everything that defines one sample.
///
/// @param name         of its folder
/// @param title        of the project
/// @param about        a sentence that says what the model does
/// @param source       language that the task is learnt in
/// @param target       language to adapt to
/// @param watched      a third language that is only watched; null for none
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
        Language source,
        Language target,
        @Nullable Language watched,
        Architecture architecture,
        @Nullable Prompt prompt,
        Sizes sizes,
        Pretraining language,
        Training task,
        Runs runs) {
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

    /// The source, the target and the watched language.
    List<Language> spoken() {
        return watched == null ? List.of(source, target) : List.of(source, target, watched);
    }

    boolean pairs() {
        return grammar instanceof InferenceGrammar;
    }
}

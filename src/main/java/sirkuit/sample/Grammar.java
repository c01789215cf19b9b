package sirkuit.sample;

import java.util.List;
import java.util.Random;

/// Makes random labelled sentences.
interface Grammar {
    /// Class names, in the order of the logits.
    List<String> labels();

    /// A labelled sentence.
    ///
    /// @param training whether only words and constructions of the training texts are used
    Sentence labelled(Language language, boolean training, Random random);

    /// A text as people write it, often two sentences with the same opinion.
    ///
    /// @param mixed share of the words that are taken from another language, as people do in chats
    Sentence unlabelled(Language language, double mixed, Random random);

    /// Every word that can occur in a sentence, so that each has a token.
    List<String> words();
}

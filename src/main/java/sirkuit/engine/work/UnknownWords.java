package sirkuit.engine.work;

import java.util.Optional;
import sirkuit.Message;
import sirkuit.checkpoint.tokenizer.TextTokenizer;
import sirkuit.transformer.LabelledTokens;

/// How many tokens of some texts are unknown words. A few are usual. Many mean that the tokenizer is not the one that
/// the checkpoint was trained with, or that the texts are in another script.
public final class UnknownWords {
    private static final double MANY = 0.03;

    private final TextTokenizer tokenizer;
    private long unknown;
    private long all;

    public UnknownWords(TextTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    public UnknownWords add(LabelledTokens texts) {
        texts.tokens().forEach(t -> {
            unknown += tokenizer.unknown(t);
            all += t.length();
        });
        return this;
    }

    /// The note if there are many.
    ///
    /// @param of the name of the texts, such as a file
    public Optional<Message> note(String of) {
        if (unknown <= MANY * all) {
            return Optional.empty();
        }
        return Optional.of(Message.of("engine.work.unknown-words", Math.max(1, 100 * unknown / all), of));
    }
}

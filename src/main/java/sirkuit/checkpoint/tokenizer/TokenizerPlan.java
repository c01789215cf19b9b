package sirkuit.checkpoint.tokenizer;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.checkpoint.Checkpoint;

/// The tokenizer that transformers 5 builds from a folder, as one `tokenizer.json` for the tokenizers library. Ids
/// depend on more than that file: on `tokenizer_config.json`, `special_tokens_map.json`, `added_tokens.json` and the
/// defaults of the class named there (`docs/decisions/0038-tokenizers.md`).
///
/// @param json        without truncation and padding
/// @param left        whether a long text loses its beginning instead of its end
/// @param types       whether pairs have token types
/// @param unknown     id of the token for unknown words; -1 when there is none
/// @param unknownWord the token for unknown words; empty when there is none
/// @param added       ids of the tokens that are found in a text before words are looked for
/// @param size        tokens, with added ones
/// @param digest      SHA-256 of what decides the ids: of `tokenizer.json` itself if nothing else matters
/// @param applied     what other files and defaults changed, and which file; for people who look closely
/// @param warnings    for everybody who uses the numbers
public record TokenizerPlan(
        Path file,
        String json,
        boolean left,
        boolean types,
        int unknown,
        String unknownWord,
        Set<Integer> added,
        int size,
        String digest,
        List<Message> applied,
        List<Message> warnings) {
    static final String FILE = "tokenizer.json";

    /// @throws Problem when there are no usable files, or a setting cannot be applied
    public static TokenizerPlan of(Checkpoint checkpoint) {
        return new TokenizerPlanner(checkpoint, false).plan();
    }

    /// The file as it is, whatever class the folder names; without a `tokenizer.json` as [#of].
    public static TokenizerPlan ofFile(Checkpoint checkpoint) {
        return new TokenizerPlanner(checkpoint, true).plan();
    }
}

package sirkuit.checkpoint;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import sirkuit.Problem;

/// A checkpoint's tokenizer (`tokenizer.json`, run by the Hugging Face tokenizers library).
public final class TextTokenizer implements AutoCloseable {
    private final HuggingFaceTokenizer tokenizer;

    private TextTokenizer(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /// One text as the model reads it.
    ///
    /// @param ids       token ids with the special tokens, unpadded
    /// @param types     token type of each id
    /// @param truncated whether the text was longer than the limit
    public record Tokens(long[] ids, long[] types, boolean truncated) {
        public int length() {
            return ids.length;
        }
    }

    /// @param maxLength longest sequence, special tokens included; longer texts are cut as transformers cuts them
    /// @throws Problem when the folder has no usable `tokenizer.json`
    public static TextTokenizer open(Checkpoint checkpoint, int maxLength) {
        Path file = checkpoint.folder().resolve("tokenizer.json");
        if (!Files.exists(file)) {
            throw new Problem(
                    checkpoint.folder() + " has no tokenizer.json.",
                    "Make one in Python: AutoTokenizer.from_pretrained(folder, use_fast=True).save_pretrained(folder).");
        }
        // The library asks a cloud service for its name and may download natives unless it is told not to.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        try {
            Map<String, String> options = Map.of(
                    "addSpecialTokens", "true",
                    "truncation", "true",
                    "padding", "false",
                    "maxLength", Integer.toString(maxLength),
                    "modelMaxLength", Integer.toString(maxLength));
            return new TextTokenizer(HuggingFaceTokenizer.newInstance(file, options));
        } catch (IOException | RuntimeException e) {
            throw new Problem(
                    file + " cannot be read: " + e.getMessage() + ".",
                    "Save the tokenizer again with a recent transformers, or fetch the file again.",
                    e);
        }
    }

    /// Tokens of each text, in the order given.
    public List<Tokens> encode(List<String> texts) {
        try {
            return Arrays.stream(tokenizer.batchEncode(texts))
                    .map(TextTokenizer::tokens)
                    .toList();
        } catch (RuntimeException e) {
            throw new Problem(
                    "The texts could not be tokenized: " + e.getMessage() + ".",
                    "Check that tokenizer.json belongs to this checkpoint.",
                    e);
        }
    }

    private static Tokens tokens(Encoding encoding) {
        return new Tokens(encoding.getIds(), encoding.getTypeIds(), encoding.exceedMaxLength());
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}

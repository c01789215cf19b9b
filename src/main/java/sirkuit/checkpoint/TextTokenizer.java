package sirkuit.checkpoint;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.util.PairList;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sirkuit.JsonFault;
import sirkuit.NativeFolder;
import sirkuit.Problem;

/// A checkpoint's tokenizer (`tokenizer.json`, run by the Hugging Face tokenizers library).
public final class TextTokenizer implements AutoCloseable {
    private static final JsonFactory STRICT = new JsonFactory();

    /// The library's parser goes no deeper than 128.
    private static final int DEEPEST = 120;

    private final HuggingFaceTokenizer tokenizer;
    private final HuggingFaceTokenizer whole;
    private final int maxLength;

    private TextTokenizer(HuggingFaceTokenizer tokenizer, HuggingFaceTokenizer whole, int maxLength) {
        this.tokenizer = tokenizer;
        this.whole = whole;
        this.maxLength = maxLength;
    }

    /// One text, or pair of texts, as the model reads it.
    ///
    /// @param ids       token ids with the special tokens, unpadded
    /// @param types     token type of each id; null when all are 0
    /// @param truncated whether the text was longer than the limit
    public record Tokens(int[] ids, int @Nullable [] types, boolean truncated) {
        public int length() {
            return ids.length;
        }

        static Tokens of(Encoding encoding) {
            return new Tokens(ints(encoding.getIds()), types(encoding.getTypeIds()), encoding.exceedMaxLength());
        }

        private static int @Nullable [] types(long[] types) {
            return Arrays.stream(types).allMatch(t -> t == 0) ? null : ints(types);
        }

        private static int[] ints(long[] values) {
            return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
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
        requireSound(file);
        requireUnknownWord(file);
        // The library asks a cloud service for its name and may download natives unless it is told not to.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        NativeFolder.prepare();
        try {
            Map<String, String> options = Map.of(
                    "addSpecialTokens", "true",
                    "truncation", "true",
                    "padding", "false",
                    "maxLength", Integer.toString(maxLength),
                    "modelMaxLength", Integer.toString(maxLength));
            HuggingFaceTokenizer cutting = HuggingFaceTokenizer.newInstance(file, options);
            try {
                return new TextTokenizer(
                        cutting,
                        HuggingFaceTokenizer.newInstance(file, Map.of("truncation", "false", "padding", "false")),
                        maxLength);
            } catch (IOException | RuntimeException e) {
                cutting.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            throw new Problem(
                    file + " cannot be read: " + e.getMessage() + ".",
                    "Save the tokenizer again with a recent transformers, or fetch the file again.",
                    e);
        }
    }

    /// The library ends the whole process at some JSON it cannot parse (it panics): what its parser refuses is
    /// refused here first.
    private static void requireSound(Path file) {
        try (JsonParser parser = STRICT.createParser(file.toFile())) {
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                boolean text = token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME;
                if (depth > DEEPEST
                        || (text && parser.getText().codePoints().anyMatch(TextTokenizer::isHalf))
                        || (token == JsonToken.VALUE_NUMBER_FLOAT && !Double.isFinite(parser.getDoubleValue()))) {
                    throw new IOException("line " + parser.currentLocation().getLineNr() + " is not sound");
                }
            }
        } catch (IOException e) {
            String why = e instanceof JsonProcessingException j ? JsonFault.located(j) : e.getMessage();
            throw new Problem(
                    file + " cannot be read: " + why + ".", "Fetch the file again; nothing was changed.", null);
        }
    }

    private static void requireUnknownWord(Path file) {
        try (JsonParser parser = STRICT.createParser(file.toFile())) {
            String missing = UnknownWord.missing(parser);
            if (missing != null) {
                throw new Problem(
                        file + " cannot be used: its \"unk_token\" \"" + missing + "\" is not in its vocabulary.",
                        "Save the tokenizer again with a recent transformers, or fetch the file again.");
            }
        } catch (IOException e) {
            throw new Problem(file + " could not be read (" + e.getMessage() + ").", "Check its permissions.", e);
        }
    }

    /// Whether it is one half of a surrogate pair, without the other.
    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    /// Longest sequence it gives, in tokens.
    public int maxLength() {
        return maxLength;
    }

    /// Tokens of each text, in the order given.
    public List<Tokens> encode(List<String> texts) {
        return encoded(() -> tokenizer.batchEncode(texts));
    }

    /// Tokens of each pair of texts, in the order given; of a pair that is too long the longer text is cut.
    public List<Tokens> encode(List<String> texts, List<String> pairs) {
        PairList<String, String> both = new PairList<>(texts, pairs);
        return encoded(() -> tokenizer.batchEncode(both));
    }

    /// One token with the characters it stands for.
    ///
    /// @param text  as the tokenizer writes it
    /// @param start first character; -1 for special tokens
    /// @param end   the character after the last
    /// @param part  0 in the first text, 1 in the second
    public record Piece(String text, int start, int end, int part) {}

    /// The tokens of one text, or pair of texts, as [#encode] gives them, with their places.
    ///
    /// @param pair null where the text stands alone
    public List<Piece> pieces(String text, @Nullable String pair) {
        Encoding encoding = encodedWith(() -> pair == null ? tokenizer.encode(text) : tokenizer.encode(text, pair));
        List<Piece> pieces = new ArrayList<>();
        String[] tokens = encoding.getTokens();
        CharSpan[] spans = encoding.getCharTokenSpans();
        long[] special = encoding.getSpecialTokenMask();
        long[] parts = encoding.getSequenceIds();
        for (int i = 0; i < tokens.length; i++) {
            int part = parts[i] == 1 ? 1 : 0;
            String of = part == 1 && pair != null ? pair : text;
            boolean placed = special[i] == 0 && spans[i] != null;
            pieces.add(new Piece(
                    tokens[i],
                    placed ? of.offsetByCodePoints(0, spans[i].getStart()) : -1,
                    placed ? of.offsetByCodePoints(0, spans[i].getEnd()) : -1,
                    part));
        }
        return List.copyOf(pieces);
    }

    /// The ids of a text alone, without special tokens and uncut.
    public int[] plainIds(String text) {
        return Tokens.ints(encodedWhole(text).getIds());
    }

    /// The beginning of a text that is `tokens` fewer tokens long; empty when it has no more.
    public String shortened(String text, int tokens) {
        CharSpan[] spans = encodedWhole(text).getCharTokenSpans();
        int keep = spans.length - tokens;
        while (keep > 0 && spans[keep - 1] == null) {
            keep--;
        }
        return keep <= 0 ? "" : text.substring(0, text.offsetByCodePoints(0, spans[keep - 1].getEnd()));
    }

    private Encoding encodedWhole(String text) {
        return encodedWith(() -> whole.encode(text, false, false));
    }

    private static Encoding encodedWith(Supplier<Encoding> what) {
        try {
            return what.get();
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private static List<Tokens> encoded(Supplier<Encoding[]> what) {
        try {
            return Arrays.stream(what.get()).map(Tokens::of).toList();
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private static Problem failed(RuntimeException e) {
        return new Problem(
                "The texts could not be tokenized: " + e.getMessage() + ".",
                "Check that tokenizer.json belongs to this checkpoint.",
                e);
    }

    @Override
    public void close() {
        tokenizer.close();
        whole.close();
    }
}

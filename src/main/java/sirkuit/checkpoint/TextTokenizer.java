package sirkuit.checkpoint;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.util.PairList;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;

/// A checkpoint's tokenizer, as transformers makes it of the folder's files ([TokenizerPlan]), run by the Hugging Face
/// tokenizers library.
public final class TextTokenizer implements AutoCloseable {
    private final HuggingFaceTokenizer tokenizer;
    private final HuggingFaceTokenizer whole;
    private final TokenizerPlan plan;
    private final int maxLength;

    private TextTokenizer(
            HuggingFaceTokenizer tokenizer, HuggingFaceTokenizer whole, TokenizerPlan plan, int maxLength) {
        this.tokenizer = tokenizer;
        this.whole = whole;
        this.plan = plan;
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

        static Tokens of(Encoding encoding, boolean types) {
            return new Tokens(
                    ints(encoding.getIds()),
                    types ? types(encoding.getTypeIds()) : null,
                    encoding.exceedMaxLength());
        }

        private static int @Nullable [] types(long[] types) {
            return Arrays.stream(types).allMatch(t -> t == 0) ? null : ints(types);
        }

        private static int[] ints(long[] values) {
            return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
        }
    }

    /// @param maxLength longest sequence, special tokens included; longer texts are cut as transformers cuts them
    /// @throws Problem when the folder has no usable tokenizer, or one that the tokenizers library does not survive
    public static TextTokenizer open(Checkpoint checkpoint, int maxLength) {
        TokenizerPlan plan = TokenizerPlan.of(checkpoint);
        TokenizerTrial.require(plan.file(), plan.json());
        Library.beQuiet();
        try {
            HuggingFaceTokenizer cutting = HuggingFaceTokenizer.newInstance(
                    stream(plan.cuttingAt(maxLength)), Library.cutting(maxLength));
            try {
                return new TextTokenizer(
                        cutting,
                        HuggingFaceTokenizer.newInstance(stream(plan.json()), Library.whole()),
                        plan,
                        maxLength);
            } catch (IOException | RuntimeException e) {
                cutting.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            throw new Problem(
                    plan.file() + " cannot be read: " + e.getMessage() + ".",
                    "Save the tokenizer again with a recent transformers, or fetch the file again.",
                    e);
        }
    }

    private static InputStream stream(String json) {
        return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    }

    /// What files beside `tokenizer.json` and the defaults of the tokenizer's class changed, and what everybody should
    /// know who uses its tokens.
    ///
    /// @param applied  settings and where each comes from
    /// @param warnings where transformers would give other tokens, or the tokenizer does not fit the checkpoint
    public record Notes(List<String> applied, List<String> warnings) {}

    public Notes notes() {
        return new Notes(plan.applied(), plan.warnings());
    }

    /// SHA-256 of what decides the tokens, as hexadecimal.
    public String digest() {
        return plan.digest();
    }

    /// How many tokens it knows.
    public int size() {
        return plan.size();
    }

    /// How many tokens of a text stand for words that it does not know.
    public int unknown(Tokens tokens) {
        return plan.unknown() < 0
                ? 0
                : (int) Arrays.stream(tokens.ids())
                        .filter(id -> id == plan.unknown())
                        .count();
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

    private List<Tokens> encoded(Supplier<Encoding[]> what) {
        try {
            return Arrays.stream(what.get()).map(e -> Tokens.of(e, plan.types())).toList();
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

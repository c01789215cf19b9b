package sirkuit.checkpoint;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.util.PairList;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;

/// A checkpoint's tokenizer, as transformers makes it of the folder's files ([TokenizerPlan]), run by the Hugging Face
/// tokenizers library.
public final class TextTokenizer implements AutoCloseable {
    private final HuggingFaceTokenizer tokenizer;
    private final TokenizerPlan plan;
    private final int maxLength;

    private TextTokenizer(HuggingFaceTokenizer tokenizer, TokenizerPlan plan, int maxLength) {
        this.tokenizer = tokenizer;
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
        return direct(plan, maxLength);
    }

    /// Without a trial.
    static TextTokenizer direct(TokenizerPlan plan, int maxLength) {
        Library.beQuiet();
        try {
            byte[] json = plan.json().getBytes(StandardCharsets.UTF_8);
            return new TextTokenizer(
                    HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), Library.OPTIONS), plan, maxLength);
        } catch (IOException | RuntimeException e) {
            throw new Problem(
                    plan.file() + " cannot be read: " + e.getMessage() + ".",
                    "Save the tokenizer again with a recent transformers, or fetch the file again.",
                    e);
        }
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
        return encoded(() -> tokenizer.batchEncode(texts, true, false));
    }

    /// Tokens of each pair of texts, in the order given; of a pair that is too long the longer text is cut.
    public List<Tokens> encode(List<String> texts, List<String> pairs) {
        PairList<String, String> both = new PairList<>(texts, pairs);
        return encoded(() -> tokenizer.batchEncode(both, true, false));
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
        Encoding encoding = encodedWith(
                () -> pair == null ? tokenizer.encode(text, true, false) : tokenizer.encode(text, pair, true, false));
        List<Piece> pieces = new ArrayList<>();
        String[] tokens = encoding.getTokens();
        CharSpan[] spans = encoding.getCharTokenSpans();
        long[] special = encoding.getSpecialTokenMask();
        long[] parts = encoding.getSequenceIds();
        for (int i : kept(encoding)) {
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
        return encodedWith(() -> tokenizer.encode(text, false, false));
    }

    private static Encoding encodedWith(Supplier<Encoding> what) {
        try {
            return what.get();
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private Tokens cut(Encoding encoding) {
        int[] kept = kept(encoding);
        long[] ids = encoding.getIds();
        long[] types = encoding.getTypeIds();
        return new Tokens(
                Arrays.stream(kept).map(i -> Math.toIntExact(ids[i])).toArray(),
                plan.types()
                        ? Tokens.types(Arrays.stream(kept).mapToLong(i -> types[i]).toArray())
                        : null,
                kept.length < ids.length);
    }

    private int[] kept(Encoding encoding) {
        int count = encoding.getIds().length;
        return count <= maxLength
                ? IntStream.range(0, count).toArray()
                : new Cut(maxLength, plan.left())
                        .kept(encoding.getSpecialTokenMask(), encoding.getSequenceIds(), encoding.getWordIds());
    }

    private List<Tokens> encoded(Supplier<Encoding[]> what) {
        try {
            return Arrays.stream(what.get()).map(this::cut).toList();
        } catch (Problem e) {
            throw e;
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
    }
}

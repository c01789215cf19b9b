package sirkuit.checkpoint.tokenizer;

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
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.tokenizer.trial.Library;
import sirkuit.checkpoint.tokenizer.trial.TokenizerTrial;

/// A checkpoint's tokenizer, built from the folder's files as transformers does ([TokenizerPlan]), and run by the
/// Hugging Face tokenizers library.
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
    /// @throws Problem when the folder has no usable tokenizer, or one that crashes the tokenizers library
    public static TextTokenizer open(Checkpoint checkpoint, int maxLength) {
        TokenizerPlan plan = TokenizerPlan.of(checkpoint);
        TokenizerTrial.require(plan.file(), plan.json());
        return direct(plan, maxLength);
    }

    /// Opens `tokenizer.json` as it is, whatever class the folder names.
    ///
    /// @throws Problem as [#open]
    public static TextTokenizer openFile(Checkpoint checkpoint, int maxLength) {
        TokenizerPlan plan = TokenizerPlan.ofFile(checkpoint);
        TokenizerTrial.require(plan.file(), plan.json());
        return direct(plan, maxLength);
    }

    /// Opens it without a trial.
    public static TextTokenizer direct(TokenizerPlan plan, int maxLength) {
        Library.beQuiet();
        try {
            byte[] json = plan.json().getBytes(StandardCharsets.UTF_8);
            return new TextTokenizer(
                    HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), Library.OPTIONS), plan, maxLength);
        } catch (IOException | RuntimeException e) {
            throw Problem.of(e, "checkpoint.tokenizer.not-loaded", plan.file(), e.getMessage());
        }
    }

    /// What other files than `tokenizer.json` and the defaults of the tokenizer's class changed, and warnings for
    /// everybody who uses the tokens.
    ///
    /// @param applied  settings and where each comes from
    /// @param warnings where transformers would give other tokens, or the tokenizer does not fit the checkpoint
    public record Notes(List<Message> applied, List<Message> warnings) {}

    public Notes notes() {
        return new Notes(plan.applied(), plan.warnings());
    }

    /// SHA-256 of everything that decides the tokens, as hexadecimal.
    public String digest() {
        return plan.digest();
    }

    /// The number of tokens in its vocabulary.
    public int size() {
        return plan.size();
    }

    /// Whether an id is that of an unknown word.
    public boolean isUnknown(int id) {
        return plan.unknown() >= 0 && id == plan.unknown();
    }

    /// How many tokens of a text are unknown words.
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

    /// Whether the end of a text stays when it is cut, instead of its beginning.
    public boolean keepsEnd() {
        return plan.left();
    }

    /// Tokens of each text, in the order given.
    public List<Tokens> encode(List<String> texts) {
        return encoded(() -> tokenizer.batchEncode(texts, true, false), texts, texts);
    }

    /// Tokens of each pair of texts, in the order given. If a pair is too long, the longer text is cut.
    public List<Tokens> encode(List<String> texts, List<String> pairs) {
        PairList<String, String> both = new PairList<>(texts, pairs);
        return encoded(() -> tokenizer.batchEncode(both, true, false), texts, pairs);
    }

    /// One token with the characters it stands for.
    ///
    /// @param text  as the tokenizer writes it
    /// @param start first character; -1 for special tokens
    /// @param end   the character after the last
    /// @param part  0 in the first text, 1 in the second
    public record Piece(String text, int start, int end, int part) {}

    /// The tokens of one text, or pair of texts, as [#encode] gives them, with their positions in the text.
    ///
    /// @param pair null for a single text
    public List<Piece> pieces(String text, @Nullable String pair) {
        Encoding encoding = encodedWith(
                () -> pair == null ? tokenizer.encode(text, true, false) : tokenizer.encode(text, pair, true, false));
        List<Piece> pieces = new ArrayList<>();
        String[] tokens = encoding.getTokens();
        CharSpan[] spans = encoding.getCharTokenSpans();
        long[] special = encoding.getSpecialTokenMask();
        long[] parts = encoding.getSequenceIds();
        for (int i : kept(encoding, text, pair == null ? text : pair)) {
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

    /// A text shortened by `tokens` tokens or a few more, at a whole character. Its beginning stays, or its end if
    /// the tokenizer keeps that. Always shorter than before; empty when nothing is left.
    public String shortened(String text, int tokens) {
        CharSpan[] spans = encodedWhole(text).getCharTokenSpans();
        int all = spans.length;
        int keep = Math.max(0, all - tokens);
        // A character may be several tokens, which all span it.
        while (keep > 0 && divides(spans, plan.left() ? all - keep : keep)) {
            keep--;
        }
        int length = text.codePointCount(0, text.length());
        int from = plan.left() && keep > 0 ? spans[all - keep].getStart() : 0;
        int to = keep == 0 ? 0 : plan.left() ? length : spans[keep - 1].getEnd();
        if (to - from >= length) {
            from += plan.left() ? 1 : 0;
            to = from + length - 1;
        }
        return text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, Math.max(from, to)));
    }

    /// Whether a cut before the token `at` splits a character, or its place is not known.
    private static boolean divides(CharSpan[] spans, int at) {
        if (spans[at - 1] == null || (at < spans.length && spans[at] == null)) {
            return true;
        }
        return at < spans.length && spans[at - 1].getEnd() > spans[at].getStart();
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

    private Tokens cut(Encoding encoding, String text, String pair) {
        int[] kept = kept(encoding, text, pair);
        long[] ids = encoding.getIds();
        long[] types = encoding.getTypeIds();
        return new Tokens(
                Arrays.stream(kept).map(i -> Math.toIntExact(ids[i])).toArray(),
                plan.types()
                        ? Tokens.types(
                                Arrays.stream(kept).mapToLong(i -> types[i]).toArray())
                        : null,
                kept.length < ids.length);
    }

    /// @param pair anything for a single text
    private int[] kept(Encoding encoding, String text, String pair) {
        int count = encoding.getIds().length;
        if (count <= maxLength) {
            return IntStream.range(0, count).toArray();
        }
        boolean[] added = new boolean[count];
        long[] ids = encoding.getIds();
        long[] parts = encoding.getSequenceIds();
        CharSpan[] spans = encoding.getCharTokenSpans();
        for (int i = 0; i < count; i++) {
            // The token for unknown words may also be in the text itself.
            added[i] = plan.added().contains((int) ids[i])
                    && (ids[i] != plan.unknown()
                            || plan.unknownWord().equalsIgnoreCase(written(parts[i] == 1 ? pair : text, spans[i])));
        }
        return new Truncation(maxLength, plan.left())
                .kept(encoding.getSpecialTokenMask(), encoding.getSequenceIds(), encoding.getWordIds(), added);
    }

    private static String written(String text, @Nullable CharSpan span) {
        return span == null
                ? ""
                : text.substring(text.offsetByCodePoints(0, span.getStart()), text.offsetByCodePoints(0, span.getEnd()))
                        .strip();
    }

    private List<Tokens> encoded(Supplier<Encoding[]> what, List<String> texts, List<String> pairs) {
        try {
            Encoding[] encodings = what.get();
            return IntStream.range(0, encodings.length)
                    .mapToObj(i -> cut(encodings[i], texts.get(i), pairs.get(i)))
                    .toList();
        } catch (Problem e) {
            throw e;
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private static Problem failed(RuntimeException e) {
        return Problem.of(e, "checkpoint.tokenizer.texts-not-tokenized", e.getMessage());
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}

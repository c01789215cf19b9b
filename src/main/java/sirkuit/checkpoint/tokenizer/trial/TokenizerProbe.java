package sirkuit.checkpoint.tokenizer.trial;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sirkuit.Json;

/// The process in which a tokenizer is tried ([TokenizerTrial]). It reads a tokenizer from standard input, opens it and
/// tokenizes some texts.
public final class TokenizerProbe {
    /// Its output when all went well.
    static final String GOOD = "tokenizer is good";

    /// The beginning of its output when the library refuses the file.
    static final String REFUSED = "refused: ";

    /// Its exit code when it could not try the tokenizer, so that nothing is known about it.
    static final int NOT_TRIED = 3;

    private static final Pattern OWN =
            Pattern.compile("\"(?:String|content|prepend)\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.){1,40})\"");

    private TokenizerProbe() {}

    public static void main(String[] arguments) {
        int code;
        try {
            Library.beQuiet();
            code = tried(System.in.readAllBytes());
        } catch (Throwable e) {
            System.out.println(e);
            code = NOT_TRIED;
        }
        System.exit(code);
    }

    private static int tried(byte[] json) throws Exception {
        try (HuggingFaceTokenizer tokenizer =
                HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), Library.OPTIONS)) {
            List<String> texts = probes(new String(json, StandardCharsets.UTF_8));
            for (String text : texts) {
                tokenizer.encode(text);
            }
            tokenizer.batchEncode(texts);
            tokenizer.encode("a", "b");
        } catch (RuntimeException e) {
            System.out.println(REFUSED + e.getMessage());
            return 1;
        }
        System.out.println(GOOD);
        return 0;
    }

    /// Ordinary text, texts that are hard for patterns (a long run of one kind of character that ends with
    /// another), all of Unicode's first plane, and the file's own added tokens.
    static List<String> probes(String json) {
        List<String> texts = new ArrayList<>(
                List.of(
                        "",
                        " ",
                        "A short text, with words: \u00e9t\u00e9, \u4f60\u597d, \u0645\u0631\u062d\u0628\u0627, \ud83d\ude00!\n\tEnd."));
        for (String run : List.of("a", " ", "0", "A", "-", "\u00e9", "\u2581", "ab ", "aA1", "\n", "'s", "##a")) {
            for (int times : new int[] {30, 1000}) {
                texts.add(run.repeat(times) + "!");
                texts.add("x" + run.repeat(times) + "\u4f60");
            }
        }
        StringBuilder all = new StringBuilder();
        for (int c = 1; c < 0xFFFE; c += c < 0x3000 ? 1 : 37) {
            if (!Character.isSurrogate((char) c)) {
                all.append((char) c);
            }
            if (all.length() == 4000) {
                texts.add(all.toString());
                all.setLength(0);
            }
        }
        texts.add(all.toString());
        StringBuilder own = new StringBuilder();
        Matcher strings = OWN.matcher(json);
        while (strings.find() && own.length() < 4000) {
            String text = unescaped(strings.group(1));
            own.append(text).append(' ').append(text);
        }
        texts.add(own.toString());
        return texts;
    }

    private static String unescaped(String inJson) {
        try {
            return Json.MAPPER.readValue('"' + inJson + '"', String.class);
        } catch (JsonProcessingException e) {
            return inJson;
        }
    }
}

package sirkuit.checkpoint;

import java.util.Map;

/// How the tokenizers library is asked.
final class Library {
    private Library() {}

    /// It asks a cloud service for its name and may download natives unless it is told not to.
    static void beQuiet() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    /// Texts with their special tokens, cut to a length.
    static Map<String, String> cutting(int maxLength) {
        return Map.of(
                "addSpecialTokens", "true",
                "truncation", "true",
                "padding", "false",
                "maxLength", Integer.toString(maxLength),
                "modelMaxLength", Integer.toString(maxLength));
    }

    /// Texts whole.
    static Map<String, String> whole() {
        return Map.of("truncation", "false", "padding", "false");
    }
}

package sirkuit.checkpoint.tokenizer.trial;

import java.util.Map;
import sirkuit.NativeFolder;

/// How the tokenizers library is asked.
public final class Library {
    private Library() {}

    /// It asks a cloud service for its name and may download natives unless it is told not to.
    public static void beQuiet() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        NativeFolder.prepare();
    }

    /// Texts are cut and filled up by whoever asks.
    public static final Map<String, String> OPTIONS = Map.of("truncation", "false", "padding", "false");
}

package sirkuit.checkpoint.tokenizer.trial;

import java.util.Map;
import sirkuit.NativeFolder;

/// How the tokenizers library is asked.
public final class Library {
    private Library() {}

    /// It asks a cloud service for its name and may download natives unless that is switched off.
    public static void beQuiet() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        NativeFolder.prepare();
    }

    /// The caller cuts and pads the texts.
    public static final Map<String, String> OPTIONS = Map.of("truncation", "false", "padding", "false");
}

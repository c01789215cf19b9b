package sirkuit.checkpoint.tokenizer.trial;

import java.util.Map;
import sirkuit.NativeFolder;

/// Settings for the tokenizers library.
public final class Library {
    private Library() {}

    /// Switches off the library's request to a cloud service and its download of natives.
    public static void beQuiet() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        NativeFolder.prepare();
    }

    /// The caller cuts and pads the texts.
    public static final Map<String, String> OPTIONS = Map.of("truncation", "false", "padding", "false");
}

package sirkuit;

/// Says in a process of its own where native libraries would be loaded from.
public final class NativeFolderProbe {
    private NativeFolderProbe() {}

    public static void main(String[] args) {
        try {
            NativeFolder.prepare();
            for (String property : new String[] {
                "DJL_CACHE_DIR", "javafx.cachedir", "jna.tmpdir", "org.xerial.snappy.tempdir", "ZstdTempFolder"
            }) {
                System.out.println(System.getProperty(property));
            }
            System.out.println(ai.djl.util.Utils.getEngineCacheDir("pytorch").getParent());
            System.out.println(LogFiles.folder());
        } catch (Problem e) {
            System.out.println("refused " + e.what());
        }
    }
}

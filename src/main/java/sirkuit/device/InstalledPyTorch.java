package sirkuit.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;

/// The PyTorch whose libraries the user wants instead of those that come with Sirkuit. A version that the bridge was
/// not built for still loads, but then it crashes or computes nonsense.
///
/// @param folder  with its libraries
/// @param version such as `2.7.1`
/// @param flavor  `cpu`, or the CUDA version that it was built for: `cu128`
record InstalledPyTorch(Path folder, String version, String flavor) {
    private static final String CUDA_BRIDGE = "cu128";
    private static final Pattern VERSION =
            Pattern.compile("(?m)^\\s*(?:__version__\\s*=\\s*['\"])?(\\d+\\.\\d+\\.\\d+)(?:\\+(\\w+))?");
    private static final Pattern CUDA = Pattern.compile("(?m)^cuda\\b[^=]*=\\s*['\"](\\d+)\\.(\\d+)");

    /// Reads `version.py` of a Python package, or `build-version` of libtorch alone; null if there is neither.
    static @Nullable InstalledPyTorch in(Path folder) {
        Path parent = folder.toAbsolutePath().normalize().getParent();
        for (String file : new String[] {"version.py", "build-version"}) {
            Path says = parent == null ? folder : parent.resolve(file);
            try {
                String text = Files.isRegularFile(says) ? Files.readString(says) : "";
                Matcher version = VERSION.matcher(text);
                if (version.find()) {
                    Matcher cuda = CUDA.matcher(text);
                    String built = version.group(2);
                    String flavor = built != null ? built : cuda.find() ? "cu" + cuda.group(1) + cuda.group(2) : "cpu";
                    return new InstalledPyTorch(folder, version.group(1), flavor);
                }
            } catch (IOException unreadable) {
                // treated as if it did not exist
            }
        }
        return null;
    }

    /// @throws Problem when the bridge in Sirkuit is for another version, or for another CUDA version
    void requireBridge() {
        String wanted = bridgeVersion();
        String remedy = "Install torch " + wanted + " for CUDA 12.8 beside it and point PYTORCH_LIBRARY_PATH there"
                + " (docs/gpu.md), or unset the variable to compute on the CPU with what Sirkuit brings.";
        if (!version.equals(wanted)) {
            throw Problem.of("device.wrong-pytorch-version", folder, version, wanted, remedy);
        }
        if (!flavor.equals("cpu") && !flavor.equals(CUDA_BRIDGE)) {
            throw Problem.of("device.wrong-cuda-version", folder, flavor, remedy);
        }
    }

    /// The version of libtorch, without that of the library around it.
    static String bridgeVersion() {
        try (InputStream in = InstalledPyTorch.class.getResourceAsStream("/jnilib/pytorch.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("jni_version").replaceFirst("-.*", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package sirkuit.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Utils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import sirkuit.NativeFolder;
import sirkuit.PrivateFolder;
import sirkuit.Problem;

/// Starts libtorch on a device. Everything that computes must run on the thread that started it or on one that
/// [#join]ed, because the number of threads and whether gradients are recorded belong to a thread.
public final class Backend {
    private static final String LIBRARY = System.mapLibraryName("torch_cpu");

    private final Device device;
    private final int threads;
    private final ThreadLocal<Lanes> lanes;
    private final DeviceMemory memory;

    private Backend(Device device, int threads) {
        this.device = device;
        this.threads = threads;
        memory = new DeviceMemory(device);
        // Its own for each thread: work that waits in its lanes must not hold up the work that it waits for.
        lanes = ThreadLocal.withInitial(() -> new Lanes(device.isGpu() ? 1 : threads));
    }

    /// @param wanted  `auto`, `cpu`, `cuda` or `cuda:N`
    /// @param threads for the arithmetic on the CPU; 0 for the number in the environment variable
    ///                `OMP_NUM_THREADS`, or without one as many as there are cores
    /// @throws Problem when there is no such device or libtorch cannot be loaded
    public static Backend start(String wanted, int threads) {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
        NativeFolder.prepare();
        requireLibraryFolder();
        Engine engine;
        try {
            engine = Engine.getEngine("PyTorch");
            NativeFolder.remember();
        } catch (RuntimeException | LinkageError e) {
            throw Problem.of(e, "device.libtorch-not-loaded", e.getMessage());
        }
        Device device = device(engine, wanted);
        int count = threads > 0
                ? threads
                : defaultThreads(
                        System.getenv("OMP_NUM_THREADS"), Runtime.getRuntime().availableProcessors());
        Backend backend = new Backend(device, count);
        backend.join();
        return backend;
    }

    /// Prepares the current thread for computing, with the same number of threads for the arithmetic.
    public void join() {
        JniUtils.setNumThreads(threads);
        JniUtils.setGradMode(false);
    }

    /// What OpenMP, and so PyTorch, reads. Its list form (`4,2`) is for nested regions: the first number counts.
    ///
    /// @param variable the value of `OMP_NUM_THREADS`; null or anything that is no positive number does not count
    static int defaultThreads(@Nullable String variable, int cores) {
        try {
            int wanted = variable == null ? 0 : Integer.parseInt(variable.split(",")[0].strip());
            return wanted > 0 ? wanted : cores;
        } catch (NumberFormatException e) {
            return cores;
        }
    }

    /// DJL would continue without a message, and with the CPU.
    private static void requireLibraryFolder() {
        String folder = Utils.getEnvOrSystemProperty("PYTORCH_LIBRARY_PATH");
        if (folder != null && !folder.isBlank() && !Files.isDirectory(Path.of(folder))) {
            throw Problem.of("device.library-path-not-folder", folder);
        }
        if (folder != null && !folder.isBlank() && !Files.isRegularFile(Path.of(folder, LIBRARY))) {
            throw Problem.of("device.no-library", folder, LIBRARY);
        }
        requireOthersOut(folder);
        InstalledPyTorch installed = folder == null || folder.isBlank() ? null : InstalledPyTorch.in(Path.of(folder));
        if (installed != null) {
            installed.requireBridge();
            // Otherwise DJL derives the bridge's name from the driver, and looks for it on the network.
            preset("PYTORCH_VERSION", installed.version());
            preset("PYTORCH_FLAVOR", installed.flavor());
        }
    }

    /// Refuses a library that everybody can write to, because it runs as the user. Another user who installed it
    /// may own it.
    private static void requireOthersOut(@Nullable String folder) {
        try {
            if (folder != null
                    && !folder.isBlank()
                    && (PrivateFolder.writableByEverybody(Path.of(folder))
                            || PrivateFolder.writableByEverybody(Path.of(folder, LIBRARY)))) {
                throw Problem.of("device.library-writable-by-all", folder);
            }
        } catch (IOException e) {
            // Loading it reports why it cannot be read.
        }
    }

    private static void preset(String variable, String value) {
        if (Utils.getEnvOrSystemProperty(variable) == null) {
            System.setProperty(variable, value);
        }
    }

    private static Device device(Engine engine, String wanted) {
        int gpus = engine.getGpuCount();
        return switch (wanted) {
            case "cpu" -> Device.cpu();
            case "auto" -> gpus > 0 ? Device.gpu() : Device.cpu();
            case "cuda" -> gpu(gpus, 0);
            default -> {
                if (!wanted.matches("cuda:\\d{1,3}")) {
                    throw Problem.of("device.unknown-device", wanted);
                }
                yield gpu(gpus, Integer.parseInt(wanted.substring(5)));
            }
        };
    }

    private static Device gpu(int count, int index) {
        if (index >= count) {
            throw Problem.of("device.no-gpu", index, count);
        }
        return Device.gpu(index);
    }

    /// A manager that owns the arrays made with it until it is closed.
    public NDManager newManager() {
        return NDManager.newBaseManager(device, "PyTorch");
    }

    /// Runs independent work of the current thread side by side: as many pieces as there are threads; one on a GPU.
    public Lanes lanes() {
        return lanes.get();
    }

    public DeviceMemory memory() {
        return memory;
    }

    /// `cpu`, `cuda:0`, ...
    public String deviceName() {
        return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
    }

    public int threads() {
        return threads;
    }

    /// Version of libtorch.
    public String libtorch() {
        return Engine.getEngine("PyTorch").getVersion();
    }

    /// Library and version, for provenance.
    public String version() {
        return "PyTorch " + libtorch() + " (DJL " + Engine.getDjlVersion() + ")";
    }
}

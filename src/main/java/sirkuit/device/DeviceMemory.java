package sirkuit.device;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import sirkuit.Message;
import sirkuit.Problem;

/// The memory of the device that computes: its size, how many texts fit, and what to do when it runs out.
public final class DeviceMemory {
    /// The share of the free memory that one batch may use. Other things need memory too, and the estimate is
    /// rough.
    private static final double SHARE = 0.5;

    private final Device device;
    private final ThreadLocal<Consumer<Message>> told = ThreadLocal.withInitial(() -> what -> {});

    DeviceMemory(Device device) {
        this.device = device;
    }

    /// In bytes; -1 if it is not known.
    ///
    /// @param used by this process; on a GPU by all processes
    /// @param peak most that this process has used; -1 on a GPU
    /// @param free free memory
    public record Usage(long used, long peak, long free) {}

    public Usage usage() {
        if (device.isGpu()) {
            MemoryUsage gpu = CudaUtils.getGpuMemory(device);
            return new Usage(gpu.getCommitted(), -1, gpu.getMax() - gpu.getCommitted());
        }
        List<String> status = lines("/proc/self/status");
        long used = bytes(status, "VmRSS:");
        // Linux counts the two slightly differently.
        return new Usage(used, Math.max(used, bytes(status, "VmHWM:")), free());
    }

    private static long free() {
        long available = bytes(lines("/proc/meminfo"), "MemAvailable:");
        return available >= 0
                ? available
                : ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                        .getFreeMemorySize();
    }

    /// One reading of a file of Linux; empty elsewhere.
    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            return List.of();
        }
    }

    /// A line of Linux's account, in bytes; -1 where it is missing.
    private static long bytes(List<String> lines, String name) {
        try {
            return lines.stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(-1L);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /// Sets the listener for when the current thread processes fewer texts at once than requested.
    public void onShortage(Consumer<Message> listener) {
        told.set(listener);
    }

    /// How many texts can be processed together.
    ///
    /// @param wanted at most
    /// @param each   bytes that one text takes
    public int fitting(int wanted, long each) {
        long fit = (long) (SHARE * usage().free() / each);
        return Math.clamp(fit, 1, wanted);
    }

    /// Does the work block by block. When the memory runs out, the current block and all later ones are halved.
    ///
    /// @param work of one block; leaves nothing behind when it fails
    public void portions(List<List<Integer>> blocks, Consumer<List<Integer>> work) {
        int most = Integer.MAX_VALUE;
        for (List<Integer> block : blocks) {
            for (int from = 0; from < block.size(); ) {
                List<Integer> part = block.subList(from, (int) Math.min(block.size(), (long) from + most));
                try {
                    work.accept(part);
                    from += part.size();
                } catch (RuntimeException e) {
                    if (!isShortage(e)) {
                        throw e;
                    }
                    most = afterShortage(part.size(), e);
                } catch (OutOfMemoryError e) {
                    most = afterShortage(part.size(), e);
                }
            }
        }
    }

    /// How many texts to continue with after the memory ran out. The listener is informed.
    ///
    /// @param size how many texts it was
    /// @throws Problem when there was only one
    public int afterShortage(int size, Throwable e) {
        if (size == 1) {
            throw Problem.work(e, "device.out-of-memory");
        }
        if (device.isGpu()) {
            JniUtils.emptyCudaCache();
        }
        told.get().accept(Message.of("device.smaller-portions", size, size / 2));
        return size / 2;
    }

    /// Whether something failed because there was not enough memory.
    public static boolean isShortage(Throwable e) {
        String message = String.valueOf(e.getMessage());
        return e instanceof OutOfMemoryError
                || (e instanceof EngineException || e instanceof IllegalStateException)
                        && (message.contains("out of memory")
                                || message.contains("not enough memory")
                                || message.contains("alloc"));
    }
}

package sirkuit.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import sirkuit.LogFiles;
import sirkuit.Program;

/// How an engine process is started.
///
/// @param words       program and arguments
/// @param environment what is set for it, unless the user has set it
public record EngineCommand(List<String> words, Map<String, String> environment) {
    /// Keeps freed memory. On Linux, C's allocator would return every large array to the system when it is freed,
    /// and get new pages for the next one, which takes up to half of the time
    /// (`docs/decisions/0018-memory-is-kept.md`). On other systems this has no effect.
    private static final Map<String, String> KEEP_MEMORY = Map.of(
            "GLIBC_TUNABLES",
            "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=2147483648");

    /// Java's names for the encoding of file names when there is no locale (never on Windows). Requests name files
    /// with other characters.
    private static final Set<String> NO_LOCALE = Set.of("ANSI_X3.4-1968", "US-ASCII", "646");

    /// Environment variable: path of the file that is locked by the run that uses the device. Without it, runs do
    /// not wait for those of other engines.
    public static final String DEVICE_LOCK = "SIRKUIT_DEVICE_LOCK";

    /// Environment variable: options for the Java of each engine, separated by spaces. They come last, so they win.
    private static final String JVM_OPTIONS = "SIRKUIT_ENGINE_JVM_OPTIONS";

    /// Largest size of Java's memory in an engine, in MB.
    public static final int DEFAULT_HEAP = 2048;

    public EngineCommand {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /// With nothing set.
    public EngineCommand(List<String> words) {
        this(words, Map.of());
    }

    /// The same command, with runs that take turns with those of other engines.
    ///
    /// @param lock a file of the user, created if it does not exist
    public EngineCommand takingTurns(Path lock) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(DEVICE_LOCK, lock.toAbsolutePath().toString());
        return new EngineCommand(words, more);
    }

    /// Not started yet.
    ProcessBuilder process() {
        ProcessBuilder process = new ProcessBuilder(words);
        environment.forEach(process.environment()::putIfAbsent);
        if (NO_LOCALE.contains(System.getProperty("sun.jnu.encoding", ""))) {
            process.environment().put("LC_ALL", "C.UTF-8");
        }
        return process;
    }

    /// An engine of this program: the same Java, the same class path.
    ///
    /// @param device  `auto`, `cpu`, `cuda` or `cuda:N`
    /// @param threads for the arithmetic; empty for all cores
    public static EngineCommand ofThisProgram(String device, OptionalInt threads) {
        return ofThisProgram(device, threads, DEFAULT_HEAP);
    }

    /// The same with another limit for Java's memory, which is for texts and tables. Models and gradients are in
    /// libtorch's memory, outside of it.
    ///
    /// @param heap largest size of Java's memory in MB
    public static EngineCommand ofThisProgram(String device, OptionalInt threads, int heap) {
        List<String> options = new ArrayList<>(List.of("-Xmx" + heap + "m"));
        options.addAll(atDeath());
        String more = System.getenv(JVM_OPTIONS);
        if (more != null && !more.isBlank()) {
            options.addAll(List.of(more.strip().split("\\s+")));
        }
        List<String> arguments = new ArrayList<>(List.of(Program.ENGINE, "--device", device));
        threads.ifPresent(n -> arguments.addAll(List.of("--threads", Integer.toString(n))));
        return new EngineCommand(Program.words(options, Program.MAIN, arguments), KEEP_MEMORY);
    }

    /// Java writes crash reports to the log folder, not to the current folder. It writes no memory dump, because
    /// that would contain texts.
    private static List<String> atDeath() {
        String logs = LogFiles.folder().toString().replace("%", "%%");
        return List.of(
                "-XX:ErrorFile=" + logs + "/hs_err_pid%p.log",
                "-XX:ReplayDataFile=" + logs + "/replay_pid%p.log",
                "-XX:-CreateCoredumpOnCrash");
    }
}

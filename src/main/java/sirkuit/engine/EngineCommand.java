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
    /// On Linux, C's allocator would give every large array back to the system when it is freed and be given pages
    /// for the next one, which takes up to half of the time (`docs/decisions/0018-memory-is-kept.md`). Elsewhere it
    /// means nothing.
    private static final Map<String, String> KEEP_MEMORY = Map.of(
            "GLIBC_TUNABLES",
            "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=2147483648");

    /// What Java calls the encoding of names where there is no locale (never on Windows): requests name files
    /// beyond it.
    private static final Set<String> NO_LOCALE = Set.of("ANSI_X3.4-1968", "US-ASCII", "646");

    /// Environment variable: path of the file that is locked by the run which uses the device. Without it runs do not
    /// wait for those of other engines.
    public static final String DEVICE_LOCK = "SIRKUIT_DEVICE_LOCK";

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

    /// The same with runs that take turns with those of other engines.
    ///
    /// @param lock a file of the user's, made when it is not there
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

    /// The engine of this very program: the same Java, the same class path.
    ///
    /// @param device  `auto`, `cpu`, `cuda` or `cuda:N`
    /// @param threads for the arithmetic; empty for all cores
    public static EngineCommand ofThisProgram(String device, OptionalInt threads) {
        return ofThisProgram(device, threads, DEFAULT_HEAP);
    }

    /// The same with other room for texts and tables, which are Java's; models and gradients are libtorch's and lie
    /// outside.
    ///
    /// @param heap largest size of Java's memory in MB
    public static EngineCommand ofThisProgram(String device, OptionalInt threads, int heap) {
        List<String> options = new ArrayList<>(List.of("-Xmx" + heap + "m"));
        options.addAll(atDeath());
        List<String> arguments = new ArrayList<>(List.of(Program.ENGINE, "--device", device));
        threads.ifPresent(n -> arguments.addAll(List.of("--threads", Integer.toString(n))));
        return new EngineCommand(Program.words(options, Program.MAIN, arguments), KEEP_MEMORY);
    }

    /// What a Java that dies leaves goes to the logs, not into whatever folder it was started in, and its memory, where
    /// texts are, nowhere.
    private static List<String> atDeath() {
        String logs = LogFiles.folder().toString().replace("%", "%%");
        return List.of(
                "-XX:ErrorFile=" + logs + "/hs_err_pid%p.log",
                "-XX:ReplayDataFile=" + logs + "/replay_pid%p.log",
                "-XX:-CreateCoredumpOnCrash");
    }
}

package sirkuit.checkpoint.tokenizer.trial;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sirkuit.PrivateFolder;
import sirkuit.Problem;
import sirkuit.Program;
import sirkuit.StateFolder;
import sirkuit.Version;

/// Opens a tokenizer and tries it in a separate, short-lived process. Some files make the tokenizers library end its
/// process, use all memory or hang. A tokenizer that passed is remembered by its digest, so it is tried only once.
public final class TokenizerTrial {
    private static final Logger LOG = LoggerFactory.getLogger(TokenizerTrial.class);

    private static final long MEGABYTE = 1 << 20;

    /// Memory for Java and the library.
    private static final long MEMORY = 1536 * MEGABYTE;

    private static final int LOOK_MILLIS = 20;
    private static final int MOST_REMEMBERED = 1000;

    private static final TokenizerTrial OF_THIS_PROGRAM =
            new TokenizerTrial(command(), Limits.USUAL, () -> StateFolder.folder("tokenizers"));

    private final List<String> command;
    private final Limits limits;
    private final Supplier<Path> remembered;
    private final Set<String> passed = ConcurrentHashMap.newKeySet();

    /// How long a trial may take.
    ///
    /// @param work     processor time, which does not grow when other programs use the processor too
    /// @param patience total time
    record Limits(Duration work, Duration patience) {
        static final Limits USUAL = new Limits(Duration.ofSeconds(20), Duration.ofMinutes(5));

        /// The limits for a file, which are higher for a large one.
        Limits of(byte[] json) {
            return new Limits(work.plusSeconds(json.length / (4 * MEGABYTE)), patience);
        }
    }

    /// @param command    of the process that tries
    /// @param remembered folder of the digests of those that passed
    TokenizerTrial(List<String> command, Limits limits, Supplier<Path> remembered) {
        this.command = List.copyOf(command);
        this.limits = limits;
        this.remembered = remembered;
    }

    /// @param file to name in messages
    /// @param json the tokenizer as the library gets it
    /// @throws Problem when it crashes the library, or could not be tried
    public static void require(Path file, String json) {
        OF_THIS_PROGRAM.pass(file, json);
    }

    void pass(Path file, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        String digest = digest(bytes);
        if (passed.contains(digest)) {
            return;
        }
        Path mark = remembered.get().resolve(digest);
        if (!Files.isRegularFile(mark)) {
            judge(file, attempt(bytes));
            remember(mark);
        }
        passed.add(digest);
    }

    /// How a trial ended.
    private sealed interface Ending {
        record Good() implements Ending {}

        record Bad(String how) implements Ending {}

        /// Nothing is known about the tokenizer.
        record NotTried(String why) implements Ending {}
    }

    private static void judge(Path file, Ending ending) {
        switch (ending) {
            case Ending.Good good -> {}
            case Ending.Bad bad -> throw Problem.of("checkpoint.tokenizer.trial.failed", file, bad.how);
            case Ending.NotTried none -> throw Problem.of("checkpoint.tokenizer.trial.not-tried", file, none.why);
        }
    }

    private static String digest(byte[] json) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(Version.current().getBytes(StandardCharsets.UTF_8)); // another version may bring another library
            return HexFormat.of().formatHex(sha.digest(json));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Remembers a tokenizer, and forgets the oldest ones.
    private static void remember(Path mark) {
        try {
            Files.createDirectories(mark.getParent());
            try (Stream<Path> all = Files.list(mark.getParent())) {
                List<Path> marks = all.sorted(
                                Comparator.comparing(TokenizerTrial::time).reversed())
                        .toList();
                for (int i = MOST_REMEMBERED - 1; i < marks.size(); i++) {
                    Files.deleteIfExists(marks.get(i));
                }
            }
            Files.createFile(mark);
        } catch (IOException e) {
            LOG.debug("not remembered: {}", mark, e); // it is tried again the next time
        }
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private Ending attempt(byte[] json) {
        @Nullable Path folder = null;
        @Nullable Process process = null;
        try {
            folder = Files.createTempDirectory("sirkuit-tokenizer");
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            return watch(process, json);
        } catch (IOException e) {
            LOG.warn("no process can be started to try a tokenizer", e);
            return new Ending.NotTried("no process can be started for it (" + e.getMessage() + ")");
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
            if (folder != null) {
                PrivateFolder.remove(folder);
            }
        }
    }

    private static List<String> command() {
        return Program.words(
                List.of("-XX:TieredStopAtLevel=1", "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=crash.log", "-Xmx768m"),
                TokenizerProbe.class.getName(),
                List.of());
    }

    private Ending watch(Process process, byte[] json) {
        StringBuilder said = new StringBuilder();
        Thread reader = Thread.ofVirtual().start(() -> read(process, said));
        Thread.ofVirtual().start(() -> {
            try (OutputStream in = process.getOutputStream()) {
                in.write(json);
            } catch (IOException e) {
                LOG.debug("it ended before it had read all", e);
            }
        });
        long most = MEMORY + 20L * json.length;
        Limits allowed = limits.of(json);
        long end = System.nanoTime() + allowed.patience.toNanos();
        try {
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (resident(process.pid()) > most) {
                    return new Ending.Bad(
                            "the tokenizers library took more than " + most / MEGABYTE + " MB for a short text");
                }
                if (process.info().totalCpuDuration().orElse(Duration.ZERO).compareTo(allowed.work) > 0) {
                    return new Ending.Bad("the tokenizers library needs more than " + allowed.work.toSeconds()
                            + " s for a short text");
                }
                if (System.nanoTime() > end) {
                    return new Ending.NotTried("it was not done within " + allowed.patience.toSeconds() + " s");
                }
            }
            reader.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
        synchronized (said) {
            return ending(process.exitValue(), said.toString());
        }
    }

    private static void read(Process process, StringBuilder said) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (said) {
                    said.append(line.length() > 1000 ? line.substring(0, 1000) : line)
                            .append('\n');
                }
            }
        } catch (IOException e) {
            LOG.debug("its words ended", e);
        }
    }

    private static Ending ending(int code, String words) {
        if (code == 0 && words.contains(TokenizerProbe.GOOD)) {
            return new Ending.Good();
        }
        LOG.info("a tokenizer did not pass: {}", words);
        if (code == TokenizerProbe.NOT_TRIED) {
            return new Ending.NotTried("the process for it ended early"
                    + words.lines()
                            .reduce((first, last) -> last)
                            .map(w -> " (" + w + ")")
                            .orElse(""));
        }
        boolean refused = words.contains(TokenizerProbe.REFUSED);
        return new Ending.Bad("the tokenizers library " + (refused ? "refuses it" : "crashes on it") + reason(words));
    }

    /// The first line of a panic of the library, or of an exception.
    private static String reason(String words) {
        Matcher panic = Pattern.compile("panicked at [^\n]*\n?(.{1,300})").matcher(words);
        Matcher refused = Pattern.compile(TokenizerProbe.REFUSED + "(.{1,300})").matcher(words);
        String why = panic.find() ? panic.group(1) : refused.find() ? refused.group(1) : "";
        return why.isBlank() ? "" : " (" + why.strip() + ")";
    }

    /// Memory of a process in bytes; 0 where the system does not say.
    private static long resident(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(l -> l.startsWith("VmRSS:"))
                            .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
                            .findFirst()
                            .orElse(0)
                    * 1024;
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }
}

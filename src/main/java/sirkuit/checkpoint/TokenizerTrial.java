package sirkuit.checkpoint;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sirkuit.Problem;
import sirkuit.StateFolder;

/// Opens a tokenizer and tries it in a short-lived process of its own: the tokenizers library ends the process it is
/// in at some files, and some make it use all memory or never come back. What has been tried is remembered by its
/// digest, so that the second time costs nothing.
public final class TokenizerTrial {
    private static final Logger LOG = LoggerFactory.getLogger(TokenizerTrial.class);

    private static final long SECONDS = 20;
    private static final long MEGABYTE = 1 << 20;

    /// Room for a Java and the library.
    private static final long MEMORY = 1536 * MEGABYTE;

    private static final int LOOK_MILLIS = 20;
    private static final String GOOD = "tokenizer is good";
    private static final int MOST_REMEMBERED = 1000;
    private static final Set<String> TRIED = ConcurrentHashMap.newKeySet();

    private TokenizerTrial() {}

    /// @param file to name in messages
    /// @param json the tokenizer as the library gets it
    /// @throws Problem when the library does not survive it
    static void require(Path file, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        String digest = digest(bytes);
        if (TRIED.contains(digest)) {
            return;
        }
        Path remembered = remembered().resolve(digest);
        if (!Files.isRegularFile(remembered)) {
            attempt(file, bytes);
            remember(remembered);
        }
        TRIED.add(digest);
    }

    private static Path remembered() {
        return StateFolder.folder("tokenizers");
    }

    private static String digest(byte[] json) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(sirkuit.Version.current().getBytes(StandardCharsets.UTF_8)); // another may bring another library
            return HexFormat.of().formatHex(sha.digest(json));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void remember(Path file) {
        try {
            Files.createDirectories(file.getParent());
            try (Stream<Path> all = Files.list(file.getParent())) {
                if (all.count() >= MOST_REMEMBERED) {
                    return;
                }
            }
            Files.createFile(file);
        } catch (IOException e) {
            LOG.debug("not remembered: {}", file, e); // it is tried again the next time
        }
    }

    private static void attempt(Path file, byte[] json) {
        @Nullable Path folder = null;
        @Nullable Process process = null;
        try {
            folder = Files.createTempDirectory("sirkuit-tokenizer");
            process = new ProcessBuilder(command())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            Ending ending = watch(process, json);
            if (!ending.good) {
                throw new Problem(
                        file + " cannot be used: " + ending.how + ".",
                        "Fetch the file again, or save the tokenizer again with a recent transformers."
                                + " If it stays so, the tokenizer itself is at fault: choose another checkpoint.");
            }
        } catch (IOException e) {
            LOG.warn("tokenizers are not tried before they are used: no process can be started", e);
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
            remove(folder);
        }
    }

    private static List<String> command() {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(p -> Path.of(p).toAbsolutePath().toString())
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElse("");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=crash.log",
                "-Xmx768m"));
        command.addAll(List.of("-cp", classPath, TokenizerTrial.class.getName()));
        return command;
    }

    private record Ending(boolean good, String how) {}

    private static Ending watch(Process process, byte[] json) throws IOException {
        StringBuilder said = new StringBuilder();
        Thread reader = Thread.ofVirtual().start(() -> {
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
        });
        Thread.ofVirtual().start(() -> {
            try (OutputStream in = process.getOutputStream()) {
                in.write(json);
            } catch (IOException e) {
                LOG.debug("it ended before it had read all", e);
            }
        });
        long most = MEMORY + 20L * json.length;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS + json.length / (4 * MEGABYTE));
        try {
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (resident(process.pid()) > most) {
                    return new Ending(
                            false, "the tokenizers library took more than " + most / MEGABYTE + " MB for a short text");
                }
                if (System.nanoTime() > end) {
                    return new Ending(
                            false,
                            "the tokenizers library did not come back within " + SECONDS + " s with a short text");
                }
            }
            reader.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.util.concurrent.CancellationException();
        }
        String words;
        synchronized (said) {
            words = said.toString();
        }
        if (process.exitValue() == 0 && words.contains(GOOD)) {
            return new Ending(true, "");
        }
        LOG.info("a tokenizer did not pass: {}", words);
        boolean refused = words.contains("refused: ");
        return new Ending(
                false, "the tokenizers library " + (refused ? "refuses it" : "does not survive it") + reason(words));
    }

    /// What a panic of the library, or an exception, says first.
    private static String reason(String words) {
        Matcher panic = Pattern.compile("panicked at [^\n]*\n?(.{1,300})").matcher(words);
        Matcher refused = Pattern.compile("refused: (.{1,300})").matcher(words);
        String why = panic.find() ? panic.group(1) : refused.find() ? refused.group(1) : "";
        return why.isBlank() ? "" : " (" + why.strip() + ")";
    }

    /// Memory of a process in bytes; 0 where the system does not tell.
    private static long resident(long pid) {
        Path status = Path.of("/proc", Long.toString(pid), "statm");
        try {
            return Long.parseLong(Files.readString(status).split(" ")[1]) * 4096;
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }

    private static void remove(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            LOG.debug("{} stays", folder, e);
        }
    }

    /// The process: reads a tokenizer from standard input and tries it.
    public static void main(String[] arguments) throws IOException {
        Library.beQuiet();
        byte[] json = System.in.readAllBytes();
        try (HuggingFaceTokenizer tokenizer =
                HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), Library.OPTIONS)) {
            List<String> texts = probes(new String(json, StandardCharsets.UTF_8));
            for (String text : texts) {
                tokenizer.encode(text);
            }
            tokenizer.batchEncode(texts);
            tokenizer.encode("a", "b");
        } catch (RuntimeException e) {
            System.out.println("refused: " + e.getMessage());
            System.exit(1);
        }
        System.out.println(GOOD);
        System.exit(0);
    }

    /// Ordinary text, what patterns stumble over (long runs of one kind, ended by another), all of Unicode's first
    /// plane, and what the file itself looks for.
    private static List<String> probes(String json) {
        List<String> texts = new ArrayList<>(
                List.of(
                        "",
                        " ",
                        "A short text, with words: \u00e9t\u00e9, \u4f60\u597d, \u0645\u0631\u062d\u0628\u0627, \ud83d\ude00!\n\tEnd."));
        for (String run : List.of("a", " ", "0", "A", "-", "\u00e9", "\u2581", "ab ", "aA1", "\n", "'s", "##a")) {
            for (int times : new int[] {30, 1000}) {
                texts.add(run.repeat(times) + "!");
                texts.add("x" + run.repeat(times) + "\u4f60");
            }
        }
        StringBuilder all = new StringBuilder();
        for (int c = 1; c < 0xFFFE; c += c < 0x3000 ? 1 : 37) {
            if (!Character.isSurrogate((char) c)) {
                all.append((char) c);
            }
            if (all.length() == 4000) {
                texts.add(all.toString());
                all.setLength(0);
            }
        }
        texts.add(all.toString());
        StringBuilder own = new StringBuilder();
        Matcher strings = Pattern.compile("\"(?:String|content|prepend)\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.){1,40})\"")
                .matcher(json);
        while (strings.find() && own.length() < 4000) {
            own.append(strings.group(1)).append(' ').append(strings.group(1));
        }
        texts.add(own.toString());
        return texts;
    }
}

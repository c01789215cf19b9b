package sirkuit.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import sirkuit.ClassPath;
import sirkuit.Message;
import sirkuit.Problem;

/// A command of this program's command line, worked on by a process of its own: for the window, which may not use what
/// reads checkpoints, and whose engine may be busy for an hour.
///
/// @param words program and arguments
public record CommandProcess(List<String> words) {
    private static final String PREFIX = "sirkuit: ";

    public CommandProcess {
        words = List.copyOf(words);
    }

    /// The same Java, the same class path.
    public static CommandProcess ofThisProgram(List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC"));
        words.addAll(EngineCommand.atDeath());
        words.addAll(List.of("-cp", ClassPath.absolute(), "sirkuit.cli.Main"));
        words.addAll(arguments);
        return new CommandProcess(words);
    }

    /// Waits for its end.
    ///
    /// @return what it wrote to standard output
    /// @throws Problem with its own words when it failed
    public String run() {
        try {
            Process process = new ProcessBuilder(words).start();
            process.getOutputStream().close();
            CompletableFuture<String> told = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            String output = text(process.getInputStream());
            int status = process.waitFor();
            if (status != 0) {
                throw problem(status, told.join());
            }
            return output;
        } catch (IOException e) {
            throw Problem.of(e, "engine.command-not-started", words.getFirst(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(e, "engine.interrupted");
        }
    }

    private static String text(java.io.InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The command line prints what happened after its name, and what to do on the next line.
    private static Problem problem(int status, String told) {
        List<String> lines = told.lines().filter(l -> !l.isBlank()).toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(PREFIX)) {
                String remedy = lines.subList(i + 1, lines.size()).stream()
                        .map(String::strip)
                        .collect(Collectors.joining(" "));
                return new Problem(
                        Problem.Kind.INPUT,
                        Message.plain(lines.get(i).substring(PREFIX.length())),
                        remedy.isEmpty() ? Message.of("engine.command-failed-silently.remedy") : Message.plain(remedy),
                        null);
            }
        }
        return lines.isEmpty()
                ? Problem.of("engine.command-failed-silently", status)
                : Problem.of("engine.command-failed", status, lines.getLast());
    }
}

package sirkuit.app.session;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;
import sirkuit.LogFiles;
import sirkuit.Problem;
import sirkuit.app.look.Words;
import sirkuit.app.work.Threads;

/// The end of a log file, filtered.
public final class LogModel {
    /// The most bytes that are read. More would only slow the window down.
    static final int MOST = 1 << 19;

    /// The program that wrote it.
    public enum Writer {
        WINDOW,
        ENGINE;

        public String words() {
            return Words.of("log.writer." + name());
        }

        Path file() {
            return this == WINDOW ? LogFiles.window() : LogFiles.engine();
        }
    }

    private final Threads threads;
    private final ObjectProperty<Writer> writer = new SimpleObjectProperty<>(Writer.WINDOW);
    private final StringProperty filter = new SimpleStringProperty("");
    private final BooleanProperty warningsOnly = new SimpleBooleanProperty();
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
    private List<String> lines = List.of();

    public LogModel(Threads threads) {
        this.threads = threads;
        writer.subscribe(w -> reload());
        filter.subscribe(f -> show());
        warningsOnly.subscribe(w -> show());
    }

    public ObjectProperty<Writer> writer() {
        return writer;
    }

    /// Shows only lines that contain this, in upper or lower case.
    public StringProperty filter() {
        return filter;
    }

    public BooleanProperty warningsOnly() {
        return warningsOnly;
    }

    /// The matching lines, or a sentence that says why there are none.
    public ReadOnlyStringProperty text() {
        return text.getReadOnlyProperty();
    }

    /// Reads the file again.
    public void reload() {
        Path file = writer.get().file();
        threads.fetch(
                () -> end(file),
                read -> {
                    lines = read;
                    show();
                },
                problem -> {
                    lines = List.of();
                    text.set(String.valueOf(problem.getMessage()));
                });
    }

    private void show() {
        String fitting = fitting(lines, filter.get(), warningsOnly.get());
        text.set(
                !fitting.isEmpty()
                        ? fitting
                        : lines.isEmpty()
                                ? Words.of("log.empty", writer.get().file().toString())
                                : Words.of("log.nothing-fits"));
    }

    static String fitting(List<String> lines, String filter, boolean warningsOnly) {
        String wanted = filter.strip().toLowerCase(Locale.ROOT);
        return lines.stream()
                .filter(l -> l.toLowerCase(Locale.ROOT).contains(wanted))
                .filter(l -> !warningsOnly || l.contains(" WARN ") || l.contains(" ERROR "))
                .collect(Collectors.joining("\n"));
    }

    /// The last lines of a file; none if there is no such file.
    static List<String> end(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long begin = Math.max(0, in.length() - MOST);
            in.seek(begin);
            byte[] bytes = new byte[(int) (in.length() - begin)];
            in.readFully(bytes);
            List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return begin == 0 || all.isEmpty() ? all : all.subList(1, all.size()); // the first line is incomplete
        } catch (IOException e) {
            throw Problem.plain(
                    Words.of("log.unreadable", file, String.valueOf(e.getMessage())),
                    Words.of("log.unreadable.remedy"),
                    e);
        }
    }

    /// The folder with all log files; null while nothing was logged.
    public static @Nullable Path folder() {
        return Files.isDirectory(LogFiles.folder()) ? LogFiles.folder() : null;
    }
}

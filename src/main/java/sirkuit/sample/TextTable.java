package sirkuit.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// A tab-separated table among the program's resources, with a header line.
record TextTable(List<Map<String, String>> rows) {
    /// @param name of a file beside this class
    static TextTable read(String name) {
        try (InputStream in = Objects.requireNonNull(TextTable.class.getResourceAsStream(name), name)) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            List<String> header = cells(lines.getFirst());
            return new TextTable(lines.stream()
                    .skip(1)
                    .map(line -> row(name, header, cells(line)))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it is part of the program
        }
    }

    private static Map<String, String> row(String name, List<String> header, List<String> cells) {
        if (cells.size() != header.size()) {
            throw new IllegalStateException(name + ": " + cells.size() + " cells in " + cells);
        }
        Map<String, String> row = new LinkedHashMap<>();
        IntStream.range(0, cells.size()).forEach(i -> row.put(header.get(i), cells.get(i)));
        return row;
    }

    private static List<String> cells(String line) {
        return List.of(line.split("\t", -1));
    }
}

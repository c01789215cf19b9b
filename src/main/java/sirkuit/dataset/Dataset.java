package sirkuit.dataset;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Labelled texts with their labels as class indices.
///
/// @param file     where they were read from
/// @param labels   the classes
/// @param examples in the order of the file
public record Dataset(Path file, LabelMap labels, List<Example> examples) {
    public Dataset {
        examples = List.copyOf(examples);
    }

    /// @param text  never blank
    /// @param label class index, the order of the checkpoint's logits
    public record Example(String text, int label) {}

    /// Reads a CSV file and maps its labels.
    ///
    /// @throws sirkuit.Problem naming file and line
    public static Dataset read(Path file, Columns columns, LabelMap labels) {
        List<Example> examples = new ArrayList<>();
        for (LabelledText row : CsvTexts.read(file, columns)) {
            examples.add(new Example(row.text(), labels.index(file, row)));
        }
        return new Dataset(file, labels, examples);
    }

    public int size() {
        return examples.size();
    }

    public List<String> texts() {
        return examples.stream().map(Example::text).toList();
    }

    /// Number of examples of each class, in the order of the labels.
    public int[] classCounts() {
        int[] counts = new int[labels.size()];
        examples.forEach(e -> counts[e.label()]++);
        return counts;
    }

    /// The same file and labels with only the examples at `indices`, in that order.
    public Dataset select(List<Integer> indices) {
        return new Dataset(file, labels, indices.stream().map(examples::get).toList());
    }

    /// SHA-256 over texts and labels, as hexadecimal: identifies what a score or a run was made from.
    public String digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (Example e : examples) {
                sha.update(e.text().getBytes(StandardCharsets.UTF_8));
                sha.update((byte) 0);
                sha.update(labels.names().get(e.label()).getBytes(StandardCharsets.UTF_8));
                sha.update((byte) 0);
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

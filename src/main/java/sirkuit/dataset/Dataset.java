package sirkuit.dataset;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.dataset.table.TextFormat;
import sirkuit.dataset.table.TextSource;

/// Labelled texts on disk with their labels as class indices. Only the labels and a fingerprint of each text are in
/// memory. The texts are read again when they are needed.
public final class Dataset {
    private final TextSource source;
    private final LabelMap labels;
    private final ClassBinding binding;
    private final int[] classes;
    private final long[] fingerprints;
    private final String digest;
    private final List<Message> notes;

    private Dataset(
            LabelledTexts.Account account,
            LabelMap labels,
            ClassBinding binding,
            int[] classes,
            long[] fingerprints,
            String digest) {
        source = account.source();
        notes = account.notes();
        this.labels = labels;
        this.binding = binding;
        this.classes = classes;
        this.fingerprints = fingerprints;
        this.digest = digest;
    }

    /// @param text     never blank
    /// @param pair     the second text; null if the task is about single texts
    /// @param label    class index, the order of the checkpoint's logits
    /// @param language see [LabelledText#language()]
    public record Example(
            String text,
            @Nullable String pair,
            int label,
            @Nullable String language) {
        public Example(String text, @Nullable String pair, int label) {
            this(text, pair, label, null);
        }

        public Example(String text, int label) {
            this(text, null, label);
        }
    }

    /// Reads the file once. It checks every row, finds the class of its label, and computes its fingerprint.
    ///
    /// @throws Problem naming file and line
    public static Dataset open(TextSource source, LabelMap labels) {
        return open(source, labels, binding -> {});
    }

    /// @param told receives the class of every label, even if some match none and the file is refused for that
    public static Dataset open(TextSource source, LabelMap labels, Consumer<ClassBinding> told) {
        Reading reading = new Reading(source, labels);
        LabelledTexts.Account account = LabelledTexts.read(source, reading);
        ClassBinding binding = reading.labelled.binding();
        told.accept(binding);
        reading.requireKnown(binding);
        return new Dataset(
                account,
                labels,
                binding,
                Arrays.copyOf(reading.classes, reading.count),
                Arrays.copyOf(reading.fingerprints, reading.count),
                HexFormat.of().formatHex(reading.sha.digest()));
    }

    private static final class Reading implements Consumer<LabelledText> {
        private final TextSource source;
        private final LabelMap labels;
        private final ClassBinding.Gathering labelled;
        private final MessageDigest sha = sha256();
        private int[] classes = new int[1024];
        private long[] fingerprints = new long[1024];
        private int count;

        Reading(TextSource source, LabelMap labels) {
            this.source = source;
            this.labels = labels;
            labelled = new ClassBinding.Gathering(source.file(), labels);
        }

        /// The word for a row's number.
        private String place() {
            return source.knownFormat() == TextFormat.PARQUET ? "row" : "line";
        }

        @Override
        public void accept(LabelledText row) {
            if (count == classes.length) {
                classes = Arrays.copyOf(classes, 2 * count);
                fingerprints = Arrays.copyOf(fingerprints, 2 * count);
            }
            int label = labelled.add(row);
            if (label < 0) {
                if (labelled.hopeless()) {
                    requireKnown(labelled.binding());
                }
                return; // read on, to report all labels without a class at once
            }
            classes[count] = label;
            fingerprints[count] = fingerprint(row.text(), row.pair());
            count++;
            update(row.text());
            if (row.pair() != null) {
                update(row.pair());
            }
            update(labels.names().get(label));
        }

        private void requireKnown(ClassBinding binding) {
            try {
                binding.requireKnown(place());
            } catch (Problem unknown) {
                throw UnknownLabel.explained(unknown, source, binding);
            }
        }

        private void update(String text) {
            sha.update(text.getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
        }
    }

    /// 64 bits of the text. In a file of a million different texts, the chance that two share them is 1 in 37
    /// million.
    private static long fingerprint(String text, @Nullable String pair) {
        long hash = 0xcbf29ce484222325L;
        String whole = pair == null ? text : text + '\u0000' + pair;
        for (int i = 0; i < whole.length(); i++) {
            hash = (hash ^ whole.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return hash ^ (hash >>> 33);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public Path file() {
        return source.file();
    }

    /// What to know before trusting its rows: how quotation marks were read, which rows were skipped.
    public List<Message> notes() {
        return notes;
    }

    public LabelMap labels() {
        return labels;
    }

    /// The class of every label in the file.
    public ClassBinding binding() {
        return binding;
    }

    public int size() {
        return classes.length;
    }

    /// Class index of one example.
    public int label(int index) {
        return classes[index];
    }

    /// Number of examples of each class, in the order of the labels.
    public int[] classCounts() {
        int[] counts = new int[labels.size()];
        for (int label : classes) {
            counts[label]++;
        }
        return counts;
    }

    /// SHA-256 over texts and labels, as hexadecimal. It identifies the data of a score or a run.
    public String digest() {
        return digest;
    }

    /// Rows whose text is also in an earlier row.
    public int duplicates() {
        return size() - (int) Arrays.stream(fingerprints).distinct().count();
    }

    /// Rows whose text is also in another dataset. They are not held out.
    public int overlap(Dataset other) {
        long[] sorted = other.fingerprints.clone();
        Arrays.sort(sorted);
        return (int) Arrays.stream(fingerprints)
                .filter(f -> Arrays.binarySearch(sorted, f) >= 0)
                .count();
    }

    /// Reads all examples again, some at a time, in the order of the file.
    ///
    /// @param most how many at a time
    /// @throws Problem when the file has changed since it was opened
    public void forEach(int most, Consumer<List<Example>> each) {
        List<Example> some = new ArrayList<>();
        again((index, example) -> {
            some.add(example);
            if (some.size() == most) {
                each.accept(List.copyOf(some));
                some.clear();
            }
        });
        if (!some.isEmpty()) {
            each.accept(List.copyOf(some));
        }
    }

    /// The examples at `indices`, in that order.
    ///
    /// @throws Problem when the file has changed since it was opened
    public List<Example> select(List<Integer> indices) {
        Set<Integer> wanted = Set.copyOf(indices);
        Map<Integer, Example> found = new HashMap<>();
        again((index, example) -> {
            if (wanted.contains(index)) {
                found.put(index, example);
            }
        });
        return indices.stream().map(found::get).toList();
    }

    private interface Visitor {
        void visit(int index, Example example);
    }

    private void again(Visitor visitor) {
        int[] next = new int[1];
        LabelledTexts.read(source, row -> {
            int index = next[0]++;
            if (index >= size() || fingerprints[index] != fingerprint(row.text(), row.pair())) {
                throw changed();
            }
            visitor.visit(index, new Example(row.text(), row.pair(), classes[index], row.language()));
        });
        if (next[0] != size()) {
            throw changed();
        }
    }

    private Problem changed() {
        return Problem.of("dataset.changed-while-read", file());
    }
}

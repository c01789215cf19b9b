package sirkuit.app.browser;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/// Texts of many rows as UTF-8, some hundreds to a block, with a lower-case copy for searching. A hundred thousand
/// sentences take about twenty megabytes and are searched in milliseconds.
final class TextBlocks {
    private final List<Block> blocks = new ArrayList<>();
    private int size;

    /// @param first   row
    /// @param bytes   all texts of the block
    /// @param ends    where each ends in `bytes`
    /// @param folded  all texts in small letters, a zero after each
    /// @param folds   where each ends in `folded`, after its zero
    private record Block(int first, byte[] bytes, int[] ends, byte[] folded, int[] folds) {}

    int size() {
        return size;
    }

    void add(List<String> texts) {
        if (texts.isEmpty()) {
            return;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteArrayOutputStream folded = new ByteArrayOutputStream();
        int[] ends = new int[texts.size()];
        int[] folds = new int[texts.size()];
        for (int i = 0; i < ends.length; i++) {
            bytes.writeBytes(texts.get(i).getBytes(StandardCharsets.UTF_8));
            folded.writeBytes(fold(texts.get(i)));
            folded.write(0);
            ends[i] = bytes.size();
            folds[i] = folded.size();
        }
        blocks.add(new Block(size, bytes.toByteArray(), ends, folded.toByteArray(), folds));
        size += ends.length;
    }

    String get(int row) {
        int low = 0;
        int high = blocks.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (blocks.get(middle).first <= row) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Block block = blocks.get(low);
        int i = row - block.first;
        int from = i == 0 ? 0 : block.ends[i - 1];
        return new String(block.bytes, from, block.ends[i] - from, StandardCharsets.UTF_8);
    }

    /// Adds the rows whose text contains `words`, in upper or lower case.
    ///
    /// @param words not empty
    void find(String words, BitSet into) {
        byte[] needle = fold(words);
        for (Block block : blocks) {
            int row = 0;
            for (int at = next(block.folded, needle, 0); at >= 0; at = next(block.folded, needle, block.folds[row])) {
                int found = Arrays.binarySearch(block.folds, at + 1);
                row = found < 0 ? -found - 1 : found;
                into.set(block.first + row);
            }
        }
    }

    private static byte[] fold(String text) {
        return text.replace('\0', ' ').toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
    }

    private static int next(byte[] in, byte[] needle, int from) {
        byte first = needle[0];
        int last = in.length - needle.length;
        for (int at = from; at <= last; at++) {
            if (in[at] == first && Arrays.equals(in, at, at + needle.length, needle, 0, needle.length)) {
                return at;
            }
        }
        return -1;
    }
}

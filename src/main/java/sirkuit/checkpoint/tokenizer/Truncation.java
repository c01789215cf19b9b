package sirkuit.checkpoint.tokenizer;

import java.util.ArrayList;
import java.util.List;
import sirkuit.Problem;

/// Chooses the tokens of a text or a pair that stay if there is not enough space. It does what transformers does with
/// `truncation=True`, and what the tokenizers library does since its version 0.23. In a pair, the longer text loses
/// tokens first. Then each text has half of the space. Which text gets an odd token depends on how far that library
/// reads before it stops, which is why words count here.
///
/// @param most maximum number of tokens, including special ones
/// @param left whether the beginning is cut instead of the end
record Truncation(int most, boolean left) {
    /// @param special for each token, 1 for those that are put around the texts
    /// @param part    for each token, 1 in the second text
    /// @param words   for each token, the number of its word in its text
    /// @param added   for each token, whether it is an added token, found before words were looked for
    /// @return indices of the tokens that stay, in order
    /// @throws Problem when there is no space for the special tokens
    int[] kept(long[] special, long[] part, long[] words, boolean[] added) {
        int count = special.length;
        List<Integer> first = new ArrayList<>();
        List<Integer> second = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (special[i] == 0) {
                (part[i] == 1 ? second : first).add(i);
            }
        }
        int room = most - (count - first.size() - second.size());
        if (room < 0) {
            throw Problem.of("checkpoint.tokenizer.max-length-too-short", most, most - room);
        }
        int[] lengths =
                lengths(first.size(), second.size(), room, read(first, words, added), read(second, words, added));
        boolean[] stays = new boolean[count];
        for (int i = 0; i < count; i++) {
            stays[i] = special[i] == 1;
        }
        mark(stays, first, lengths[0]);
        mark(stays, second, lengths[1]);
        return java.util.stream.IntStream.range(0, count).filter(i -> stays[i]).toArray();
    }

    private static int[] lengths(int first, int second, int room, int readFirst, int readSecond) {
        if (second == 0) {
            return new int[] {Math.min(first, room), 0};
        }
        if (first + second <= room) {
            return new int[] {first, second};
        }
        boolean swapped = readFirst > readSecond;
        int shorter = Math.min(readFirst, readSecond);
        int longer = shorter > room ? shorter : Math.max(shorter, room - shorter);
        if (shorter + longer > room) {
            shorter = room / 2;
            longer = shorter + room % 2;
        }
        return swapped ? new int[] {longer, shorter} : new int[] {shorter, longer};
    }

    /// The library stops reading a text after the word with which it has enough tokens.
    private int read(List<Integer> tokens, long[] words, boolean[] added) {
        int count = tokens.size();
        for (int i = 0; i < count; i++) {
            int at = left ? count - 1 - i : i;
            int next = left ? at - 1 : at + 1;
            boolean ends = next < 0 || next >= count || words[tokens.get(next)] != words[tokens.get(at)];
            if (ends && i + 1 >= most && !added[tokens.get(at)]) {
                return i + 1;
            }
        }
        return count;
    }

    private void mark(boolean[] stays, List<Integer> tokens, int length) {
        int from = left ? Math.max(0, tokens.size() - length) : 0;
        int to = left ? tokens.size() : Math.min(length, tokens.size());
        for (int i = from; i < to; i++) {
            stays[tokens.get(i)] = true;
        }
    }
}

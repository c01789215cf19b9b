package sirkuit.dataset.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;
import sirkuit.Problem;

/// Recognises a file without a header that is read as if it had one: a value of its first line occurs again below it.
public final class Headerless {
    private static final int LOOKED_AT = 500;
    private static final int LONGEST_NAME = 40;

    private Headerless() {}

    /// @param table read up to its header
    /// @param name  column that was not found
    /// @return null when the first line may well be a header
    public static @Nullable Message remedy(TextSource source, Table table, String name) {
        List<String> first = table.columns();
        int label = -1;
        long[] lengths = first.stream().mapToLong(String::length).toArray();
        int[] again = new int[first.size()];
        try {
            int rows = 0;
            for (Table.Row row = table.next(); row != null && rows < LOOKED_AT; row = table.next()) {
                rows++;
                for (int i = 0; i < first.size(); i++) {
                    String value = row.get(first.get(i));
                    lengths[i] += value == null ? 0 : value.length();
                    again[i] += value != null && same(value, first.get(i)) ? 1 : 0;
                }
            }
            for (int i = 0; i < again.length; i++) {
                label = again[i] > 0 && (label < 0 || again[i] > again[label]) ? i : label;
            }
        } catch (Problem notOneValueOrDamaged) {
            return null; // the missing column is reported, whatever else is wrong
        }
        boolean numbered =
                name.matches("\\d{1,4}") && Integer.parseInt(name) >= 1 && Integer.parseInt(name) <= first.size();
        boolean sentence = first.stream().anyMatch(n -> n.length() > LONGEST_NAME && n.contains(" "));
        if (label < 0 && !numbered && !sentence) {
            return null;
        }
        return Message.of("dataset.no-header.remedy", options(source, first, lengths, label));
    }

    private static boolean same(String value, String name) {
        String key = Values.key(value);
        return !key.isEmpty() && key.equals(Values.key(name));
    }

    private static String options(TextSource source, List<String> first, long[] lengths, int label) {
        int width = first.size();
        int named = label >= 0 ? label : width - 1;
        List<Integer> texts = new ArrayList<>(IntStream.range(0, width)
                .filter(i -> i != named)
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> -lengths[i]))
                .limit(source.columns().pair() == null ? 1 : 2)
                .sorted()
                .toList());
        StringBuilder options = new StringBuilder();
        List<String> kinds = List.of("--text-column ", " --pair-column ");
        for (int i = 0; i < texts.size(); i++) {
            options.append(kinds.get(i)).append(texts.get(i) + 1);
        }
        return options.append(" --label-column ").append(named + 1).toString().strip();
    }
}

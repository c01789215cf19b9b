package sirkuit.dataset;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sirkuit.CommaList;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.ShellWord;
import sirkuit.dataset.table.TextSource;
import sirkuit.dataset.table.Values;

/// Recognises the usual reasons for labels that the checkpoint does not have, and says what to do.
final class UnknownLabel {
    private static final List<String> NONE = List.of("-", "-1", "nan", "none", "null", "n/a", "na", "?");
    private static final List<String> HEADERS =
            List.of("label", "labels", "class", "gold_label", "sentiment", "target");

    private UnknownLabel() {}

    /// @param unknown the problem of the first row with the label
    /// @param binding the classes of all labels
    static Problem explained(Problem unknown, TextSource source, ClassBinding binding) {
        String written = binding.firstUnknown().label();
        long line = binding.firstUnknown().line();
        String label = Values.key(written);
        String map = binding.countedFromMinusOne();
        if (map != null) {
            return unknown.withRemedy(Message.of("dataset.labels-from-minus-one.remedy", map));
        }
        if (NONE.contains(label)) {
            String all = Stream.concat(source.layout().skipLabels().stream(), Stream.of(written))
                    .map(one -> one.isEmpty() ? "\"\"" : ShellWord.of(CommaList.joined(List.of(one))))
                    .collect(Collectors.joining(" --skip-label "));
            return unknown.withRemedy(Message.of("dataset.no-gold-label.remedy", written, all, unknown.advice()));
        }
        if (!source.layout().header() && line == 1 && HEADERS.contains(label)) {
            return unknown.withRemedy(Message.of("dataset.label-in-header.remedy"));
        }
        return unknown;
    }
}

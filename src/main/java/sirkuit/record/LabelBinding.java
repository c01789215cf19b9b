package sirkuit.record;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sirkuit.dataset.ClassBinding;

/// Which class every label of a data file was taken to mean, as it is kept beside what was made from it.
///
/// @param classes class names, in the order of the logits
/// @param named   who names them: `config`, `labels` (the user) or `verbalizer`
/// @param values  every label that occurs
public record LabelBinding(List<String> classes, String named, List<Value> values) {
    /// How the class of a label was found: by its name, another spelling of it, its number, the user's label map,
    /// or not at all.
    public enum How {
        NAME,
        SPELLING,
        NUMBER,
        LABEL_MAP,
        UNKNOWN
    }

    /// @param label  as it is in the file
    /// @param meaning name of the class; null for none
    /// @param count  rows that have it
    /// @param texts  the first few of them; null where only the numbers are kept
    public record Value(
            String label,
            @Nullable String meaning,
            How how,
            int count,
            @Nullable List<String> texts) {}

    public LabelBinding {
        classes = classes == null ? List.of() : List.copyOf(classes);
        values = values == null ? List.of() : List.copyOf(values);
    }

    /// @param withTexts whether some texts of each label are kept
    public static LabelBinding of(ClassBinding binding, boolean withTexts) {
        return new LabelBinding(
                binding.classes(),
                binding.named().name().toLowerCase(Locale.ROOT),
                binding.values().stream()
                        .map(v -> new Value(
                                v.label(),
                                v.index() < 0 ? null : binding.classes().get(v.index()),
                                How.valueOf(v.how().name()),
                                v.count(),
                                withTexts ? v.texts() : null))
                        .toList());
    }

    /// `0 read as negative (by number, 20 texts), ...`
    public String words() {
        return String.join(
                ", ", values.stream().map(LabelBinding::words).limit(24).toList());
    }

    private static String words(Value v) {
        String how =
                switch (v.how) {
                    case NAME -> "";
                    case SPELLING -> "by spelling, ";
                    case NUMBER -> "by number, ";
                    case LABEL_MAP -> "as assigned, ";
                    case UNKNOWN -> "unknown, ";
                };
        String texts = v.count == 1 ? "1 text" : v.count + " texts";
        boolean same = v.how == How.NAME || v.meaning == null;
        return v.label + (same ? "" : " read as " + v.meaning) + " (" + how + texts + ")";
    }
}

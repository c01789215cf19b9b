package sirkuit.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import sirkuit.CommaList;
import sirkuit.record.DataFile;
import sirkuit.record.LabelChoices;
import sirkuit.record.Prompt;

/// The options of a command, one per line, each word quoted for a shell.
final class OptionLines {
    private final UnaryOperator<String> place;
    private final List<String> lines = new ArrayList<>();

    /// @param place how a path is written
    OptionLines(UnaryOperator<String> place) {
        this.place = place;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    void flag(boolean set, String option) {
        if (set) {
            lines.add(option);
        }
    }

    void add(String option, Object value) {
        lines.add(option + " " + Markdown.word(value.toString()));
    }

    void path(String option, String path) {
        add(option, place.apply(path));
    }

    /// @param name of the file or folder
    void path(String option, String name, String path) {
        add(option, name + "=" + place.apply(path));
    }

    /// @param usual the default, which is left out
    void unless(@Nullable String usual, String option, @Nullable Object value) {
        if (value != null && !Objects.equals(usual, value.toString())) {
            add(option, value);
        }
    }

    void columns(DataFile data) {
        unless("text", "--text-column", data.textColumn());
        unless("label", "--label-column", data.labelColumn());
        unless(null, "--pair-column", data.pairColumn());
        layout(data);
    }

    void layout(DataFile data) {
        unless(null, "--format", data.format());
        flag(data.noHeader() != null, "--no-header");
        unless(null, "--quoting", data.quoting());
        if (data.skipLabels() != null) {
            data.skipLabels().forEach(label -> add("--skip-label", CommaList.joined(List.of(label))));
        }
    }

    void labelMap(String option, @Nullable DataFile data) {
        if (data != null && data.labelMap() != null) {
            add(option, LabelChoices.written(data.labelMap()));
        }
    }

    void reading(@Nullable List<String> labels, @Nullable Prompt prompt) {
        if (labels != null) {
            add("--labels", CommaList.joined(labels));
        }
        if (prompt != null) {
            add("--template", prompt.template());
            if (prompt.verbalizer() != null) {
                add("--verbalizer", CommaList.written(prompt.verbalizer()));
            }
        }
    }
}

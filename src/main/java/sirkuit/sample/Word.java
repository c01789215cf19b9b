package sirkuit.sample;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// An entry of a lexicon: a word or short phrase in every language.
///
/// @param kind     what it is: `thing`, `opinion`, ...
/// @param domain   what it goes with; `any` goes with everything
/// @param polarity `+`, `-` or empty
/// @param heldOut  whether it is kept out of the labelled training texts
/// @param forms    by language
record Word(String kind, String domain, String polarity, boolean heldOut, Map<Language, String> forms) {
    static final String ANY = "any";

    static List<Word> read(String resource) {
        return TextTable.read(resource).rows().stream().map(Word::of).toList();
    }

    private static Word of(Map<String, String> row) {
        return new Word(
                cell(row, "kind"),
                cell(row, "domain"),
                cell(row, "polarity"),
                cell(row, "split").equals("test"),
                forms(row));
    }

    /// The languages' columns of a row; empty for one that the table does not have.
    static Map<Language, String> forms(Map<String, String> row) {
        Map<Language, String> forms = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            forms.put(language, row.getOrDefault(language.id(), ""));
        }
        return forms;
    }

    static String cell(Map<String, String> row, String column) {
        return Objects.requireNonNull(row.get(column), column);
    }

    String in(Language language) {
        return Objects.requireNonNull(forms.get(language));
    }

    boolean goesWith(String other) {
        return domain.equals(ANY) || domain.equals(other);
    }
}

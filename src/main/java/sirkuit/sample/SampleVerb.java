package sirkuit.sample;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A verb: what is done to something.
///
/// @param name     by which others name it
/// @param domain   what it is done to; `any` for everything
/// @param opposite name of the verb that cannot be true of the same deed; empty for none
/// @param heldOut  see [Word]
/// @param all      active and passive form by language; in English past, participle and bare form
record SampleVerb(String name, String domain, String opposite, boolean heldOut, Map<Language, String> all) {
    static SampleVerb of(Map<String, String> row) {
        return new SampleVerb(
                Word.cell(row, "name"),
                Word.cell(row, "domain"),
                Word.cell(row, "opposite"),
                Word.cell(row, "split").equals("test"),
                Word.forms(row));
    }

    List<String> forms(Language language) {
        return List.of(Objects.requireNonNull(all.get(language)).split("\\|"));
    }
}

package sirkuit.sample;

import java.util.Locale;

/// The languages of the samples. English is the gloss.
enum Language {
    INDONESIAN,
    MINANGKABAU,
    JAVANESE,
    ENGLISH;

    /// Column of the lexicons and folder of the texts.
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// As people write it.
    String title() {
        return name().charAt(0) + id().substring(1);
    }
}

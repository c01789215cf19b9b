package sirkuit.sample;

import java.util.Locale;

/// The languages of the samples. English is the gloss.
enum Language {
    INDONESIAN,
    MINANGKABAU,
    JAVANESE,
    ENGLISH;

    /// Its column in the lexicons and its folder of texts.
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Its name for people.
    String title() {
        return name().charAt(0) + id().substring(1);
    }
}

package sirkuit.sample;

import java.util.List;

/// How an action is expressed in each language.
final class Phrases {
    private Phrases() {}

    static String someone(Language language) {
        return switch (language) {
            case INDONESIAN -> "seseorang";
            case JAVANESE -> "ana wong";
            case MINANGKABAU -> throw new IllegalArgumentException("no scenes in Minangkabau");
            case ENGLISH -> "somebody";
        };
    }

    private static String not(Language language) {
        return language == Language.INDONESIAN ? "tidak " : "ora ";
    }

    static String active(Language language, String who, SampleVerb deed, String what, boolean negated) {
        List<String> forms = deed.forms(language);
        if (language == Language.ENGLISH) {
            return who + (negated ? " did not " + forms.get(2) : " " + forms.getFirst()) + " " + what;
        }
        return who + " " + (negated ? not(language) : "") + forms.getFirst() + " " + what;
    }

    static String passive(Language language, String what, SampleVerb deed, String who, boolean negated) {
        List<String> forms = deed.forms(language);
        if (language == Language.ENGLISH) {
            return what + (negated ? " were not " : " were ") + forms.get(1) + " by " + who;
        }
        String by = language == Language.INDONESIAN ? " oleh " : " dening ";
        // Somebody stands behind the verb without the word for "there is".
        String whom = who.startsWith("ana ") ? who.substring(4) : who;
        return what + " " + (negated ? not(language) : "") + forms.get(1) + by + whom;
    }

    static List<String> words(Language language) {
        return language == Language.INDONESIAN
                ? List.of("seseorang", "tidak", "oleh")
                : List.of("ana", "wong", "ora", "dening");
    }
}

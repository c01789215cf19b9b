package sirkuit.app.look;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// The window's texts in the current language: `words.properties`, and Indonesian beside it. Texts are patterns of
/// [MessageFormat], so an apostrophe is written twice. Numbers are passed as [Numbers] writes them.
public final class Words {
    private static final String BUNDLE = "sirkuit.app.words";
    private static volatile ResourceBundle bundle = in(Locale.getDefault());

    private Words() {}

    /// The text of that name.
    ///
    /// @throws java.util.MissingResourceException when there is none, which is a bug that a test finds
    public static String of(String key, Object... arguments) {
        return new MessageFormat(bundle.getString(key), bundle.getLocale()).format(arguments);
    }

    /// The current language, for the names of months.
    public static Locale locale() {
        Locale spoken = bundle.getLocale();
        return spoken.equals(Locale.ROOT) ? Locale.ENGLISH : spoken;
    }

    /// Uses another language from now on. What is already shown does not change.
    ///
    /// @param language `en` or `id`; English for any other
    public static void speak(String language) {
        bundle = in(Locale.of(language));
    }

    private static ResourceBundle in(Locale locale) {
        // The system's language is not used: English must stay English on an Indonesian system.
        return ResourceBundle.getBundle(
                BUNDLE, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}

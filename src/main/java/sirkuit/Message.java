package sirkuit;

import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/// A sentence as data: the code of its text in `messages.properties`, and the arguments to fill in. Code that shows it
/// uses the reader's language. Code that decides something looks at the message's code.
///
/// @param code      key of the bundle; [#PLAIN] for a text that is only known as it was written
/// @param arguments strings, or messages within the message
public record Message(String code, List<Object> arguments) {
    /// Of a message whose only argument is its text: what an older version wrote.
    public static final String PLAIN = "";

    private static final String BUNDLE = "sirkuit.messages";

    public Message {
        code = code == null ? PLAIN : code;
        arguments = arguments == null
                ? List.of()
                : arguments.stream().map(Message::argument).toList();
    }

    /// @param arguments messages stay messages, a path becomes the whole path, wherever it was typed, and everything
    ///                  else is written as Java writes it
    public static Message of(String code, @Nullable Object... arguments) {
        return new Message(code, Arrays.stream(arguments).map(Message::argument).toList());
    }

    /// A text that has no code.
    public static Message plain(String text) {
        return new Message(PLAIN, List.of(text));
    }

    /// Messages one after another.
    ///
    /// @param code of a text that puts two together, such as `ground.comma`
    /// @param some at least one
    public static Message joined(String code, List<Message> some) {
        return some.stream().reduce((a, b) -> of(code, a, b)).orElseThrow();
    }

    private static Object argument(@Nullable Object value) {
        if (value instanceof Map<?, ?> map && map.get("code") instanceof String code) {
            return new Message(code, map.get("arguments") instanceof List<?> list ? List.copyOf(list) : List.of());
        }
        if (value instanceof Path path) {
            return path.isAbsolute()
                    ? path.toString()
                    : path.toAbsolutePath().normalize().toString();
        }
        return value instanceof Message ? value : String.valueOf(value);
    }

    /// The same arguments with another text, such as the remedy that belongs to a problem.
    Message withCode(String other) {
        return new Message(other, arguments);
    }

    /// In English, for logs, files and the command line.
    public String english() {
        return text(Locale.ROOT);
    }

    /// In a language that has a bundle, otherwise in English.
    public String text(Locale language) {
        return text(language, "");
    }

    /// The same in the words of one place, such as the window.
    ///
    /// @param variant ending of the codes of texts for that place, such as `.window`; if there is no such text, the
    ///                normal text is used
    public String text(Locale language, String variant) {
        if (code.equals(PLAIN)) {
            return String.valueOf(arguments.isEmpty() ? "" : arguments.getFirst());
        }
        ResourceBundle bundle = in(language);
        Object[] filled = arguments.stream()
                .map(a -> a instanceof Message m ? m.text(language, variant) : a)
                .toArray();
        try {
            String key = bundle.containsKey(code + variant) ? code + variant : code;
            return new MessageFormat(bundle.getString(key), Locale.ROOT).format(filled);
        } catch (MissingResourceException e) {
            // A newer version wrote it. The arguments still say what it is about.
            return code + Arrays.asList(filled);
        }
    }

    /// In English.
    @Override
    public String toString() {
        return english();
    }

    private static ResourceBundle in(Locale language) {
        // The system's language is not used: English must stay English on an Indonesian system.
        return ResourceBundle.getBundle(
                BUNDLE,
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}

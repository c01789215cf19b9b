package sirkuit.app.heatmap;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;
import sirkuit.mask.Head;

/// What a text such as `L3 H5` finds: a head, or the reason why it finds none.
///
/// @param head    null when there is none
/// @param trouble why not; empty when there is a head
public record HeadSearch(@Nullable Head head, String trouble) {
    /// `L3 H5`, `l3h5`, `3.5`, `3 5`, `layer 3, head 5`.
    private static final Pattern WRITTEN = Pattern.compile(
            "(?:l|layer|lapisan)?\\s*(\\d{1,6})(?:\\s*[.,:;/-]\\s*|\\s+|(?=[hk]))(?:h|head|kepala)?\\s*(\\d{1,6})",
            Pattern.CASE_INSENSITIVE);

    /// Looks it up in a model of that shape.
    public static HeadSearch of(String text, int layers, int heads) {
        Matcher m = WRITTEN.matcher(text.strip());
        if (!m.matches()) {
            return new HeadSearch(null, Words.of("relevance.find.unread"));
        }
        int layer = Integer.parseInt(m.group(1));
        int head = Integer.parseInt(m.group(2));
        if (layer >= layers) {
            return new HeadSearch(null, Words.of("relevance.find.no-layer", name(layer), name(layers - 1)));
        }
        if (head >= heads) {
            return new HeadSearch(null, Words.of("relevance.find.no-head", name(head), name(heads - 1)));
        }
        return new HeadSearch(new Head(layer, head), "");
    }

    private static String name(int index) {
        return String.valueOf(index);
    }
}

package sirkuit.app.mask;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MadeBy;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;

/// The scores that strategies select by. They stay those that the mask was made by while other scores are shown, until
/// the user takes the others.
final class MaskBasis {
    private final ObjectProperty<@Nullable RelevanceScores> shown = new SimpleObjectProperty<>();
    private final Map<Key, RelevanceScores> known = new HashMap<>();
    private @Nullable RelevanceScores used;
    private @Nullable Key sought;

    private record Key(ScoreMethod method, String createdAt) {}

    /// The last complete scores that were shown.
    ObjectProperty<@Nullable RelevanceScores> shown() {
        return shown;
    }

    /// Remembers scores that a mask may have been made by.
    ///
    /// @return whether the current mask was made by them, which was not known before
    boolean learn(RelevanceScores scores) {
        Key key = key(scores);
        if (key == null) {
            return false;
        }
        known.put(key, scores);
        if (!key.equals(sought)) {
            return false;
        }
        sought = null;
        used = scores;
        return true;
    }

    /// Strategies use these from now on; null for those that are shown.
    void use(@Nullable RelevanceScores scores) {
        sought = null;
        used = scores;
    }

    /// Goes to the scores that a mask was made by, if it was made by scores.
    void follow(HeadMask mask) {
        ScoreMethod method = MadeBy.of(mask).method();
        String at = mask.scoredAt();
        Key key = method == null || at == null ? null : new Key(method, at);
        used = key == null ? null : known.get(key);
        sought = used == null ? key : null;
    }

    /// Whether the mask was made by scores that have not been read.
    boolean missing() {
        return sought != null;
    }

    /// The scores for a mask of this shape; null if there are none.
    @Nullable
    RelevanceScores of(HeadMask mask) {
        return used != null && fits(used, mask) ? used : shownFor(mask);
    }

    /// The scores that are shown, if they are for a mask of this shape.
    @Nullable
    RelevanceScores shownFor(HeadMask mask) {
        RelevanceScores now = shown.get();
        return now != null && fits(now, mask) ? now : null;
    }

    /// Whether no scores have been used yet.
    boolean unused() {
        return used == null && sought == null;
    }

    /// Whether these are the scores in use.
    boolean uses(RelevanceScores scores) {
        return used == scores || (used != null && key(scores) != null && Objects.equals(key(used), key(scores)));
    }

    private static boolean fits(RelevanceScores scores, HeadMask mask) {
        return scores.layers() == mask.layers() && scores.heads() == mask.heads();
    }

    private static @Nullable Key key(RelevanceScores scores) {
        String at = scores.createdAt();
        return at == null ? null : new Key(scores.method(), at);
    }
}

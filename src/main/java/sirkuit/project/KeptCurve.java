package sirkuit.project;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.mask.ScoreMethod;

/// Accuracy against the number of heads, as it was computed.
///
/// @param method     of the scores that the heads were selected by
/// @param scoredAt   ISO-8601 instant of these scores; null if it is not known
/// @param checkpoint that was evaluated
/// @param texts      file of the texts that it was evaluated on
/// @param createdAt  ISO-8601 instant at which the curve was finished
/// @param points     by number of heads
public record KeptCurve(
        @JsonProperty(required = true) ScoreMethod method,
        @Nullable String scoredAt,
        @JsonProperty(required = true) String checkpoint,
        @JsonProperty(required = true) String texts,
        @JsonProperty(required = true) String createdAt,
        @JsonProperty(required = true) List<Point> points) {
    public KeptCurve {
        Json.given(method, "method");
        Json.given(checkpoint, "checkpoint");
        Json.given(texts, "texts");
        Json.given(createdAt, "createdAt");
        points = List.copyOf(Json.given(points, "points"));
    }

    /// @param heads        how many heads, k
    /// @param whole        with all heads
    /// @param keepOnly     with only the top k
    /// @param remove       without them
    /// @param randomKeep   with only k random heads, for each draw
    /// @param randomRemove without k random heads, for each draw
    public record Point(
            int heads,
            Accuracy whole,
            Accuracy keepOnly,
            Accuracy remove,
            List<Accuracy> randomKeep,
            List<Accuracy> randomRemove) {
        public Point {
            Json.given(whole, "whole");
            Json.given(keepOnly, "keepOnly");
            Json.given(remove, "remove");
            randomKeep = List.copyOf(Json.given(randomKeep, "randomKeep"));
            randomRemove = List.copyOf(Json.given(randomRemove, "randomRemove"));
        }
    }

    /// @param examples    number of texts
    /// @param accuracy    share of right answers, 0 to 1
    /// @param low         lower end of its 95 % interval
    /// @param high        upper end
    /// @param margin      mean margin of the right answer, in logits
    /// @param marginError standard error of that
    public record Accuracy(int examples, double accuracy, double low, double high, double margin, double marginError) {}

    KeptCurve withPaths(UnaryOperator<String> map) {
        return new KeptCurve(method, scoredAt, map.apply(checkpoint), map.apply(texts), createdAt, points);
    }
}

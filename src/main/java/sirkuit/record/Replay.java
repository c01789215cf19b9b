package sirkuit.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import sirkuit.Json;
import sirkuit.Range;

/// Source texts that a run learns again among the target texts, so that less is forgotten.
///
/// @param texts source-language training texts
/// @param share of the texts of each optimizer step
public record Replay(
        @JsonProperty(required = true) DataFile texts,
        @JsonProperty(required = true) double share) {
    /// @throws sirkuit.Problem when the texts are missing or the share is not between 0 and 1
    public Replay {
        Json.given(texts, "texts");
        Range.between("replay", share, 0.01, 0.99);
    }
}

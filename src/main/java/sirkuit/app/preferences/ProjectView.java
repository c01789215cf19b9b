package sirkuit.app.preferences;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import sirkuit.record.RunConfig;

/// What a project's window showed when it was last open. Every field may be missing.
///
/// @param centre   id of the tab in the middle
/// @param side     id of the tab on the right
/// @param scores   id of the scores in the heatmap
/// @param sentence what was typed in the sentence panel
/// @param pair     the second text of it, for tasks about pairs
/// @param settings the settings of the next run
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProjectView(
        @Nullable String centre,
        @Nullable String side,
        @Nullable String scores,
        @Nullable String sentence,
        @Nullable String pair,
        @Nullable RunConfig settings) {
    /// Of a project that has not been open before.
    public static final ProjectView NONE = new ProjectView(null, null, null, null, null, null);
}

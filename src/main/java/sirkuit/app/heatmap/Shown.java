package sirkuit.app.heatmap;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.RelevanceScores;

/// Everything that is drawn of a heatmap at one moment.
///
/// @param mask     the selected heads; while the mouse is held down those that would be selected
/// @param locked   heads that strategies leave as they are
/// @param noted    heads with a note
/// @param scores   null while nothing has been scored
/// @param scale    by which scores become colours; null while nothing has been scored
/// @param links    arcs
/// @param hover    the head below the mouse
/// @param focus    the head that is looked at
/// @param keyboard whether keys go to the heatmap
/// @param box      opposite corners of the rectangle that is being dragged; null for none
/// @param others   heads outlined beside the mask; null for none
public record Shown(
        HeadMask mask,
        Set<Head> locked,
        Set<Head> noted,
        @Nullable RelevanceScores scores,
        @Nullable HeatmapScale scale,
        List<HeatmapModel.Link> links,
        @Nullable Head hover,
        @Nullable Head focus,
        boolean keyboard,
        @Nullable List<Head> box,
        @Nullable HeadMask others) {

    /// Null until the model's shape is known.
    public static @Nullable Shown of(HeatmapModel model, boolean keyboard) {
        HeadMask pending = model.pending().get();
        HeadMask mask = pending != null ? pending : model.mask().get();
        return mask == null
                ? null
                : new Shown(
                        mask,
                        model.locked(),
                        model.notes().get().keySet(),
                        model.scores().get(),
                        model.scale().get(),
                        model.links().get(),
                        model.hover().get(),
                        model.focus().get(),
                        keyboard,
                        model.box(),
                        fitting(mask, model.outlined().getValue()));
    }

    private static @Nullable HeadMask fitting(HeadMask mask, @Nullable HeadMask other) {
        return other != null && other.layers() == mask.layers() && other.heads() == mask.heads() ? other : null;
    }
}

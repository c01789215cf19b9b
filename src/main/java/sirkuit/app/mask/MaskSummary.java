package sirkuit.app.mask;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.protocol.Event;

/// A mask in one line.
public final class MaskSummary {
    private MaskSummary() {}

    /// `12 of 48 heads · 98 880 parameters, 4.4 % of 2 247 427`.
    public static String of(@Nullable HeadMask mask, Event.@Nullable Inspected checkpoint) {
        return of(mask, checkpoint, Set.of(), true);
    }

    /// `3 of 48 heads, 1 of them locked`, with the parameters if there is space for them.
    static String of(@Nullable HeadMask mask, Event.@Nullable Inspected checkpoint, Set<Head> locked, boolean roomy) {
        if (mask == null) {
            return "";
        }
        String heads = heads(mask, locked);
        if (checkpoint == null) {
            return heads;
        }
        long parameters = mask.size() * checkpoint.counts().headParameters();
        String share = Numbers.percent((double) parameters / checkpoint.parameters());
        return roomy
                ? Words.of(
                        "mask.parameters",
                        heads,
                        Numbers.count(parameters),
                        share,
                        Numbers.count(checkpoint.parameters()))
                : Words.of("mask.parameters.short", heads, share);
    }

    private static String heads(HeadMask mask, Set<Head> locked) {
        String heads =
                Words.of("mask.of", Numbers.count(mask.size()), Numbers.count((long) mask.layers() * mask.heads()));
        long held = mask.selected().stream().filter(locked::contains).count();
        return held == 0 ? heads : Words.of("mask.of.locked", heads, Numbers.count(held));
    }

    /// How many heads of each layer, a line each: `L0: 7 of 8`.
    public static String perLayer(@Nullable HeadMask mask) {
        if (mask == null) {
            return "";
        }
        StringBuilder lines = new StringBuilder();
        for (int l = 0; l < mask.layers(); l++) {
            int layer = l;
            long count =
                    mask.selected().stream().filter(h -> h.layer() == layer).count();
            if (count > 0) {
                lines.append(lines.isEmpty() ? "" : "\n").append(Words.of("centre.mask.layer", l, count, mask.heads()));
            }
        }
        return lines.toString();
    }
}

package sirkuit.app.heatmap;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;

/// The mouse is held down on the heatmap. What that selects is shown at once, but the mask changes only when the
/// button is let go, so that the drag is one step of undo and can be called off.
public final class SelectionDrag {
    private final Head from;
    private final @Nullable Head anchor;
    private final Kind kind;
    private final boolean on;
    private final SortedSet<Head> stroke = new TreeSet<>();
    private Head now;
    private boolean moved;

    /// What the keys held with the mouse make of it.
    public enum Kind {
        /// A click looks at a head; a drag selects the heads it passes.
        PLAIN,
        /// With Ctrl: the first head is selected, or deselected, at once.
        TOGGLE,
        /// With Shift: a rectangle. A click reaches from the anchor, a drag from where it began.
        BOX
    }

    /// @param anchor the head from which a click with Shift reaches; null for none
    /// @param before the mask; the first head decides whether heads are selected or deselected
    SelectionDrag(Head from, @Nullable Head anchor, Kind kind, HeadMask before) {
        this.from = from;
        this.anchor = anchor;
        this.kind = kind;
        on = !before.contains(from.layer(), from.head());
        now = from;
        stroke.add(from);
    }

    /// Passes on to another head, and over those between.
    void to(Head next) {
        if (next.equals(now)) {
            return;
        }
        moved = true;
        stroke.addAll(between(now, next));
        now = next;
    }

    /// Whether it selects nothing: a click that looks at a head.
    boolean looksOnly() {
        return kind == Kind.PLAIN && !moved;
    }

    /// What the mask becomes.
    HeadMask applied(HeadMask mask) {
        if (looksOnly()) {
            return mask;
        }
        if (kind == Kind.BOX) {
            return mask.toggledTogether(rectangle(corner(), now));
        }
        TreeSet<Head> heads = new TreeSet<>(mask.selected());
        if (on) {
            heads.addAll(stroke);
        } else {
            heads.removeAll(stroke);
        }
        return heads.equals(mask.selected()) ? mask : mask.toggledTogether(changed(mask));
    }

    private List<Head> changed(HeadMask mask) {
        return stroke.stream()
                .filter(h -> mask.contains(h.layer(), h.head()) != on)
                .toList();
    }

    /// Two opposite corners of the rectangle; null when it is none.
    @Nullable
    List<Head> box() {
        return kind == Kind.BOX ? List.of(corner(), now) : null;
    }

    private Head corner() {
        return moved || anchor == null ? from : anchor;
    }

    /// All heads of a rectangle.
    static List<Head> rectangle(Head corner, Head opposite) {
        List<Head> box = new ArrayList<>();
        for (int l = Math.min(corner.layer(), opposite.layer()); l <= Math.max(corner.layer(), opposite.layer()); l++) {
            for (int h = Math.min(corner.head(), opposite.head()); h <= Math.max(corner.head(), opposite.head()); h++) {
                box.add(new Head(l, h));
            }
        }
        return box;
    }

    /// The heads on the straight way: a fast mouse tells only of some.
    private static List<Head> between(Head a, Head b) {
        int steps = Math.max(Math.abs(b.layer() - a.layer()), Math.abs(b.head() - a.head()));
        List<Head> way = new ArrayList<>();
        for (int i = 1; i <= steps; i++) {
            double share = (double) i / steps;
            way.add(new Head((int) Math.round(a.layer() + share * (b.layer() - a.layer())), (int)
                    Math.round(a.head() + share * (b.head() - a.head()))));
        }
        return way;
    }
}

package sirkuit.mask;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The current mask with undo and redo.
public final class MaskHistory {
    private static final int LONGEST = 500;

    private final Deque<Step> undo = new ArrayDeque<>();
    private final Deque<Step> redo = new ArrayDeque<>();
    private Step current;

    /// A mask, and what was done to come to it.
    ///
    /// @param action in words; null where the mask and the one before it say so
    public record Step(HeadMask mask, @Nullable String action) {}

    public MaskHistory(HeadMask start) {
        current = new Step(start, null);
    }

    public HeadMask current() {
        return current.mask;
    }

    /// Makes `mask` the current one. The same heads again do not count as a step.
    public void change(HeadMask mask) {
        change(mask, null);
    }

    /// The same, with what was done.
    public void change(HeadMask mask, @Nullable String action) {
        if (mask.selected().equals(current.mask.selected())) {
            current = new Step(mask, current.action);
            return;
        }
        undo.push(current);
        if (undo.size() > LONGEST) {
            undo.removeLast();
        }
        redo.clear();
        current = new Step(mask, action);
    }

    /// Replaces the last step by `mask`, so that dragging a slider is one step, not fifty.
    public void amend(HeadMask mask) {
        redo.clear();
        current = new Step(mask, null);
    }

    public boolean canUndo() {
        return !undo.isEmpty();
    }

    public boolean canRedo() {
        return !redo.isEmpty();
    }

    /// The earlier masks, the current one and undone ones, oldest first.
    public List<HeadMask> steps() {
        return actions().stream().map(Step::mask).toList();
    }

    /// The same, with what was done.
    public List<Step> actions() {
        List<Step> all = new ArrayList<>(undo.reversed());
        all.add(current);
        all.addAll(redo);
        return all;
    }

    /// The position of the current step.
    public int position() {
        return undo.size();
    }

    /// Goes back or forward to one of the steps.
    ///
    /// @param step index in [#steps()]
    public void goTo(int step) {
        while (position() > step && canUndo()) {
            undo();
        }
        while (position() < step && canRedo()) {
            redo();
        }
    }

    /// Goes one step back; does nothing at the beginning.
    public void undo() {
        if (canUndo()) {
            redo.push(current);
            current = undo.pop();
        }
    }

    /// Goes one step forward again; does nothing at the end.
    public void redo() {
        if (canRedo()) {
            undo.push(current);
            current = redo.pop();
        }
    }
}

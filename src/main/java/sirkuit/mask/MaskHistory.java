package sirkuit.mask;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The current mask with undo and redo.
public final class MaskHistory {
    private static final int LONGEST = 500;

    private final Deque<HeadMask> undo = new ArrayDeque<>();
    private final Deque<HeadMask> redo = new ArrayDeque<>();
    private HeadMask current;

    public MaskHistory(HeadMask start) {
        current = start;
    }

    public HeadMask current() {
        return current;
    }

    /// Makes `mask` the current one. The same heads again do not count as a step.
    public void change(HeadMask mask) {
        if (mask.selected().equals(current.selected())) {
            current = mask;
            return;
        }
        undo.push(current);
        if (undo.size() > LONGEST) {
            undo.removeLast();
        }
        redo.clear();
        current = mask;
    }

    /// Replaces the last step by `mask`, so that dragging a slider is one step, not fifty.
    public void amend(HeadMask mask) {
        redo.clear();
        current = mask;
    }

    public boolean canUndo() {
        return !undo.isEmpty();
    }

    public boolean canRedo() {
        return !redo.isEmpty();
    }

    /// The earlier masks, the current one and undone ones, oldest first.
    public List<HeadMask> steps() {
        List<HeadMask> all = new ArrayList<>(undo.reversed());
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

package sirkuit.app.heatmap.pane;

import javafx.scene.input.KeyEvent;
import sirkuit.app.heatmap.HeatmapModel;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;

/// What the keys do on the heatmap.
final class HeatmapKeys {
    private final HeatmapModel model;
    private final HeatmapView view;

    HeatmapKeys(HeatmapModel model, HeatmapView view) {
        this.model = model;
        this.view = view;
    }

    void typed(KeyEvent e) {
        if (moves(e) || zooms(e) || selects(e)) {
            e.consume();
        }
    }

    private boolean moves(KeyEvent e) {
        if (e.isShortcutDown()) {
            return false;
        }
        switch (e.getCode()) {
            case UP -> step(e, -1, 0);
            case DOWN -> step(e, 1, 0);
            case LEFT -> step(e, 0, -1);
            case RIGHT -> step(e, 0, 1);
            case HOME -> model.move(0, -far());
            case END -> model.move(0, far());
            case PAGE_UP -> model.move(-far(), 0);
            case PAGE_DOWN -> model.move(far(), 0);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void step(KeyEvent e, int layers, int heads) {
        if (e.isShiftDown()) {
            model.moveSelecting(layers, heads);
        } else {
            model.move(layers, heads);
        }
    }

    /// Farther than any heatmap reaches.
    private int far() {
        HeadMask mask = model.mask().get();
        return mask == null ? 0 : mask.layers() + mask.heads();
    }

    private boolean zooms(KeyEvent e) {
        switch (e.getCode()) {
            case PLUS, EQUALS, ADD -> view.zoom(1);
            case MINUS, SUBTRACT -> view.zoom(-1);
            case DIGIT0, NUMPAD0 -> view.fit();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean selects(KeyEvent e) {
        switch (e.getCode()) {
            case ESCAPE -> {
                return model.cancelDrag();
            }
            case SPACE -> select(e);
            case ENTER -> model.inspect();
            case L, G -> {
                if (e.isShortcutDown()) {
                    return false; // the window's own
                }
                letter(e);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void select(KeyEvent e) {
        Head at = model.focus().get();
        if (at != null && e.isShiftDown()) {
            model.toggleLayer(at.layer());
        } else if (at != null && e.isShortcutDown()) {
            model.toggleHeadOfAllLayers(at.head());
        } else {
            model.toggleFocus();
        }
    }

    private void letter(KeyEvent e) {
        switch (e.getCode()) {
            case L -> model.masks().toggleLock(model.focus().get());
            default -> model.masks().grow(e.isShiftDown() ? -1 : 1);
        }
    }
}

package sirkuit.app.present.stage;

import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import sirkuit.app.present.PresentModel;
import sirkuit.app.present.script.PageKind;

/// What the keys of a keyboard and of a presenter's clicker do. All other keys do nothing, so no shortcut of the window
/// works.
final class StageKeys {
    private final PresentModel model;
    private final Stage stage;

    /// What only the view can do.
    interface Stage {
        /// Goes back to the window.
        void leave();

        /// Focuses the field for the audience's sentence, if the page has one.
        void type();

        /// Takes the focus out of the field.
        void rest();

        void switchTheme();
    }

    StageKeys(PresentModel model, Stage stage) {
        this.model = model;
        this.stage = stage;
    }

    /// @param owner the control with the focus
    void pressed(KeyEvent event, @org.jspecify.annotations.Nullable Node owner) {
        boolean typing = owner instanceof TextInputControl
                && !model.black().get()
                && !model.overview().get();
        boolean covered = model.black().get() || model.overview().get();
        boolean handled;
        if (owner instanceof PartSwitches switches && !covered) {
            handled = whileSwitching(event, switches) || onStage(event, owner);
        } else {
            handled = typing ? whileTyping(event) : onStage(event, owner);
        }
        if (handled) {
            event.consume();
        }
    }

    private boolean whileTyping(KeyEvent event) {
        switch (event.getCode()) {
            case PAGE_DOWN -> model.next();
            case PAGE_UP -> model.back();
            case ENTER, ESCAPE -> stage.rest();
            default -> {
                return false; // the field handles it
            }
        }
        return true;
    }

    private boolean whileSwitching(KeyEvent event, PartSwitches switches) {
        if (event.getCode() == KeyCode.ESCAPE) {
            stage.rest();
            return true;
        }
        return switches.pressed(event);
    }

    private boolean onStage(KeyEvent event, @org.jspecify.annotations.Nullable Node owner) {
        if (event.isShortcutDown() || event.isAltDown() || event.isMetaDown()) {
            return false; // a shortcut of the system, such as changing to another window
        }
        switch (event.getCode()) {
            case RIGHT, PAGE_DOWN -> model.next();
            case LEFT, PAGE_UP -> model.back();
            case HOME -> model.first();
            case END -> model.last();
            case ESCAPE -> {
                if (model.overview().get()) {
                    model.overview().set(false);
                } else {
                    stage.leave();
                }
            }
            case B, PERIOD -> model.black().set(!model.black().get());
            case N -> model.notes().set(!model.notes().get());
            case T -> model.clock().set(!model.clock().get());
            case D -> stage.switchTheme();
            case O -> model.overview().set(!model.overview().get());
            case F -> shown(model.teach()::showFinished);
            case L -> shown(model.teach()::showLive);
            case K -> shown(model.teach()::keep);
            case DIGIT1, DIGIT2, DIGIT3, DIGIT4, DIGIT5 -> digit(event.getCode().ordinal() - KeyCode.DIGIT1.ordinal());
            case SPACE, ENTER -> {
                if (model.overview().get()) {
                    model.overview().set(false);
                } else if (owner instanceof ButtonBase button && !model.black().get()) {
                    button.fire();
                } else if (event.getCode() == javafx.scene.input.KeyCode.SPACE) {
                    model.next();
                } else {
                    stage.type();
                }
            }
            case TAB -> {
                return false;
            }
            default -> {}
        }
        return true;
    }

    /// Picks an example or, in the overview, a page.
    private void digit(int index) {
        if (model.overview().get()) {
            model.go(PageKind.values()[index]);
        } else {
            model.ask().pick(index);
        }
    }

    /// Only on the page with the run.
    private void shown(Runnable deed) {
        if (model.page().get() == PageKind.TEACH) {
            deed.run();
        }
    }
}

package sirkuit.app.sentence;

import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.figure.ColourScale;
import sirkuit.figure.FigureColours;
import sirkuit.figure.Luminance;

/// One word, shaded by its value. A line below it says the sign without colour: solid where it pushes toward the class,
/// dashed where it pushes away.
final class WordChip extends Button {
    /// Below this share of the largest value there is no line.
    private static final double LINED = 0.1;

    private final Tooltip tip = new Tooltip();
    private String fill = "";
    private String line = "transparent";
    private boolean dashed;

    WordChip() {
        getStyleClass().setAll("word-chip");
        setMnemonicParsing(false);
        setFocusTraversable(false);
        setTooltip(tip);
        focusedProperty().subscribe(f -> colour());
    }

    /// @param value   NaN where it is not known
    /// @param largest size of the far end of the colours
    /// @param said    the value in words
    void show(String word, double value, double largest, String said, Theme theme) {
        setText(word);
        tip.setText(said);
        setAccessibleText(Words.of("side.words.accessible", said));
        if (!Double.isFinite(value) || largest == 0) {
            fill = "";
            line = "transparent";
            dashed = false;
            colour();
            return;
        }
        ColourScale scale = (theme.dark() ? FigureColours.DARK : FigureColours.LIGHT).diverging();
        int rgb = scale.at((value / largest + 1) / 2);
        String ink = Luminance.ink(rgb);
        fill = "-fx-background-color: #%06x; -fx-text-fill: %s;".formatted(rgb, ink);
        line = Math.abs(value) >= LINED * largest ? ink : "transparent";
        dashed = value < 0;
        colour();
    }

    /// The border is the line below the word, or the frame of the word that has the focus.
    private void colour() {
        String frame = isFocused() ? "-color-accent-emphasis" : "transparent transparent " + line + " transparent";
        String drawn = dashed && !isFocused() ? "segments(3px, 3px)" : "solid";
        setStyle(fill + " -fx-border-color: " + frame + "; -fx-border-style: " + drawn + ";");
    }
}

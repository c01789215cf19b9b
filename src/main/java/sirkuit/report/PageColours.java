package sirkuit.report;

import java.util.Locale;
import sirkuit.figure.ColourScale;
import sirkuit.figure.FigureColours;
import sirkuit.figure.Luminance;

/// The colours of figures as rules for the page. Dark ones are for screens only: paper is light.
final class PageColours {
    private static final int STEPS = 20;

    private PageColours() {}

    static String style() {
        return rules(FigureColours.LIGHT)
                + "@media screen and (prefers-color-scheme: dark) {\n"
                + rules(FigureColours.DARK)
                + "}\n";
    }

    private static String rules(FigureColours colours) {
        StringBuilder css =
                new StringBuilder(":root { --ink:%s; --soft:%s; --line:%s; --page:%s; --accent:%s; --second:%s; }\n"
                        .formatted(
                                colours.text(),
                                colours.muted(),
                                colours.line(),
                                colours.background(),
                                colours.accent(),
                                colours.second()));
        for (int run = 0; run < colours.runs().size(); run++) {
            String code = colours.run(run);
            css.append(".run%d { --run:%s; --on-run:%s; }\n".formatted(run, code, Luminance.ink(Luminance.rgb(code))));
        }
        for (int step = 0; step <= STEPS; step++) {
            css.append(cell("d", step, colours.diverging())).append(cell("s", step, colours.sequential()));
        }
        return css.toString();
    }

    /// The class of a cell of a heatmap.
    ///
    /// @param position 0 for one end of the colours, 1 for the other
    static String cell(boolean signed, double position) {
        return (signed ? "d" : "s") + Math.clamp(Math.round(position * STEPS), 0, STEPS);
    }

    private static String cell(String name, int step, ColourScale scale) {
        int rgb = scale.at((double) step / STEPS);
        return String.format(
                Locale.ROOT, ".heat td.%s%d { background: #%06x; color: %s; }\n", name, step, rgb, Luminance.ink(rgb));
    }
}

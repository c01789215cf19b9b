package sirkuit.app;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import atlantafx.base.theme.Theme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;

/// Texts can be read in both themes: WCAG's contrast of 4.5 to 1 (AA) of each colour that our style sheets give a text,
/// against each background that it can lie on.
class ContrastTest {
    private static final double AA = 4.5;
    private static final Path SHEETS = Path.of("src", "main", "resources", "sirkuit", "app");
    private static final Pattern LOOKED_UP = Pattern.compile("(-color-[\\w-]+)\\s*:\\s*([^;]+);");
    private static final Pattern TEXT = Pattern.compile("-fx-text-fill:\\s*([^;]+);");
    private static final Pattern RULE = Pattern.compile("([^{}]+)\\{([^}]*)}");

    /// What every text may lie on: panels, the frame around them, lists that are hovered.
    private static final List<String> GROUNDS = List.of("-color-bg-default", "-color-bg-inset", "-color-bg-subtle");

    private static final Map<String, String> FRAME = Map.of("light", "#eff2f5", "dark", "#010409");

    @Test
    void whatIsWrittenCanBeReadInBothThemes() throws IOException {
        Set<String> tooFaint = new TreeSet<>();
        for (Theme theme : List.of(new PrimerLight(), new PrimerDark())) {
            Map<String, String> colours = colours(theme);
            Color page = colour(colours, "-color-bg-default", Color.WHITE);
            for (String text : textColours()) {
                for (String ground : GROUNDS) {
                    judge(theme.getName(), text, ground, colours, page, tooFaint);
                }
                judge(theme.getName(), text, FRAME.get(theme.isDarkMode() ? "dark" : "light"), colours, page, tooFaint);
            }
            for (String tinted : List.of("danger", "warning", "accent")) {
                judge(theme.getName(), "-color-fg-default", "-color-" + tinted + "-subtle", colours, page, tooFaint);
            }
            judge(theme.getName(), "-color-fg-default", "-color-neutral-muted", colours, page, tooFaint);
            judge(theme.getName(), "-color-fg-emphasis", "-color-accent-emphasis", colours, page, tooFaint);
        }
        assertThat(tooFaint).isEmpty();
    }

    @Test
    void contrastIsWhatTheStandardSays() {
        assertThat(contrast(Color.BLACK, Color.WHITE)).isEqualTo(21);
        assertThat(contrast(Color.web("#777777"), Color.WHITE)).isBetween(4.47, 4.49);
    }

    private static void judge(
            String theme, String text, String ground, Map<String, String> colours, Color page, Set<String> tooFaint) {
        Color below = colour(colours, ground, page);
        double contrast = contrast(colour(colours, text, below), below);
        if (contrast < AA) {
            tooFaint.add(String.format("%s: %s on %s has %.2f", theme, text, ground, contrast));
        }
    }

    /// The colours of our sheets that are given to texts, but for those of controls that cannot be used.
    private static Set<String> textColours() throws IOException {
        Set<String> found = new TreeSet<>(List.of("-color-fg-default"));
        try (Stream<Path> sheets = Files.list(SHEETS)) {
            for (Path sheet : sheets.filter(s -> s.toString().endsWith(".css")).toList()) {
                Matcher rule = RULE.matcher(Files.readString(sheet));
                while (rule.find()) {
                    Matcher text = TEXT.matcher(rule.group(2));
                    // On a ground of its own.
                    if (text.find()
                            && !rule.group(2).contains("-fx-background-color")
                            && !rule.group(1).contains("disabled")) {
                        found.add(text.group(1).strip());
                    }
                }
            }
        }
        found.removeIf(c -> c.equals("-color-fg-emphasis") || c.equals("transparent"));
        return found;
    }

    private static Map<String, String> colours(Theme theme) throws IOException {
        Map<String, String> colours = new LinkedHashMap<>();
        try (InputStream in = theme.getClass().getResourceAsStream(theme.getUserAgentStylesheet())) {
            Matcher definition = LOOKED_UP.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            while (definition.find()) {
                colours.putIfAbsent(definition.group(1), definition.group(2).strip());
            }
        }
        return colours;
    }

    /// @param below what shines through
    private static Color colour(Map<String, String> colours, String name, Color below) {
        String value = name;
        while (value.startsWith("-")) {
            value = colours.get(value);
            assertThat(value).as(name).isNotNull();
        }
        Color above = Color.web(value);
        return below.interpolate(Color.color(above.getRed(), above.getGreen(), above.getBlue()), above.getOpacity());
    }

    private static double contrast(Color one, Color other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    /// WCAG 2.2, relative luminance.
    private static double luminance(Color c) {
        return 0.2126 * linear(c.getRed()) + 0.7152 * linear(c.getGreen()) + 0.0722 * linear(c.getBlue());
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }
}

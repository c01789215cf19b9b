package sirkuit.app.frame;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/// Our style sheets, for any text size: every length in them grows with it. The theme's own lengths already follow the
/// text size.
public final class Sheets {
    private static final List<String> NAMES = List.of("window", "centre", "data", "runs", "shell", "side", "present");
    private static final Pattern LENGTH = Pattern.compile("(-?\\d+(?:\\.\\d+)?)px");

    private Sheets() {}

    /// @param percent of the size they are written in
    /// @return addresses to put into a scene
    public static List<String> at(int percent) {
        return NAMES.stream().map(name -> at(name, percent)).toList();
    }

    private static String at(String name, int percent) {
        String place = "/sirkuit/app/" + name + ".css";
        if (percent == 100) {
            return Objects.requireNonNull(Sheets.class.getResource(place)).toExternalForm();
        }
        try (InputStream in = Objects.requireNonNull(Sheets.class.getResourceAsStream(place))) {
            String scaled = scaled(new String(in.readAllBytes(), StandardCharsets.UTF_8), percent);
            return "data:text/css;base64,"
                    + Base64.getEncoder().encodeToString(scaled.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // from our own jar
        }
    }

    /// Lines of one pixel stay one pixel.
    public static String scaled(String css, int percent) {
        return LENGTH.matcher(css).replaceAll(m -> {
            double length = Double.parseDouble(m.group(1));
            return Math.abs(length) <= 1 ? m.group() : String.format(Locale.ROOT, "%.1fpx", length * percent / 100);
        });
    }
}

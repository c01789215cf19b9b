package sirkuit.app.figure;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.w3c.dom.Document;
import sirkuit.AtomicFile;
import sirkuit.Problem;
import sirkuit.SheetText;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;

/// Figures as files: PNG at twice the size for print, SVG, and CSV for the numbers.
public final class FigureFile {
    private static final int SCALE = 2;

    private FigureFile() {}

    /// Writes the format that the file's ending names.
    ///
    /// @param width  in points
    /// @param height in points
    /// @throws Problem when the ending is another or the file cannot be written
    public static void write(Figure figure, Path file, int width, int height, Theme theme) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".png")) {
            write(file, png(figure, width, height, theme));
        } else if (name.endsWith(".svg")) {
            write(file, svg(figure, width, height, theme));
        } else if (name.endsWith(".csv")) {
            write(file, csv(figure));
        } else {
            throw Problem.plain(Words.of("figure.ending", file), Words.of("figure.ending.remedy"));
        }
    }

    private static void write(Path file, byte[] content) {
        AtomicFile.write(file, out -> out.write(content));
    }

    static byte[] png(Figure figure, int width, int height, Theme theme) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image(figure, width, height, theme), "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // this writes only to memory
        }
        return bytes.toByteArray();
    }

    static BufferedImage image(Figure figure, int width, int height, Theme theme) {
        BufferedImage image = new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.scale(SCALE, SCALE);
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        figure.paint(g, new Rectangle2D.Double(0, 0, width, height), theme);
        g.dispose();
        return image;
    }

    static byte[] svg(Figure figure, int width, int height, Theme theme) {
        try {
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument("http://www.w3.org/2000/svg", "svg", null);
            SVGGraphics2D g = new SVGGraphics2D(document);
            g.setSVGCanvasSize(new Dimension(width, height));
            figure.paint(g, new Rectangle2D.Double(0, 0, width, height), theme);
            StringWriter text = new StringWriter();
            g.stream(text, true);
            return text.toString().getBytes(StandardCharsets.UTF_8);
        } catch (ParserConfigurationException | SVGGraphics2DIOException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] csv(Figure figure) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            for (List<String> row : figure.table()) {
                csv.writeRecord(row.stream().map(SheetText::cell).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}

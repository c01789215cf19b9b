import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.CubicCurve2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/// Draws the logo: attention heads in a grid, three of them lit and joined by an arc. One description makes the SVG and
/// every size of the icons: `java packaging/build/Icons.java assets src/main/resources/sirkuit/app`.
public final class Icons {
    private static final double SIDE = 512;
    private static final double CORNER = 112;
    private static final double[] AT = {128, 256, 384};
    private static final double DARK = 34;
    private static final double LIT = 46;
    private static final double LINE = 22;
    private static final Color GROUND = new Color(0x12263a);
    private static final Color HEAD = new Color(0x35536f);
    private static final Color ARC = new Color(0xf2a541);
    private static final Color GLOW = new Color(0xffd591);
    /// Column and row of each lit head, in the order the arcs join them.
    private static final int[][] PATH = {{0, 2}, {1, 0}, {2, 1}};

    public static void main(String[] args) throws IOException {
        Path assets = Files.createDirectories(Path.of(args[0]));
        Files.writeString(assets.resolve("logo.svg"), svg());
        for (int size : List.of(16, 24, 32, 48, 64, 128, 256, 512)) {
            Files.write(assets.resolve("icon-" + size + ".png"), png(size));
        }
        Files.write(assets.resolve("sirkuit.ico"), ico(16, 24, 32, 48, 64, 128, 256));
        Files.write(assets.resolve("sirkuit.icns"), icns());
        for (int size : List.of(32, 128)) {
            Files.write(Path.of(args[1]).resolve("icon-" + size + ".png"), png(size));
        }
    }

    private static boolean lit(int column, int row) {
        for (int[] head : PATH) {
            if (head[0] == column && head[1] == row) {
                return true;
            }
        }
        return false;
    }

    /// From one lit head to the next, leaving and arriving level.
    private static CubicCurve2D arc(int[] from, int[] to) {
        double middle = (AT[from[0]] + AT[to[0]]) / 2;
        return new CubicCurve2D.Double(
                AT[from[0]], AT[from[1]], middle, AT[from[1]], middle, AT[to[1]], AT[to[0]], AT[to[1]]);
    }

    private static String svg() {
        StringBuilder svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" role="img" aria-label="Sirkuit">
                """);
        svg.append(String.format(
                Locale.ROOT, "  <rect width=\"512\" height=\"512\" rx=\"%.0f\" fill=\"%s\"/>%n", CORNER, hex(GROUND)));
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                if (!lit(column, row)) {
                    svg.append(circle(column, row, DARK, HEAD));
                }
            }
        }
        for (int i = 0; i + 1 < PATH.length; i++) {
            CubicCurve2D c = arc(PATH[i], PATH[i + 1]);
            svg.append(String.format(
                    Locale.ROOT,
                    "  <path d=\"M%.0f %.0fC%.0f %.0f %.0f %.0f %.0f %.0f\" fill=\"none\" stroke=\"%s\""
                            + " stroke-width=\"%.0f\" stroke-linecap=\"round\"/>%n",
                    c.getX1(),
                    c.getY1(),
                    c.getCtrlX1(),
                    c.getCtrlY1(),
                    c.getCtrlX2(),
                    c.getCtrlY2(),
                    c.getX2(),
                    c.getY2(),
                    hex(ARC),
                    LINE));
        }
        for (int[] head : PATH) {
            svg.append(circle(head[0], head[1], LIT, GLOW));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String circle(int column, int row, double radius, Color fill) {
        return String.format(
                Locale.ROOT,
                "  <circle cx=\"%.0f\" cy=\"%.0f\" r=\"%.0f\" fill=\"%s\"/>%n",
                AT[column],
                AT[row],
                radius,
                hex(fill));
    }

    private static String hex(Color c) {
        return String.format(Locale.ROOT, "#%06x", c.getRGB() & 0xffffff);
    }

    private static byte[] png(int size) throws IOException {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.scale(size / SIDE, size / SIDE);
        g.setColor(GROUND);
        g.fill(new RoundRectangle2D.Double(0, 0, SIDE, SIDE, 2 * CORNER, 2 * CORNER));
        double more = size <= 24 ? 1.25 : 1; // tiny ones would be a blur
        g.setColor(HEAD);
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                if (!lit(column, row)) {
                    g.fill(dot(column, row, DARK * more));
                }
            }
        }
        g.setColor(ARC);
        g.setStroke(new BasicStroke((float) (LINE * more), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (int i = 0; i + 1 < PATH.length; i++) {
            g.draw(arc(PATH[i], PATH[i + 1]));
        }
        g.setColor(GLOW);
        for (int[] head : PATH) {
            g.fill(dot(head[0], head[1], LIT * more));
        }
        g.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static Ellipse2D dot(int column, int row, double radius) {
        return new Ellipse2D.Double(AT[column] - radius, AT[row] - radius, 2 * radius, 2 * radius);
    }

    /// A directory of pictures, each a PNG, as Windows has read them since Vista.
    private static byte[] ico(int... sizes) throws IOException {
        ByteArrayOutputStream pictures = new ByteArrayOutputStream();
        ByteBuffer head = ByteBuffer.allocate(6 + 16 * sizes.length).order(ByteOrder.LITTLE_ENDIAN);
        head.putShort((short) 0).putShort((short) 1).putShort((short) sizes.length);
        for (int size : sizes) {
            byte[] png = png(size);
            head.put((byte) (size & 0xff)).put((byte) (size & 0xff)).put((byte) 0).put((byte) 0);
            head.putShort((short) 1).putShort((short) 32);
            head.putInt(png.length).putInt(head.capacity() + pictures.size());
            pictures.write(png);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(head.array());
        pictures.writeTo(all);
        return all.toByteArray();
    }

    private static byte[] icns() throws IOException {
        ByteArrayOutputStream pictures = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(pictures);
        String[] kinds = {"icp4", "icp5", "icp6", "ic07", "ic08", "ic09", "ic10"};
        int[] sizes = {16, 32, 64, 128, 256, 512, 1024};
        for (int i = 0; i < kinds.length; i++) {
            byte[] png = png(sizes[i]);
            out.write(kinds[i].getBytes(StandardCharsets.US_ASCII));
            out.writeInt(png.length + 8);
            out.write(png);
        }
        ByteBuffer head = ByteBuffer.allocate(8);
        head.put("icns".getBytes(StandardCharsets.US_ASCII)).putInt(pictures.size() + 8);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(head.array());
        pictures.writeTo(all);
        return all.toByteArray();
    }
}

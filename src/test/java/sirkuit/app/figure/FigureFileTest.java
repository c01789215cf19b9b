package sirkuit.app.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Problem;
import sirkuit.app.look.Theme;

class FigureFileTest {
    private static final Figure FIGURE = new Figure() {
        @Override
        public String name() {
            return "square";
        }

        @Override
        public void paint(Graphics2D g, Rectangle2D area, Theme theme) {
            g.setColor(theme.dark() ? Color.BLACK : Color.WHITE);
            g.fill(area);
            g.setColor(Color.RED);
            g.fill(new Rectangle2D.Double(10, 10, 20, 20));
        }

        @Override
        public List<List<String>> table() {
            return List.of(List.of("head", "score"), List.of("0.1", "a \"quoted\", one"));
        }
    };

    @TempDir
    Path folder = Path.of("");

    @Test
    void aPictureIsTwiceTheSizeWithTheThemeBehind() throws Exception {
        Path file = folder.resolve("a.png");
        FigureFile.write(FIGURE, file, 100, 60, Theme.DARK);
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(200);
        assertThat(image.getRGB(40, 40)).isEqualTo(Color.RED.getRGB());
        assertThat(image.getRGB(150, 100)).isEqualTo(Color.BLACK.getRGB());
    }

    @Test
    void aDrawingIsMadeOfShapesThatCanBeEdited() throws Exception {
        Path file = folder.resolve("a.svg");
        FigureFile.write(FIGURE, file, 100, 60, Theme.LIGHT);
        assertThat(Files.readString(file)).contains("<svg", "<rect", "red").doesNotContain("<image");
    }

    @Test
    void itsNumbersAreQuotedWhereTheyMust() throws Exception {
        Path file = folder.resolve("a.csv");
        FigureFile.write(FIGURE, file, 100, 60, Theme.LIGHT);
        assertThat(Files.readString(file)).contains("head,score").contains("\"a \"\"quoted\"\", one\"");
    }

    @Test
    void anotherEndingIsRefusedByName() {
        assertThatThrownBy(() -> FigureFile.write(FIGURE, folder.resolve("a.gif"), 10, 10, Theme.LIGHT))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("a.gif");
    }
}

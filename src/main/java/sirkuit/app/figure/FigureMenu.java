package sirkuit.app.figure;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.stage.FileChooser;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.Problem;
import sirkuit.app.look.Icons;
import sirkuit.app.look.StartFolder;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;

/// The menu of a figure: save it as PNG, SVG or CSV, or copy the picture or its numbers.
public final class FigureMenu {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 600;

    private FigureMenu() {}

    /// @param figure  what is shown now; null when there is nothing to keep
    /// @param trouble receives the reason why a file could not be written
    public static MenuButton button(
            String id,
            Supplier<@Nullable Figure> figure,
            ObservableValue<Theme> theme,
            Consumer<? super Problem> trouble) {
        MenuButton button = named(styled(new MenuButton(), "button-icon", "flat"), id);
        button.setGraphic(Icons.of(Feather.DOWNLOAD));
        button.setTooltip(new Tooltip(Words.of("figure.menu")));
        button.setAccessibleText(Words.of("figure.menu"));
        for (String ending : new String[] {"png", "svg", "csv"}) {
            button.getItems()
                    .add(item(Words.of("figure.save", ending.toUpperCase(java.util.Locale.ROOT)), figure, f -> {
                        save(f, ending, button, theme.getValue(), trouble);
                    }));
        }
        button.getItems().add(item(Words.of("figure.copy"), figure, f -> copyPicture(f, theme.getValue())));
        button.getItems().add(item(Words.of("figure.copy.numbers"), figure, FigureMenu::copyNumbers));
        return button;
    }

    private static MenuItem item(String words, Supplier<@Nullable Figure> figure, Consumer<Figure> action) {
        MenuItem item = new MenuItem(words);
        item.setOnAction(e -> {
            Figure now = figure.get();
            if (now != null) {
                action.accept(now);
            }
        });
        return item;
    }

    private static void save(Figure figure, String ending, Node owner, Theme theme, Consumer<? super Problem> trouble) {
        FileChooser chooser = new FileChooser();
        chooser.setInitialDirectory(StartFolder.now());
        chooser.setTitle(Words.of("figure.menu"));
        chooser.setInitialFileName(figure.name() + "." + ending);
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(ending, "*." + ending));
        File file = chooser.showSaveDialog(owner.getScene().getWindow());
        if (file != null) {
            StartFolder.chosen(file.toPath());
            try {
                FigureFile.write(figure, file.toPath(), WIDTH, HEIGHT, theme);
            } catch (Problem problem) {
                trouble.accept(problem);
            }
        }
    }

    private static void copyPicture(Figure figure, Theme theme) {
        BufferedImage image = FigureFile.image(figure, WIDTH, HEIGHT, theme);
        int width = image.getWidth();
        int height = image.getHeight();
        WritableImage copy = new WritableImage(width, height);
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        copy.getPixelWriter().setPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        ClipboardContent content = new ClipboardContent();
        content.putImage(copy);
        Clipboard.getSystemClipboard().setContent(content);
    }

    private static void copyNumbers(Figure figure) {
        ClipboardContent content = new ClipboardContent();
        content.putString(new String(FigureFile.csv(figure), StandardCharsets.UTF_8));
        Clipboard.getSystemClipboard().setContent(content);
    }
}

package sirkuit.app.browser;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import java.util.Arrays;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import sirkuit.app.look.Numbers;

/// The class balance: how many of the texts have each label.
final class ShareBars extends GridPane {
    private static final int MOST = 16;

    private final BrowserModel model;

    ShareBars(BrowserModel model) {
        this.model = model;
        named(styled(this, "balance"), "class-balance");
        ColumnConstraints bar = new ColumnConstraints();
        bar.setHgrow(Priority.ALWAYS);
        bar.setFillWidth(true);
        getColumnConstraints().addAll(new ColumnConstraints(), bar, new ColumnConstraints());
        model.shown().subscribe(this::show);
    }

    private void show(Filtered shown) {
        getChildren().clear();
        Predictions rows = model.rows().get();
        if (rows == null) {
            return;
        }
        int[] balance = shown.balance();
        double all = Math.max(1, Arrays.stream(balance).sum());
        double most = Math.max(1, Arrays.stream(balance).max().orElse(1));
        for (int c = 0; c < Math.min(balance.length, MOST); c++) {
            Label name = whole(new Label(rows.labels().get(c)));
            Label number = whole(
                    styled(new Label(Numbers.count(balance[c]) + "  " + Numbers.percent(balance[c] / all)), "number"));
            addRow(c, name, bar(balance[c] / most), number);
        }
    }

    private static StackPane bar(double share) {
        Region fill = styled(new Region(), "balance-fill");
        StackPane track = styled(new StackPane(fill), "balance-track");
        StackPane.setAlignment(fill, Pos.CENTER_LEFT);
        fill.maxWidthProperty().bind(track.widthProperty().multiply(share));
        return track;
    }
}

package sirkuit.presentation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.protocol.Event;

/// One checkpoint's predictions for the texts of a file, as [Event.Predicted] sends them part by part.
public final class PredictedRows implements ForgettingComparison.Verdicts {
    private final List<Event.Predicted.Row> rows = new ArrayList<>();
    private List<String> labels = List.of();

    /// Takes the next part. A part that does not continue the rows is ignored.
    public void hear(Event.Predicted part) {
        if (part.from() == rows.size()) {
            labels = part.labels();
            rows.addAll(part.rows());
        }
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public boolean right(int row) {
        return rows.get(row).predicted() == rows.get(row).label();
    }

    @Override
    public String text(int row) {
        return rows.get(row).text();
    }

    @Override
    public @Nullable String pair(int row) {
        return rows.get(row).pair();
    }

    @Override
    public String says(int row) {
        return labels.get(rows.get(row).predicted());
    }
}

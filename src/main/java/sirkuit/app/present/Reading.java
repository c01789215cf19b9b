package sirkuit.app.present;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.engine.Event;
import sirkuit.engine.Request;
import sirkuit.project.DataFile;

/// What one checkpoint says of all sentences of a file. Cut short, it goes on from where it was.
final class Reading implements Backstage.Task {
    private final Request.Model model;
    private final DataFile data;
    private final Runnable whenRead;
    private final List<Event.Predicted.Row> rows = new ArrayList<>();
    private List<String> labels = List.of();
    private boolean whole;

    /// @param whenRead told once all have been read
    Reading(Request.Model model, DataFile data, Runnable whenRead) {
        this.model = model;
        this.data = data;
        this.whenRead = whenRead;
    }

    @Override
    public Request request() {
        return new Request.Predict(model, data, rows.size());
    }

    @Override
    public void hear(Event event) {
        switch (event) {
            case Event.Predicted part
            when part.from() == rows.size() -> {
                labels = part.labels();
                rows.addAll(part.rows());
            }
            case Event.Finished f -> {
                whole = true;
                whenRead.run();
            }
            default -> {}
        }
    }

    boolean whole() {
        return whole;
    }

    int size() {
        return rows.size();
    }

    boolean right(int row) {
        return rows.get(row).predicted() == rows.get(row).label();
    }

    String text(int row) {
        return rows.get(row).text();
    }

    @Nullable
    String pair(int row) {
        return rows.get(row).pair();
    }

    /// The label that it gives.
    String says(int row) {
        return labels.get(rows.get(row).predicted());
    }
}

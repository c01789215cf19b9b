package sirkuit.app.present.answer;

import sirkuit.presentation.PredictedRows;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;

/// One checkpoint's answers to all sentences of a file. If it is stopped, it resumes where it was.
public final class SentencePredictions implements BackgroundWork.Task {
    private final Request.Model model;
    private final DataFile data;
    private final Runnable whenRead;
    private final PredictedRows rows = new PredictedRows();
    private boolean whole;

    /// @param whenRead runs once all have been read
    public SentencePredictions(Request.Model model, DataFile data, Runnable whenRead) {
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
            case Event.Predicted part -> rows.hear(part);
            case Event.Finished f -> {
                whole = true;
                whenRead.run();
            }
            default -> {}
        }
    }

    public boolean whole() {
        return whole;
    }

    public PredictedRows rows() {
        return rows;
    }
}

package sirkuit.engine;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.SheetText;
import sirkuit.protocol.Event;

/// Texts with a checkpoint's predictions, as CSV: `row` (counted from 0 after filtering), `text`, `pair` and `language`
/// where there are any, `label`, `predicted`, and a `probability_CLASS` for each class. If two checkpoints are
/// compared, also `predicted_before` and `probability_before_CLASS`. Texts that a spreadsheet would run are made safe
/// ([SheetText]).
public final class PredictionsCsv {
    private final CsvWriter csv;
    private final List<String> labels;
    private boolean begun;
    private boolean pairs;
    private boolean languages;
    private boolean compared;

    /// @param labels class names, in the order of the probabilities
    public PredictionsCsv(OutputStream out, List<String> labels) {
        csv = CsvWriter.builder()
                .build(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16));
        this.labels = labels;
    }

    /// Writes a row. All rows must have the same fields as the first one.
    ///
    /// @param number of the row
    /// @param before the other checkpoint's prediction for the same text; null if nothing is compared
    /// @throws java.io.UncheckedIOException when it cannot be written
    public void write(int number, Event.Predicted.Row row, Event.Predicted.@Nullable Row before) {
        if (!begun) {
            begun = true;
            pairs = row.pair() != null;
            languages = row.language() != null;
            compared = before != null;
            csv.writeRecord(header());
        }
        List<String> fields = new ArrayList<>();
        fields.add(Integer.toString(number));
        fields.add(SheetText.cell(row.text()));
        if (pairs) {
            fields.add(SheetText.cell(String.valueOf(row.pair())));
        }
        if (languages) {
            fields.add(row.language() == null ? "" : SheetText.cell(row.language()));
        }
        fields.add(SheetText.cell(labels.get(row.label())));
        answer(fields, row);
        if (compared && before != null) {
            answer(fields, before);
        }
        csv.writeRecord(fields);
    }

    private List<String> header() {
        List<String> names = new ArrayList<>(List.of("row", "text"));
        if (pairs) {
            names.add("pair");
        }
        if (languages) {
            names.add("language");
        }
        names.add("label");
        names.add("predicted");
        labels.forEach(l -> names.add("probability_" + l));
        if (compared) {
            names.add("predicted_before");
            labels.forEach(l -> names.add("probability_before_" + l));
        }
        return names;
    }

    private void answer(List<String> fields, Event.Predicted.Row row) {
        fields.add(SheetText.cell(labels.get(row.predicted())));
        for (float p : row.probabilities()) {
            fields.add(new BigDecimal(Float.toString(p)).stripTrailingZeros().toPlainString());
        }
    }

    /// Writes buffered output. The stream stays open for its owner.
    ///
    /// @throws IOException when it cannot be written
    public void flush() throws IOException {
        csv.flush();
    }
}

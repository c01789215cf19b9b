package sirkuit.dataset.table;

import sirkuit.Problem;

/// Keeps the rows in which a column has a certain value.
public record RowFilter(String column, String value) {
    /// @param text such as `language=id`
    /// @throws Problem when it is not of that form
    public static RowFilter parse(String text) {
        int sign = text.indexOf('=');
        if (sign < 1) {
            throw Problem.of("dataset.bad-filter", text);
        }
        return new RowFilter(Values.strip(text.substring(0, sign)), Values.strip(text.substring(sign + 1)));
    }
}

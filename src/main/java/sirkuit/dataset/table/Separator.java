package sirkuit.dataset.table;

import java.io.BufferedReader;
import java.io.IOException;
import sirkuit.Message;

/// The character between the values of a row.
enum Separator {
    COMMA(',', Message.of("dataset.table.comma")),
    SEMICOLON(';', Message.of("dataset.table.semicolon")),
    TAB('\t', Message.of("dataset.table.tab"));

    private static final int LOOKED_AT = 1 << 20;

    private final char sign;
    private final Message words;

    Separator(char sign, Message words) {
        this.sign = sign;
        this.words = words;
    }

    char sign() {
        return sign;
    }

    /// As in a sentence.
    Message words() {
        return words;
    }

    /// Finds the separator of a CSV file from its first row. If there is no comma outside quotation marks, it is a
    /// tab or a semicolon (spreadsheets write semicolons where the comma is the decimal point).
    static Separator of(BufferedReader text, Quoting quoting) throws IOException {
        boolean quoted = false;
        boolean begins = true;
        boolean semicolon = false;
        boolean tab = false;
        for (int i = 0, c = text.read(); c >= 0 && i < LOOKED_AT; i++, c = text.read()) {
            if (c == '"' && quoting != Quoting.NONE && (quoted || begins)) {
                quoted = !quoted;
                begins = !quoted; // written twice, it opens again
                continue;
            }
            if (!quoted && (c == '\n' || c == '\r')) {
                if (i > 0) {
                    break;
                }
                continue;
            }
            if (!quoted && c == ',') {
                return COMMA;
            }
            semicolon |= !quoted && c == ';';
            tab |= !quoted && c == '\t';
            begins = c == ';' || c == '\t';
        }
        return quoted ? COMMA : tab ? TAB : semicolon ? SEMICOLON : COMMA;
    }
}

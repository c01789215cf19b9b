package sirkuit.dataset.table;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;
import sirkuit.Problem;

/// Decides from the whole file what its quotation marks mean, see `docs/decisions/0032-quoting.md`. If that cannot be
/// decided and the rows depend on it, the file is refused until the user decides.
///
/// @param quoting [Quoting#NONE] or [Quoting#STANDARD]
/// @param note    what to know before trusting the rows; null for nothing
record QuotingChoice(Quoting quoting, @Nullable Message note) {
    private static final Message ORDINARY = Message.of("dataset.table.ordinary-quotes");
    private static final Message EITHER = Message.of("dataset.table.either-quotes");
    private static final Message NOTHING = Message.plain("");

    /// @throws Problem naming the line when both readings are wrong, or when it cannot be decided
    static QuotingChoice of(Path file, Separator separator, QuotingEvidence seen) {
        if (!seen.standard().any() || !seen.plain().knowsLabels()) {
            return new QuotingChoice(Quoting.STANDARD, backslashes(file, seen));
        }
        QuotingChoice choice = new Judge(file, separator, seen).choice();
        return choice.note() == null ? new QuotingChoice(choice.quoting(), backslashes(file, seen)) : choice;
    }

    private static @Nullable Message backslashes(Path file, QuotingEvidence seen) {
        return seen.standard().plainBackslashAt() == 0
                ? null
                : Message.of(
                        "dataset.table.backslashed-quotes",
                        file,
                        seen.standard().plainBackslashAt());
    }

    /// What is wrong with a file that standard quoting cannot read.
    static Problem wrong(Path file, Separator separator, QuotingEvidence seen) {
        return new Judge(file, separator, seen).wrongQuotes();
    }

    private record Judge(Path file, Separator separator, QuotingEvidence seen) {
        QuotingChoice choice() {
            boolean quoted = seen.standard().malformed() == 0
                    && seen.unclosed() == null
                    && seen.standard().misfits() == 0;
            boolean plain = seen.plain().misfits() == 0;
            if (seen.escapesFit() && (!quoted || seen.escapesMatter())) {
                throw backslash(seen.escapedAt(), plain ? ORDINARY : NOTHING);
            }
            if (quoted) {
                return plain ? eitherFits() : quotedFits();
            }
            if (plain) {
                return plainFits();
            }
            throw seen.plain().misfits() < spoilt()
                            || (seen.plain().misfits() == spoilt() && separator == Separator.TAB)
                    ? misfit(seen.plain().misfit(), Quoting.NONE)
                    : wrongQuotes();
        }

        /// Both readings fit: the rows are the same, or one reading makes one row of several.
        private QuotingChoice eitherFits() {
            QuotingEvidence.Region rows = seen.plainRegion();
            boolean quotedElsewhere =
                    seen.standard().doubled() > 0 || seen.quotedThroughout() || seen.quotedRegions() > 0;
            QuotingEvidence.Region thin = seen.thinRegion();
            if (seen.doubtfulRegion() != null
                    || (thin != null && (separator == Separator.TAB || !seen.mostlyQuoted()))
                    || (rows != null && quotedElsewhere)) {
                throw doubt(EITHER);
            }
            if (rows != null) {
                return new QuotingChoice(
                        Quoting.NONE,
                        Message.of("dataset.table.rows-kept-apart", file, rows.from(), rows.to(), rows.lines()));
            }
            if (thin != null) {
                return new QuotingChoice(
                        Quoting.STANDARD,
                        Message.of("dataset.table.lines-made-one-row", file, thin.from(), thin.to(), thin.lines()));
            }
            boolean seldom = seen.plain().wrappedRows() > 0
                    && seen.standard().doubled() == 0
                    && seen.quotedRegions() == 0
                    && !seen.allQuoted();
            return seldom ? wrapped() : new QuotingChoice(Quoting.STANDARD, null);
        }

        /// Some texts are in quotation marks that are not necessary. No program that writes TSV does that.
        private QuotingChoice wrapped() {
            boolean plain = separator == Separator.TAB && !seen.plain().commasWrapped();
            long count = seen.plain().wrappedRows();
            Message some = Message.of(count == 1 ? "ground.row" : "ground.rows", count);
            return plain
                    ? new QuotingChoice(Quoting.NONE, Message.of("dataset.table.wrapping-quotes-kept", file, some))
                    : new QuotingChoice(
                            Quoting.STANDARD, Message.of("dataset.table.wrapping-quotes-dropped", file, some));
        }

        private QuotingChoice quotedFits() {
            if (seen.plainRegion() != null || seen.doubtfulRegion() != null) {
                throw doubt(Message.of(
                        "dataset.table.either-quotes-but",
                        seen.plain().misfit().line(),
                        seen.plain().misfit().fields(),
                        seen.plain().width()));
            }
            return new QuotingChoice(Quoting.STANDARD, null);
        }

        private QuotingChoice plainFits() {
            QuotingEvidence.Region open = seen.unclosed();
            boolean swallowed = open != null && separator != Separator.TAB && (!open.looksPlain() || seen.small());
            if (swallowed || seen.quotedThroughout() || seen.standard().doubled() > 0 || seen.quotedRegions() > 0) {
                throw wrongQuotes();
            }
            if (seen.doubtfulRegion() != null) {
                throw doubt(EITHER);
            }
            long line = seen.standard().malformedAt() > 0
                    ? seen.standard().malformedAt()
                    : open == null ? seen.standard().misfit().line() : open.from();
            return new QuotingChoice(
                    Quoting.NONE,
                    separator == Separator.TAB ? null : Message.of("dataset.table.read-without-quoting", file, line));
        }

        /// How many rows standard quoting does not explain.
        private long spoilt() {
            QuotingEvidence.Region open = seen.unclosed();
            return seen.standard().malformed()
                    + seen.standard().misfits()
                    + (open == null ? 0 : Math.max(1, open.lines()));
        }

        private Problem wrongQuotes() {
            QuotingEvidence.Region open = seen.unclosed();
            long last = open == null ? Long.MAX_VALUE : seen.standard().openedAt();
            long inside = seen.standard().malformedAt() == 0
                    ? Long.MAX_VALUE
                    : seen.standard().malformedAt();
            long misfit = seen.standard().misfit().line() == 0
                    ? Long.MAX_VALUE
                    : seen.standard().misfit().line();
            long first = Math.min(Math.min(last, inside), misfit);
            Message otherwise = seen.plain().misfits() == 0 ? ORDINARY : NOTHING;
            if (seen.standard().backslashAt() > 0 && seen.standard().backslashAt() <= first) {
                return backslash(seen.standard().backslashAt(), otherwise);
            }
            if (first == misfit) {
                return misfit(seen.standard().misfit(), Quoting.STANDARD);
            }
            return first == inside
                    ? Problem.of("dataset.table.text-after-quote", file, inside, otherwise)
                    : Problem.of(
                            "dataset.quote-not-closed", file, seen.standard().openedAt(), otherwise);
        }

        private Problem backslash(long line, Message otherwise) {
            return Problem.of("dataset.quote-with-backslash", file, line, otherwise);
        }

        private Problem misfit(PlainReading.Misfit line, Quoting reading) {
            Layout layout = new Layout(seen.header(), reading, List.of());
            return DelimitedTable.misfit(
                    file,
                    separator,
                    layout,
                    line.line(),
                    line.fields(),
                    seen.plain().width());
        }

        private Problem doubt(Message remedy) {
            QuotingEvidence.Region rows = Stream.of(seen.plainRegion(), seen.doubtfulRegion(), seen.thinRegion())
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            long from = rows == null ? 0 : rows.from();
            long to = rows == null ? 0 : rows.to();
            return Problem.of("dataset.table.quote-spans-rows", file, from, to, remedy);
        }
    }
}

package sirkuit.sample;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import sirkuit.AtomicFile;

/// The texts of one sample. No sentence of a test split occurs anywhere else.
final class SampleTexts {
    /// Maximum number of draws to find a sentence that has not been drawn yet.
    private static final int TRIES = 10_000;

    private final Grammar grammar;
    private final Random random;
    private final Set<String> taken = new HashSet<>();

    SampleTexts(Grammar grammar, long seed) {
        this.grammar = grammar;
        random = new Random(seed);
    }

    /// Held-out texts, the same number of each label. Every second one has a word or a construction that no
    /// training text has.
    List<Sentence> test(Language language, int size) {
        List<Sentence> texts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int classes = grammar.labels().size();
            texts.add(fresh(language, false, grammar.labels().get(i % classes), i / classes % 2 == 0));
        }
        return texts;
    }

    /// Labelled texts to learn from, the same number of each label.
    List<Sentence> train(Language language, int size) {
        List<Sentence> texts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            texts.add(fresh(
                    language, true, grammar.labels().get(i % grammar.labels().size()), false));
        }
        return texts;
    }

    private Sentence fresh(Language language, boolean training, String label, boolean heldOut) {
        for (int i = 0; i < TRIES; i++) {
            Sentence sentence = grammar.labelled(language, training, random);
            if (sentence.label().equals(label)
                    && (training || sentence.heldOut() == heldOut)
                    && taken.add(sentence.identity())) {
                return sentence;
            }
        }
        throw new IllegalStateException("the grammar has too few sentences of " + label);
    }

    /// Texts without labels, with all words and constructions. They may repeat.
    ///
    /// @param mixed see [Grammar#unlabelled]
    List<Sentence> unlabelled(Language language, int size, double mixed) {
        List<Sentence> texts = new ArrayList<>();
        while (texts.size() < size) {
            Sentence sentence = grammar.unlabelled(language, mixed, random);
            if (!taken.contains(sentence.identity())) {
                texts.add(sentence);
            }
        }
        return texts;
    }

    /// Writes labelled texts with their glosses.
    static void write(Path file, List<Sentence> texts) {
        boolean pairs = !texts.getFirst().pair().isEmpty();
        StringWriter csv = new StringWriter();
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(csv)) {
            List<String> header = new ArrayList<>(List.of("text", "label", "gloss", "construction"));
            if (pairs) {
                header.set(0, "premise");
                header.add(1, "hypothesis");
            }
            writer.writeRecord(header);
            for (Sentence s : texts) {
                List<String> row = new ArrayList<>(List.of(s.text(), s.label(), s.gloss(), s.construction()));
                if (pairs) {
                    row.add(1, s.pair());
                }
                writer.writeRecord(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter does not fail
        }
        AtomicFile.write(file, csv.toString());
    }
}

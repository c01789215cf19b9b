package sirkuit.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sirkuit.checkpoint.tokenizer.TextTokenizer.Piece;
import sirkuit.dataset.Dataset.Example;

class WordSpansTest {
    private static final Piece SPECIAL = new Piece("[CLS]", -1, -1, 0);

    private static Piece piece(int start, int end) {
        return new Piece("x", start, end, 0);
    }

    private static WordSpans letters(String text) {
        return WordSpans.of(
                new Example(text, null, 0),
                IntStream.range(0, text.length()).mapToObj(i -> piece(i, i + 1)).toList());
    }

    private static List<String> words(String text, WordSpans spans) {
        return spans.words().stream()
                .map(s -> text.substring(s.start(), s.end()))
                .toList();
    }

    @Test
    void aWordKeepsItsHyphensAndApostrophesAndSignsStandAlone() {
        String text = "Hati-hati, don't wait!  Rp 25.000";
        assertThat(words(text, letters(text))).containsExactly("Hati-hati", ",", "don't", "wait", "!", "Rp", "25.000");
    }

    @Test
    void piecesOfAWordBelongToItAndSpecialTokensToNone() {
        WordSpans spans = WordSpans.of(
                new Example("bagus sekali", null, 0),
                List.of(SPECIAL, piece(0, 2), piece(2, 5), piece(5, 8), piece(8, 12), SPECIAL));
        assertThat(spans.ofToken()).containsExactly(-1, 0, 0, 1, 1, -1);
    }

    @Test
    void aSpaceBelongsToTheNextWordOrToTheLast() {
        WordSpans spans =
                WordSpans.of(new Example("a b ", null, 0), List.of(piece(0, 1), piece(1, 2), piece(2, 3), piece(3, 4)));
        assertThat(spans.ofToken()).containsExactly(0, 1, 1, 1);
    }

    @Test
    void wordsThatShareATokenAreOne() {
        String text = "ya, itu \"baik\"!";
        WordSpans spans = WordSpans.of(
                new Example(text, null, 0),
                List.of(piece(0, 2), piece(2, 7), piece(7, 9), piece(9, 13), piece(13, 15)));
        assertThat(words(text, spans)).containsExactly("ya", ", itu", "\"", "baik", "\"!");
        assertThat(spans.ofToken()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void wordsThatWereCutAreNotAmongThem() {
        String text = "satu dua tiga";
        WordSpans spans = WordSpans.of(new Example(text, null, 0), List.of(SPECIAL, piece(5, 8)));
        assertThat(words(text, spans)).containsExactly("dua");
        assertThat(spans.ofToken()).containsExactly(-1, 0);
    }

    @Test
    void ofTwoTextsEachHasItsOwnWords() {
        WordSpans spans = WordSpans.of(
                new Example("ya", "tidak ya", 0),
                List.of(piece(0, 2), new Piece("x", 0, 5, 1), new Piece("x", 6, 8, 1)));
        assertThat(spans.words())
                .containsExactly(new WordSpans.Span(0, 0, 2), new WordSpans.Span(1, 0, 5), new WordSpans.Span(1, 6, 8));
        assertThat(spans.ofToken()).containsExactly(0, 1, 2);
    }

    @Test
    void leavingOutAWordLeavesOneSpaceWhereThereWereTwo() {
        assertThat(new WordSpans.Span(0, 5, 10).leftOutOf("film bagus sekali")).isEqualTo("film sekali");
        assertThat(new WordSpans.Span(0, 0, 4).leftOutOf("film bagus")).isEqualTo("bagus");
        assertThat(new WordSpans.Span(0, 5, 10).leftOutOf("film bagus")).isEqualTo("film");
        assertThat(new WordSpans.Span(0, 10, 11).leftOutOf("film bagus!")).isEqualTo("film bagus");
        assertThat(new WordSpans.Span(0, 5, 10).leftOutOf("film bagus!")).isEqualTo("film !");
        assertThat(new WordSpans.Span(0, 0, 2).leftOutOf("ya")).isEmpty();
    }
}

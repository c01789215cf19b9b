package sirkuit.app.look;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.protocol.Event;

/// Problems in the words of the window.
@Isolated("speaks another language for a while")
class ProblemWordsTest {
    private final Problem unknown =
            Problem.of("dataset.unknown-label", "train.csv", "line", 3, "-", "", "negative, positive", "Use --labels.");

    @AfterEach
    void speakEnglish() {
        Words.speak("en");
    }

    @Test
    void aRemedyNamesWhatTheWindowHasAndNoOption() {
        assertThat(unknown.remedy()).contains("--labels");
        assertThat(ProblemWords.remedy(unknown))
                .contains(Words.of("form.labels"))
                .doesNotContain("--");
    }

    @Test
    void aRemedyWithinARemedyIsTheWindowsToo() {
        Problem marked = unknown.withRemedy(Message.of("dataset.no-gold-label.remedy", "-", "-", unknown.advice()));
        assertThat(marked.remedy()).contains("--skip-label", "--labels");
        assertThat(ProblemWords.remedy(marked))
                .contains("remove these rows", Words.of("form.labels"))
                .doesNotContain("--");
    }

    @Test
    void theLanguageIsThatOfTheWindow() {
        String english = ProblemWords.of(unknown);
        Words.speak("id");
        assertThat(ProblemWords.of(unknown)).isNotEqualTo(english).contains("train.csv", Words.of("form.labels"));
    }

    @Test
    void aNoteIsSaidInTheLanguageOfTheWindowAndWithoutOptions() {
        Event.Noted note = Event.Noted.of(Message.of(
                "dataset.label-meaning.by-number",
                Message.of("dataset.order-of-labels"),
                Message.of("dataset.label-as", 0, "negative"),
                "train.csv"));
        assertThat(note.what()).startsWith("Labels read by number, in --labels' order: 0 as negative");
        assertThat(ProblemWords.note(note))
                .startsWith("Labels read by number, in the given labels' order: 0 as negative")
                .contains(Words.of("form.labels"))
                .doesNotContain("--");
        Words.speak("id");
        assertThat(ProblemWords.note(note))
                .startsWith("Label dibaca menurut nomor, dalam urutan label yang diberikan: 0 sebagai negative")
                .contains(Words.of("form.labels"))
                .doesNotContain("--");
        assertThat(ProblemWords.note(new Event.Noted("Two texts were cut.", null)))
                .isEqualTo("Two texts were cut.");
    }

    @Test
    void whatAnOlderEngineWroteIsSaidAsItStands() {
        assertThat(ProblemWords.of(Problem.plain("It's {0}.", "Use --device cpu.")))
                .isEqualTo("It's {0}. Use --device cpu.");
    }
}

package sirkuit.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import sirkuit.Problem;

class PromptTest {
    @Test
    void aTextThatHoldsAPlaceIsNotFilledAgain() {
        Prompt prompt = new Prompt("P: {text} H: {pair} {other}?", null);
        assertThat(prompt.fill("a {pair} {text}", "b")).isEqualTo("P: a {pair} {text} H: b {other}?");
        assertThat(prompt.takesPairs()).isTrue();
    }

    @Test
    void wordsKeepTheirSpacesAndTheirOrder() {
        assertThat(Prompt.verbalizer("negative= bad,positive= good"))
                .containsExactly(java.util.Map.entry("negative", " bad"), java.util.Map.entry("positive", " good"));
        assertThatThrownBy(() -> Prompt.verbalizer("negative,positive")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Prompt.verbalizer("a=x,a=y")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> new Prompt("no place", null)).isInstanceOf(Problem.class);
    }
}

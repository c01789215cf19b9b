package sirkuit.app.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import javafx.css.PseudoClass;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;
import sirkuit.UsesWindow;

@UsesWindow
class NumberFieldTest {
    private final TuneModel model = new TuneModel();

    @BeforeEach
    void toolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999", "1.5", "-1", "", "seven", "1f"})
    void aSeedThatCannotBeUsedIsMarkedAndNothingStartsWithIt(String text) throws Exception {
        NumberField seed = field();
        type(seed, text);
        assertThat(danger(seed)).isTrue();
        assertThat(seed.getTooltip().getText()).startsWith("Seed must be a whole number from 0");
        assertThat(model.mistakes()).containsOnlyKeys("Seed");
        assertThat(model.seed().get()).isZero();
    }

    @Test
    void mendedItIsTakenOver() throws Exception {
        NumberField seed = field();
        type(seed, "99999999999");
        type(seed, "2147483647");
        assertThat(danger(seed)).isFalse();
        assertThat(model.mistakes()).isEmpty();
        assertThat(model.seed().get()).isEqualTo(2147483647L);
    }

    private NumberField field() throws Exception {
        return WaitForAsyncUtils.asyncFx(() -> new NumberField(
                        "seed",
                        "Seed",
                        model.seed(),
                        NumberField.Allowed.whole(0, Integer.MAX_VALUE),
                        model.mistakes()))
                .get();
    }

    private static void type(NumberField field, String text) throws Exception {
        WaitForAsyncUtils.asyncFx(() -> field.setText(text)).get();
    }

    private static boolean danger(NumberField field) {
        Set<PseudoClass> states = field.getPseudoClassStates();
        return states.contains(PseudoClass.getPseudoClass("danger"));
    }
}

package sirkuit.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sirkuit.record.RunConfig;

class ChosenOnTest {
    private static ChosenOn of(int patience, @Nullable Double limit) {
        RunConfig.Settings d = RunConfig.Settings.DEFAULT;
        RunConfig.Settings settings = new RunConfig.Settings(
                d.batches(),
                d.optimizer(),
                d.dropout(),
                d.evaluateEvery(),
                patience,
                d.examples(),
                d.maxLength(),
                d.seed());
        RunConfig.Course course = new RunConfig.Course(RunConfig.Course.Schedule.LINEAR, limit, false, 0, 30, false);
        return ChosenOn.of(settings, course, false);
    }

    @ParameterizedTest
    @CsvSource({"3, , target", "0, 5, source", "3, 5, target source"})
    void whatChoosesTheStepIsNamed(int patience, @Nullable Double limit, String roles) {
        ChosenOn chosen = of(patience, limit);
        assertThat(String.join(" ", chosen.roles())).isEqualTo(roles);
        assertThat(chosen.sentence()).contains("Chosen on th").contains(roles.split(" "));
    }

    @Test
    void theLastStepIsChosenByNobody() {
        assertThat(of(0, null).roles()).isEmpty();
        assertThat(of(0, null).sentence()).isNull();
    }
}

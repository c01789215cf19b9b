package sirkuit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import sirkuit.Problem;
import sirkuit.cli.model.ScoreCommand;
import sirkuit.cli.run.StudyCommand;
import sirkuit.cli.run.TuneCommand;
import sirkuit.cli.shared.OptionRange;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskOrigin;
import sirkuit.mask.ScoreMethod;
import sirkuit.protocol.Request;
import sirkuit.record.Baseline;
import sirkuit.record.DataFile;

/// Annotations hold only constants, so the help repeats what the program knows elsewhere.
class HelpNamesTest {
    private static String label(Object command, String option) {
        return new CommandLine(command).getCommandSpec().findOption(option).paramLabel();
    }

    @Test
    void theHelpOfScoreNamesEveryMethod() {
        assertThat(label(new ScoreCommand(), "--method"))
                .isEqualTo(Stream.of(ScoreMethod.values()).map(ScoreMethod::id).collect(Collectors.joining("|")));
    }

    @Test
    void theHelpOfTuneNamesEveryBaseline() {
        assertThat(label(new TuneCommand(), "--baseline"))
                .isEqualTo(Stream.of(Baseline.values()).map(Baseline::id).collect(Collectors.joining("|")));
    }

    @Test
    void theHelpOfStudyNamesEveryBaselineAndEveryWayToSelectHeads() {
        String help = String.join(
                "",
                new CommandLine(new StudyCommand())
                        .getCommandSpec()
                        .findOption("--strategies")
                        .description());
        assertThat(help.split("[,;] ?| or "))
                .contains(Stream.of(Baseline.values()).map(Baseline::id).toArray(String[]::new))
                .contains(
                        MaskOrigin.TOP.word() + "-K:SCORES",
                        MaskOrigin.NEAR_ZERO.word() + "-K:SCORES",
                        MaskOrigin.RANDOM.word() + "-K");
    }

    @Test
    void aNumberOutOfRangeIsNamedByItsOption() {
        assertThatThrownBy(() -> OptionRange.of(
                        Map.of("examples", "--budget"),
                        () -> new Request.Faithfulness(
                                new Request.Model("here", null, 64),
                                new DataFile("data.csv"),
                                HeadMask.none(1, 1),
                                null,
                                3,
                                -1,
                                0)))
                .isInstanceOf(Problem.class)
                .hasMessage("--budget is -1. Give a number that is at least 0.");
        assertThatThrownBy(() -> OptionRange.of(() -> new Request.Model("here", null, 2)))
                .hasMessage("--max-length is 2. Give a number that is at least 3.");
    }
}

package sirkuit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import sirkuit.mask.ScoreMethod;

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
}

package sirkuit.cli.shared;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import sirkuit.record.OutsideFiles;

/// Checks of the options of a command that begins a run or resumes one.
///
/// @param command as picocli gives it
public record GivenOptions(CommandSpec command) {
    private static final Set<String> WITH_RESUME =
            Set.of("--resume", "--device", "--threads", "--json", OutsideFiles.OPTION);

    /// @param command null before picocli has set it
    public static GivenOptions of(@Nullable CommandSpec command) {
        return new GivenOptions(Objects.requireNonNull(command, "set by picocli"));
    }

    /// @throws ParameterException when the option was not given
    public <T> T required(@Nullable T value, String option) {
        if (value == null) {
            throw wrong("Missing required option: '" + option + "'");
        }
        return value;
    }

    /// What is resumed keeps its own settings.
    ///
    /// @param why what is resumed, and where its settings are
    /// @throws ParameterException when another option was given with `--resume`
    public void requireOnlyResume(String why) {
        for (OptionSpec option : command.commandLine().getParseResult().matchedOptions()) {
            if (!WITH_RESUME.contains(option.longestName())) {
                throw wrong(option.longestName() + " cannot be given with --resume: " + why);
            }
        }
    }

    public ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}

package sirkuit.cli.shared;

/// The exit status of a command that does not succeed.
public final class ExitStatus {
    /// The work failed, or a check found a problem.
    public static final int FAILED = 1;

    /// Wrong usage or unusable input.
    public static final int UNUSABLE = 2;

    private ExitStatus() {}
}

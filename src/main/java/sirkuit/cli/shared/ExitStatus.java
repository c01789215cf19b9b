package sirkuit.cli.shared;

/// With what a command ends when it does not succeed.
public final class ExitStatus {
    /// The work failed, or what was checked is not as it should be.
    public static final int FAILED = 1;

    /// Wrong usage or unusable input.
    public static final int UNUSABLE = 2;

    private ExitStatus() {}
}

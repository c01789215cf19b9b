package sirkuit.app.compare;

/// What can be on one side of a comparison.
public sealed interface Side {
    /// Its name.
    String words();

    /// Scores that the project keeps.
    record Scores(String id, String words) implements Side {}

    /// The adapted checkpoint of a finished run, scored when it is selected.
    ///
    /// @param checkpoint its folder
    record Adapted(String checkpoint, String words) implements Side {}

    /// A mask that was saved by name: its heads count 1, the others 0.
    record Mask(String name, String words) implements Side {}
}

package sirkuit.app.browser;

/// How an answer changed from the checkpoint before to the one after.
enum Change {
    /// Wrong before, right after.
    GAINED,
    /// Right before, wrong after.
    LOST,
    /// Right both times.
    KEPT,
    /// Wrong both times.
    NEVER;

    static Change of(boolean before, boolean after) {
        if (before) {
            return after ? KEPT : LOST;
        }
        return after ? GAINED : NEVER;
    }
}

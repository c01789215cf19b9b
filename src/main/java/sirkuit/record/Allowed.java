package sirkuit.record;

import org.jspecify.annotations.Nullable;
import sirkuit.Message;
import sirkuit.Problem;

/// Which numbers a setting may have.
public final class Allowed {
    private Allowed() {}

    public static Message atLeast(int least) {
        return Message.of("record.at-least", least);
    }

    public static Message moreThanZero() {
        return Message.of("record.more-than", 0);
    }

    /// Both included.
    public static Message between(int least, int most) {
        return Message.of("record.between", least, most);
    }

    public static Message fromZeroToBelowOne() {
        return Message.of("record.at-least-and-below", 0, 1);
    }

    /// @param name    of the setting, as whoever gave it calls it
    /// @param allowed what it may be
    /// @throws Problem where it does not hold
    public static void require(boolean holds, String name, @Nullable Object value, Message allowed) {
        if (!holds) {
            throw Problem.of("record.number-not-allowed", name, value, allowed);
        }
    }
}

package sirkuit.app.look;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a time is written where there is little room: `17:45` on that day, `31 Jan` later.
public final class Moments {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ROOT);

    /// The samples have this time of day, so that making them again gives the same files.
    private static final String TIMELESS = "T00:00:00Z";

    private Moments() {}

    public static String brief(LocalDateTime time, LocalDate today) {
        return (time.toLocalDate().equals(today) ? CLOCK : DAY)
                .withLocale(Words.locale())
                .format(time);
    }

    /// The same of an ISO-8601 instant; empty where that is not known.
    public static String brief(@Nullable String instant) {
        if (instant == null || instant.endsWith(TIMELESS)) {
            return "";
        }
        try {
            ZoneId here = ZoneId.systemDefault();
            return brief(LocalDateTime.ofInstant(Instant.parse(instant), here), LocalDate.now(here));
        } catch (DateTimeException other) {
            return "";
        }
    }
}

package io.selfheal.healer.server.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From when until when, as a caller says it: each end a time, or how long ago as an ISO-8601 duration. */
record TimeSpan(Instant since, Instant until) {

    static TimeSpan parse(String since, @Nullable String until, Instant now) {
        Instant from = end("since", since, now);
        // Not included: a time just ahead takes in what is being written now.
        Instant to = until == null ? now.plusSeconds(1) : end("until", until, now);
        if (!from.isBefore(to)) {
            throw RequestRefusedException.badRequest(
                    "since: expected a time before until, was " + from + ", and until " + to);
        }
        return new TimeSpan(from, to);
    }

    private static Instant end(String field, String text, Instant now) {
        return ago(text, now)
                .or(() -> time(text))
                .filter(at -> at.isAfter(Instant.EPOCH) && at.isBefore(Instant.parse("9999-01-01T00:00:00Z")))
                .orElseThrow(() -> RequestRefusedException.badRequest(field
                        + ": expected a time such as 2026-05-01T10:00:00Z, or how long ago, such as PT1H; was '" + text
                        + "'"));
    }

    private static Optional<Instant> ago(String text, Instant now) {
        try {
            return Optional.of(Duration.parse(text))
                    .filter(time -> !time.isNegative())
                    .map(now::minus);
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

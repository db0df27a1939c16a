package io.selfheal.healer.policy;

import io.selfheal.healer.fleet.ServiceId;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * A time in which somebody works on services, so that the healer begins nothing new on them.
 *
 * @param services by name; empty: all
 */
public record MaintenanceWindow(String name, Set<String> services, Times times) {

    public MaintenanceWindow {
        services = Set.copyOf(services);
    }

    /** When it is open. The end is not part of it. */
    public sealed interface Times {

        /** One time and never again. */
        record Once(Instant from, Instant to) implements Times {
            public Once {
                if (!to.isAfter(from)) {
                    throw new IllegalArgumentException("to: expected after " + from + ", was " + to);
                }
            }
        }

        /**
         * Again and again, by the clocks of a zone. With {@code to} not after {@code from} it goes on over midnight, and the day
         * is the one on which it begins.
         *
         * @param days on which it begins, whatever the date
         * @param dates on which it begins, whatever the day
         */
        record Local(Set<DayOfWeek> days, Set<LocalDate> dates, LocalTime from, LocalTime to, ZoneId zone)
                implements Times {
            // Two days back: a window of a day may have begun before the date that a zone skipped, as Samoa did in
            // 2011.
            private static final int DAYS_BACK = 2;

            public Local {
                days = Set.copyOf(days);
                dates = Set.copyOf(dates);
            }

            private Optional<Instant> openUntil(Instant now) {
                LocalDate today = now.atZone(zone).toLocalDate();
                return LongStream.rangeClosed(-DAYS_BACK, 0)
                        .mapToObj(today::plusDays)
                        .filter(day -> days.contains(day.getDayOfWeek()) || dates.contains(day))
                        .filter(day -> !now.isBefore(start(day)))
                        .map(this::end)
                        .filter(now::isBefore)
                        .max(Comparator.naturalOrder());
            }

            /** A time that the clocks skip is the moment at which they do: a window never shrinks to nothing. */
            private Instant start(LocalDate day) {
                LocalDateTime local = day.atTime(from);
                ZoneOffsetTransition skip = zone.getRules().getTransition(local);
                return skip != null && skip.isGap()
                        ? skip.getInstant()
                        : ZonedDateTime.of(local, zone).toInstant();
            }

            /** A time that comes twice is the second one. */
            private Instant end(LocalDate day) {
                LocalDate last = to.isAfter(from) ? day : day.plusDays(1);
                return ZonedDateTime.of(last.atTime(to), zone)
                        .withLaterOffsetAtOverlap()
                        .toInstant();
            }
        }
    }

    public boolean covers(ServiceId service) {
        return services.isEmpty() || services.contains(service.service());
    }

    /** When it closes; empty while it is not open. */
    public Optional<Instant> openUntil(Instant now) {
        return switch (times) {
            case Times.Once(Instant from, Instant to) ->
                now.isBefore(from) || !now.isBefore(to) ? Optional.empty() : Optional.of(to);
            case Times.Local local -> local.openUntil(now);
        };
    }
}

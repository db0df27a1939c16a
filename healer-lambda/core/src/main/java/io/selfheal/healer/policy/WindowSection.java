package io.selfheal.healer.policy;

import io.selfheal.healer.policy.MaintenanceWindow.Times;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads one maintenance window: with a zone it comes again by that zone's clocks, without one it is there once. */
final class WindowSection {
    private static final List<String> DAYS =
            Stream.of(DayOfWeek.values()).map(WindowSection::word).toList();

    private final Section section;

    private WindowSection(Section section) {
        this.section = section;
    }

    /** Empty when something essential is missing or wrong, which then is among the problems. */
    static Optional<MaintenanceWindow> read(Section section) {
        return new WindowSection(section).read();
    }

    private Optional<MaintenanceWindow> read() {
        section.required("name", "it is named in every refusal");
        Optional<String> name = section.text("name");
        Optional<List<String>> services = section.list("services", Function.identity());
        if (services.filter(List::isEmpty).isPresent()) {
            section.problem("services", "is empty; leave it out when the window is for all services");
        }
        section.required("from", "write the time at which it opens");
        section.required("to", "write the time at which it closes");
        boolean local = Stream.of("zone", "days", "dates").filter(section::has).count() > 0;
        Optional<Times> times = local ? local() : once();
        section.refuseOtherKeys();
        return name.flatMap(
                one -> times.map(when -> new MaintenanceWindow(one, Set.copyOf(services.orElse(List.of())), when)));
    }

    private Optional<Times> once() {
        Optional<Instant> from = section.parsed("from", WindowSection::instant);
        Optional<Instant> to = section.parsed("to", WindowSection::instant);
        return from.flatMap(start -> to.flatMap(end -> {
            if (!end.isAfter(start)) {
                section.problem("to", "expected after from, " + start + ", was " + end);
                return Optional.empty();
            }
            return Optional.of(new Times.Once(start, end));
        }));
    }

    private Optional<Times> local() {
        section.required("zone", "write the zone of its clocks, for example Europe/Berlin or UTC");
        if (section.has("days") && section.has("dates")) {
            section.problem("dates", "write either days or dates; for both write two windows");
        }
        Optional<List<DayOfWeek>> days = section.list("days", WindowSection::day);
        Optional<List<LocalDate>> dates = section.list("dates", WindowSection::date);
        if (days.filter(List::isEmpty).isPresent()
                || dates.filter(List::isEmpty).isPresent()) {
            section.problem(
                    days.isPresent() ? "days" : "dates",
                    "is empty, so that it never opens; leave it out for every day");
        }
        Set<DayOfWeek> onDays = EnumSet.noneOf(DayOfWeek.class);
        onDays.addAll(days.orElse(dates.isPresent() ? List.of() : List.of(DayOfWeek.values())));
        Optional<LocalTime> from = section.parsed("from", WindowSection::time);
        Optional<LocalTime> to = section.parsed("to", WindowSection::time);
        Optional<ZoneId> zone = section.parsed("zone", WindowSection::zone);
        return from.flatMap(start -> to.flatMap(end ->
                zone.map(where -> new Times.Local(onDays, new HashSet<>(dates.orElse(List.of())), start, end, where))));
    }

    private static String word(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    private static DayOfWeek day(String text) {
        int index = DAYS.indexOf(text);
        if (index < 0) {
            throw new IllegalArgumentException("expected one of " + String.join(", ", DAYS) + ", was '" + text + "'"
                    + Spelling.suggest(text, DAYS));
        }
        return DayOfWeek.of(index + 1);
    }

    private static LocalDate date(String text) {
        return expecting("a date such as 2026-12-24", text, LocalDate::parse);
    }

    private static LocalTime time(String text) {
        return expecting("a time of day in quotes such as '22:30'", text, LocalTime::parse);
    }

    private static Instant instant(String text) {
        return expecting(
                "a moment in quotes such as '2026-12-24T22:00:00Z', or a zone beside it and a time of day",
                text,
                Instant::parse);
    }

    private static ZoneId zone(String text) {
        return expecting("a zone such as Europe/Berlin or UTC", text, ZoneId::of);
    }

    private static <T> T expecting(String what, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("expected " + what + ", was '" + text + "'", e);
        }
    }
}

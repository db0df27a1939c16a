package io.selfheal.embedded.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which events are wanted.
 *
 * @param from inclusive
 * @param to inclusive
 * @param pattern one of CloudWatch Logs'; empty finds all
 */
public record LogSearch(Optional<Instant> from, Optional<Instant> to, String pattern) {

    /** Of all these streams together, in the order of their ids. */
    public List<LogEvent> in(Collection<LogStream> streams) {
        var wanted = FilterPattern.parse(pattern);
        List<LogEvent> found = new ArrayList<>();
        for (LogStream stream : streams) {
            try {
                stream.events().stream()
                        .filter(event -> from.filter(event.at()::isBefore).isEmpty()
                                && to.filter(event.at()::isAfter).isEmpty()
                                && wanted.test(event.message()))
                        .forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException("reading " + stream.file(), e);
            }
        }
        found.sort(Comparator.comparing(LogEvent::id));
        return found;
    }
}

package io.selfheal.healer.server.console;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.http.sse.Event;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.reactivestreams.Publisher;

/**
 * Tells open consoles how things are: read once for all of them, at once when something happened and otherwise once a second,
 * and sent only where it differs or nothing was sent for a while. Whoever reads slowly gets the newest and not what was between,
 * so that a console costs one text at most. While none is open, nothing is read.
 */
@Singleton
public final class Feed implements AutoCloseable {
    /** People who look at one healer; each costs a connection and a buffer. */
    static final int MOST_CONSOLES = 32;

    private static final Duration LOOK = Duration.ofSeconds(1);
    /** So often at least, so that a console that hears nothing knows that it is cut off. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);

    private final NowReader reader;
    private final Changes changes;
    private final JsonMapper json;
    private final Clock clock;
    private final Set<FeedReader> consoles = ConcurrentHashMap.newKeySet();
    // Written by the one beat that calls tell().
    private long toldCount;
    private Instant lookedAt = Instant.MIN;
    private Instant toldAt = Instant.MIN;
    private Optional<NowView> told = Optional.empty();

    Feed(NowReader reader, Changes changes, JsonMapper json, Clock clock) {
        this.reader = reader;
        this.changes = changes;
        this.json = json;
        this.clock = clock;
    }

    /** What one console is told from now on, beginning with how things are. */
    Publisher<Event<String>> open() {
        return subscriber -> {
            FeedReader console = new FeedReader(subscriber, consoles::remove);
            boolean room = consoles.size() < MOST_CONSOLES && consoles.add(console);
            console.begin();
            if (room) {
                console.tell(text(reader.read()));
            } else {
                console.end();
            }
        };
    }

    /** Whether one more may listen. Two that ask at the same moment may both be told yes, and one is then hung up on. */
    void requireRoom() {
        if (consoles.size() >= MOST_CONSOLES) {
            throw new HttpStatusException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "already " + MOST_CONSOLES
                            + " consoles are open at this healer: close one, or ask GET /now instead");
        }
    }

    int consoles() {
        return consoles.size();
    }

    /** Called a few times a second. */
    public void tell() {
        if (consoles.isEmpty()) {
            told = Optional.empty();
            return;
        }
        Instant now = clock.instant();
        long count = changes.count();
        if (count == toldCount && now.isBefore(lookedAt.plus(LOOK))) {
            return;
        }
        toldCount = count;
        lookedAt = now;
        NowView view = reader.read();
        boolean same = told.filter(view::saysTheSameAs).isPresent();
        if (same && now.isBefore(toldAt.plus(SIGN_OF_LIFE))) {
            return;
        }
        told = Optional.of(view);
        toldAt = now;
        String text = text(view);
        consoles.forEach(console -> console.tell(text));
    }

    private String text(NowView view) {
        try {
            return json.writeValueAsString(view);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hangs up on all, so that the process need not wait for them when it stops. */
    @Override
    public void close() {
        consoles.forEach(FeedReader::end);
    }
}

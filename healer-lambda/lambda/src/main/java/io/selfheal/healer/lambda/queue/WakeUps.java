package io.selfheal.healer.lambda.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.selfheal.healer.json.JsonTrees;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the function called again when something is due: by a message that a queue holds back until then. One stands at a time,
 * whatever the number of functions; one that is lost costs a delay until the schedule's next call and nothing else.
 */
public final class WakeUps {
    private static final Logger LOG = LoggerFactory.getLogger(WakeUps.class);
    private static final String MARK = "wake-up";
    /** No queue holds a message back for longer; until then the schedule has called many times. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** Decides who asks: of all functions that want to be woken, one. */
    @FunctionalInterface
    public interface Claims {

        /** Whether to ask for a wake-up at that time: none stands that is still to come, or only a later one. */
        boolean claim(Instant due, Instant now);
    }

    private final Optional<Queue> queue;
    private final Claims claims;
    private final InstantSource clock;

    /** With no queue, the schedule alone wakes it up. */
    public WakeUps(Optional<Queue> queue, Claims claims, InstantSource clock) {
        this.queue = queue;
        this.claims = claims;
        this.clock = clock;
    }

    /** When the one with that body was due; empty: it is none of these messages. */
    public static Optional<Instant> dueOf(String body) {
        if (!body.startsWith("{\"selfheal\":\"" + MARK + "\"")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(JsonTrees.read(body).path("due").asText("")));
        } catch (JsonProcessingException | DateTimeParseException e) {
            LOG.warn("a wake-up that says no time counts all the same: {}", e.getMessage());
            return Optional.of(Instant.MIN);
        }
    }

    /**
     * Not before that time, and no sooner than in a second. What goes wrong is said and harms nothing.
     *
     * @param spent the time of the wake-up that made this call, which stands no longer, though it may have come early: the clocks
     *     of queue and function are two
     */
    public void at(Instant due, Instant spent) {
        Instant now = clock.instant();
        Instant whole = up(due.isAfter(now.plusSeconds(1)) ? due : now.plusSeconds(1));
        // Rounded up too: a message that comes a moment early would find nothing due.
        Duration delay =
                Duration.ofSeconds(Math.ceilDiv(Duration.between(now, whole).toMillis(), 1000));
        if (queue.isEmpty() || delay.compareTo(LONGEST) > 0) {
            return;
        }
        try {
            if (claims.claim(whole, spent.isAfter(now) ? spent : now)) {
                String body =
                        JsonTrees.write(JsonTrees.object().put("selfheal", MARK).put("due", whole.toString()));
                queue.get().send(body, Map.of(), delay);
                LOG.debug("to be woken at {}", whole);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("no wake-up at {}, the schedule has to do: {}", whole, e.toString());
        }
    }

    private static Instant up(Instant time) {
        Instant second = time.truncatedTo(ChronoUnit.SECONDS);
        return second.equals(time) ? second : second.plusSeconds(1);
    }
}

package io.selfheal.healer.lambda.queue;

import io.selfheal.healer.json.JsonTrees;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

    /** Whether this is the body of one of these messages. */
    public static boolean isOne(String body) {
        return body.startsWith("{\"selfheal\":\"" + MARK + "\"");
    }

    /** Not before that time, and no sooner than in a second. What goes wrong is said and harms nothing. */
    public void at(Instant due) {
        Instant now = clock.instant();
        Instant whole = up(due.isAfter(now.plusSeconds(1)) ? due : now.plusSeconds(1));
        // Rounded up too: a message that comes a moment early would find nothing due.
        Duration delay =
                Duration.ofSeconds(Math.ceilDiv(Duration.between(now, whole).toMillis(), 1000));
        if (queue.isEmpty() || delay.compareTo(LONGEST) > 0) {
            return;
        }
        try {
            if (claims.claim(whole, now)) {
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

package io.selfheal.healer.lambda.queue;

import io.selfheal.healer.json.JsonTrees;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where events go that can never be understood: with the reason, so that a person can tell what to mend. */
public final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    /** A message of SQS holds 256 KB, and each quote of what was sent is written with a backslash. */
    private static final int LONGEST = 100_000;
    /** Of an attribute: enough for a sentence. */
    private static final int LONGEST_REASON = 300;

    private final Optional<Queue> queue;
    private final InstantSource clock;

    public DeadLetters(Optional<Queue> queue, InstantSource clock) {
        this.queue = queue;
        this.clock = clock;
    }

    /**
     * An event that can never be understood.
     *
     * @param event as it came
     * @param from what kind of event it is
     * @param messageId by which its sender knows it; may be empty
     */
    public record Letter(String event, String from, String messageId, String reason) {}

    /** False: it is not kept anywhere, so that whoever delivered it has to keep it. */
    public boolean bury(Letter letter) {
        LOG.warn("{} {} cannot be understood: {}", letter.from(), letter.messageId(), letter.reason());
        if (queue.isEmpty()) {
            return false;
        }
        try {
            queue.get()
                    .send(body(letter), Map.of("reason", plain(letter.reason()), "from", letter.from()), Duration.ZERO);
            return true;
        } catch (IOException e) {
            LOG.warn("the dead letter queue did not take it: {}", e.getMessage());
            return false;
        }
    }

    private String body(Letter letter) {
        String event = letter.event();
        return JsonTrees.write(JsonTrees.object()
                .put("reason", letter.reason())
                .put("from", letter.from())
                .put("messageId", letter.messageId())
                .put("at", clock.instant().toString())
                .put("cut", event.length() > LONGEST)
                .put("event", event.substring(0, Math.min(event.length(), LONGEST))));
    }

    /** SQS refuses attributes with characters that XML does not have, and reasons may quote what was sent. */
    private static String plain(String reason) {
        String plain = reason.replaceAll("[^\\x20-\\x7E]", "?");
        return plain.isEmpty() ? "unknown" : plain.substring(0, Math.min(plain.length(), LONGEST_REASON));
    }
}

package io.selfheal.healer.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.incident.StoreUnavailableException;
import io.selfheal.healer.intake.Delivery;
import io.selfheal.healer.json.JsonTrees;
import io.selfheal.healer.lambda.event.Event;
import io.selfheal.healer.lambda.invocation.Invocation;
import io.selfheal.healer.lambda.queue.WakeUps;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A batch out of a queue: each message by itself, so that only those that failed are delivered again. */
final class Batches {
    private static final Logger LOG = LoggerFactory.getLogger(Batches.class);

    private final Reception reception;

    Batches(Reception reception) {
        this.reception = reception;
    }

    /** The answer that the queue's poller wants. */
    String take(List<Event.Entry> entries, Invocation invocation) {
        Set<String> failed = new LinkedHashSet<>();
        boolean goOn = true;
        for (Event.Entry entry : entries) {
            goOn = goOn && invocation.hasTime();
            Fate fate = goOn ? fate(entry, invocation) : Fate.FAILED;
            if (fate != Fate.TAKEN) {
                failed.add(entry.id());
            }
            // Where the store is away each message would wait for its whole bound, and fail.
            goOn = goOn && fate != Fate.STORE_AWAY && !(fate == Fate.FAILED && entry.inOrder());
        }
        return answer(failed);
    }

    private enum Fate {
        TAKEN,
        FAILED,
        STORE_AWAY
    }

    private Fate fate(Event.Entry entry, Invocation invocation) {
        try {
            Optional<Instant> wakeUp = WakeUps.dueOf(entry.body());
            if (wakeUp.isPresent()) {
                invocation.wokenFor(wakeUp.get());
                invocation.tick();
                return Fate.TAKEN;
            }
            return taken(entry, invocation) ? Fate.TAKEN : Fate.FAILED;
        } catch (StoreUnavailableException e) {
            LOG.warn("message {} is left in its queue: {}", entry.id(), e.getMessage());
            return Fate.STORE_AWAY;
        } catch (RuntimeException e) {
            LOG.warn("message {} is left in its queue", entry.id(), e);
            return Fate.FAILED;
        }
    }

    private boolean taken(Event.Entry entry, Invocation invocation) {
        ObjectNode alone = JsonTrees.object();
        alone.putArray("Records").add(entry.record());
        boolean taken = true;
        // By itself, so that nothing in it can make the others unreadable.
        for (Delivery delivery : reception.deliveries(JsonTrees.write(alone).getBytes(StandardCharsets.UTF_8))) {
            taken &= switch (reception.take(delivery, "sqs", entry.body(), invocation)) {
                case Reception.Outcome.Saved _, Reception.Outcome.Buried _ -> true;
                case Reception.Outcome.Refused _ -> false;
            };
        }
        return taken;
    }

    private static String answer(Set<String> failed) {
        ObjectNode answer = JsonTrees.object();
        ArrayNode failures = answer.putArray("batchItemFailures");
        failed.forEach(id -> failures.addObject().put("itemIdentifier", id));
        return JsonTrees.write(answer);
    }
}

package io.selfheal.healer.lambda;

import io.selfheal.healer.intake.Delivery;
import io.selfheal.healer.intake.Intake;
import io.selfheal.healer.intake.Parsed;
import io.selfheal.healer.lambda.invocation.Invocation;
import io.selfheal.healer.lambda.queue.DeadLetters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in one delivered message: saved, or put aside with the reason, or left to whoever delivered it. */
final class Reception {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final Intake intake;
    private final DeadLetters deadLetters;

    Reception(Intake intake, DeadLetters deadLetters) {
        this.intake = intake;
        this.deadLetters = deadLetters;
    }

    /** What became of a message. */
    sealed interface Outcome {
        record Saved(int signals, int ignored) implements Outcome {}

        /** Never to be understood, and kept elsewhere with the reason. */
        record Buried(String why) implements Outcome {}

        /** Never to be understood, and to be kept by whoever delivered it. */
        record Refused(String why) implements Outcome {}
    }

    /** The parts of an event, each by itself; there is one at least. */
    Iterable<Delivery> deliveries(byte[] body) {
        return intake.deliveries(body);
    }

    /** Throws what the engine throws: then nothing is known to be saved. */
    Outcome take(Delivery delivery, String from, String original, Invocation invocation) {
        return switch (delivery.parsed()) {
            case Parsed.Accepted accepted -> save(accepted, from, invocation);
            case Parsed.Refused(String why) ->
                deadLetters.bury(new DeadLetters.Letter(original, from, delivery.messageId(), why))
                        ? new Outcome.Buried(why)
                        : new Outcome.Refused(why);
        };
    }

    static Outcome.Saved save(Parsed.Accepted accepted, String from, Invocation invocation) {
        if (accepted.ignored() > 0) {
            LOG.info("{} parts of what {} sent were ignored: {}", accepted.ignored(), from, accepted.why());
        }
        return new Outcome.Saved(invocation.accept(accepted.signals()), accepted.ignored());
    }
}

package io.selfheal.healer.intake;

import io.selfheal.healer.policy.AlarmMapping;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Recognises what arrived, takes it out of its envelopes and reads the signals in it. Any bytes are safe to pass: what cannot
 * be read is {@link Parsed.Refused}, and the work is bounded by the length of the body. It asks nobody who they are: that is
 * the shell's business, before. Thread-safe.
 */
public final class Intake {
    private final Unwrapping unwrapping;

    /** Without mappings: CloudWatch alarms then have to name their service themselves. */
    public Intake(String defaultCluster, InstantSource clock) {
        this(defaultCluster, List.of(), clock);
    }

    /**
     * Reads bodies.
     *
     * @param defaultCluster of alerts that name no cluster
     * @param alarms of the policy file: what CloudWatch alarms are about that do not say so themselves
     * @param clock dates events that carry no time
     */
    public Intake(String defaultCluster, List<AlarmMapping> alarms, InstantSource clock) {
        AlertReader alerts = new AlertReader(defaultCluster);
        unwrapping = new Unwrapping(new DocumentReader(alerts), new Formats(alerts, defaultCluster, alarms, clock));
    }

    /** The body as a whole: what was refused of a batch is among what is ignored, unless all of it was. */
    public Parsed parse(byte[] body) {
        return Merging.of(deliveries(body));
    }

    /** Each message of a batch by itself; of anything else, the one that it is. Never empty. */
    public List<Delivery> deliveries(byte[] body) {
        return unwrapping.open(body);
    }

    /**
     * The message within an SNS notification that was verified to come from the topic.
     *
     * @param attributes of the message, by name
     */
    public Parsed message(String message, Map<String, String> attributes) {
        return unwrapping.message(message, attributes);
    }
}

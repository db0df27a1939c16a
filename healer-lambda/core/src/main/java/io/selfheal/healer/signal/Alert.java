package io.selfheal.healer.signal;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One alert about one service, whoever sent it.
 *
 * @param fingerprint the sender's identity of the alert: the same for every time that it fires
 * @param startsAt when this firing began; with the fingerprint it identifies one episode
 */
public record Alert(
        SignalSource source,
        String name,
        String fingerprint,
        ServiceId service,
        Optional<TaskId> task,
        Instant startsAt,
        SortedMap<String, String> labels) {

    public Alert {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** The same, told by another sender. */
    public Alert from(SignalSource sender) {
        return new Alert(sender, name, fingerprint, service, task, startsAt, labels);
    }

    /** The same alert of the same sender, in this or another episode. */
    public boolean sameAs(Alert other) {
        return source == other.source && fingerprint.equals(other.fingerprint);
    }
}

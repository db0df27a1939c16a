package io.selfheal.healer.lambda.wiring;

import io.selfheal.healer.engine.Remediator;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.incident.IncidentStore;
import io.selfheal.healer.lambda.config.Configuration;
import io.selfheal.healer.lambda.invocation.Preparation;
import io.selfheal.healer.lambda.invocation.Ticking;
import io.selfheal.healer.local.AlertmanagerPoll;
import io.selfheal.healer.local.AlertmanagerSilences;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.SignalSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What is asked of an Alertmanager, where there is one: its silences in each call, and in each tick what was missed. */
final class AlertmanagerParts {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    /** A call is short; what was read in one before it counts no more. */
    private static final Duration SILENCES_GOOD_FOR = Duration.ofSeconds(30);

    private final Optional<URI> url;
    private final String cluster;
    private final InstantSource clock;
    private final Optional<AlertmanagerSilences> silences;

    AlertmanagerParts(Configuration configuration, InstantSource clock) {
        this.url = configuration.sources().alertmanager();
        this.cluster = configuration.cluster();
        this.clock = clock;
        this.silences = url.map(at -> new AlertmanagerSilences(at, TIMEOUT, SILENCES_GOOD_FOR, clock));
    }

    Optional<AlertmanagerSilences> silences() {
        return silences;
    }

    List<Preparation> preparing() {
        return silences.map(one -> List.of(new Preparation("reading Alertmanager's silences", one::refresh)))
                .orElse(List.of());
    }

    List<Ticking> tickings(IncidentStore store) {
        return url.map(at -> new AlertmanagerPoll(at, cluster, TIMEOUT, store, clock))
                .map(poll -> List.of(new Ticking("asking Alertmanager", remediator -> reconcile(poll, remediator))))
                .orElse(List.of());
    }

    private static void reconcile(AlertmanagerPoll poll, Remediator remediator) {
        switch (poll.read()) {
            case Fact.Known<List<Alert>>(List<Alert> alerts, Instant _) ->
                remediator.reconcile(SignalSource.ALERTMANAGER, alerts);
            // Nothing may be taken for resolved: what could not be read stays as it is.
            case Fact.Unknown<List<Alert>>(String why) -> throw new IllegalStateException(why);
        }
    }
}

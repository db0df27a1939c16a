package io.selfheal.healer.local;

import io.selfheal.healer.sns.Confirmations;
import io.selfheal.healer.sns.SigningCertificates;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Asks SNS for its certificates and tells it that a topic may send. What was fetched is kept, since a certificate has an
 * address of its own; who invents addresses makes the healer ask AWS no more than a few times a minute.
 */
public final class SnsOverHttps implements SigningCertificates, Confirmations {
    private static final int MAX_BYTES = 64 * 1024;
    private static final int KEPT = 16;
    private static final int FETCHES = 10;
    private static final Duration PER = Duration.ofMinutes(1);

    private final Duration timeout;
    private final InstantSource clock;
    private final UnaryOperator<URI> route;
    private final Map<URI, byte[]> kept = new LinkedHashMap<>();
    private Instant minute = Instant.MIN;
    private int fetches;

    /** Asks nothing yet; the timeout bounds one exchange as a whole. */
    public SnsOverHttps(Duration timeout, InstantSource clock) {
        this(timeout, clock, UnaryOperator.identity());
    }

    SnsOverHttps(Duration timeout, InstantSource clock, UnaryOperator<URI> route) {
        this.timeout = timeout;
        this.clock = clock;
        this.route = route;
    }

    @Override
    public synchronized byte[] fetch(URI address) throws IOException {
        byte[] known = kept.get(address);
        if (known != null) {
            return known.clone();
        }
        countFetch();
        byte[] file = get(address, MAX_BYTES).getBytes(StandardCharsets.UTF_8);
        if (kept.size() == KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
        kept.put(address, file);
        return file.clone();
    }

    private void countFetch() throws IOException {
        Instant now = clock.instant();
        if (minute.isBefore(now.minus(PER))) {
            minute = now;
            fetches = 0;
        }
        if (fetches == FETCHES) {
            throw new IOException("more than " + FETCHES + " certificates were asked for within a minute");
        }
        fetches++;
    }

    @Override
    public void confirm(URI address) throws IOException {
        get(address, MAX_BYTES);
    }

    private String get(URI address, int maxBytes) throws IOException {
        Outgoing.Answer answer = new Outgoing(route.apply(address), timeout).get(maxBytes);
        if (answer.status() != 200) {
            throw new IOException("SNS answered HTTP " + answer.status());
        }
        return answer.body();
    }
}

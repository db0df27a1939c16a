package io.selfheal.twin.order;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Asks {@code user} whether somebody exists, and remembers who did. */
@Component
class Users {

    private static final Logger LOG = LoggerFactory.getLogger(Users.class);
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final int MOST_REMEMBERED = 10_000;

    private final RestClient client;
    private final Dependency dependency;
    private final Clock clock;
    private final Map<Long, Instant> seen = new ConcurrentHashMap<>();

    Users(
            RestClient.Builder builder,
            MeterRegistry registry,
            Clock clock,
            @Value("${shop.user-url}") String url) {
        this.client = builder.baseUrl(url).build();
        this.dependency = new Dependency("user", registry);
        this.clock = clock;
    }

    Existence check(long userId) {
        try {
            return exists(userId) ? remember(userId) : Existence.UNKNOWN_USER;
        } catch (DependencyUnavailableException e) {
            LOG.warn("Degraded: {}", e.getMessage());
            Instant lastSeen = seen.get(userId);
            boolean trusted = lastSeen != null && lastSeen.plus(REMEMBERED).isAfter(clock.instant());
            return trusted ? Existence.REMEMBERED : Existence.CANNOT_TELL;
        }
    }

    private boolean exists(long userId) {
        Reply reply = dependency.idempotent(() -> client.get()
                .uri("/users/{id}", userId)
                .exchangeForRequiredValue((request, response) -> Reply.of(response)));
        if (reply.status() == 200) {
            return true;
        }
        if (reply.status() == 404 && reply.problem().equals("unknown-user")) {
            return false;
        }
        throw reply.notUnderstood("user");
    }

    private Existence remember(long userId) {
        if (seen.size() >= MOST_REMEMBERED) {
            seen.clear();
        }
        seen.put(userId, clock.instant());
        return Existence.EXISTS;
    }

    /** What is known of a user. */
    enum Existence {
        EXISTS,
        UNKNOWN_USER,
        REMEMBERED,
        CANNOT_TELL
    }
}

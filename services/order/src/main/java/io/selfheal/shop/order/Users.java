package io.selfheal.shop.order;

import io.selfheal.shop.kit.client.Dependencies;
import io.selfheal.shop.kit.client.Dependency;
import io.selfheal.shop.kit.client.DependencyUnavailableException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks {@code user} whether somebody exists, and remembers who did for the time that it cannot be asked. */
@Singleton
final class Users {

    private static final Logger LOG = LoggerFactory.getLogger(Users.class);
    /** Users are never deleted, so this only bounds how long a future deletion could go unnoticed. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private static final int MOST_REMEMBERED = 10_000;

    private final UserClient client;
    private final Dependency dependency;
    private final Clock clock;
    private final Map<Long, Instant> seen = new ConcurrentHashMap<>();

    Users(UserClient client, Dependencies dependencies, Clock clock) {
        this.client = client;
        this.dependency = dependencies.named("user");
        this.clock = clock;
    }

    /** When this instance may ask again, or since when it may. */
    Instant switchedOffUntil() {
        return dependency.switchedOffUntil();
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
        Reply reply = dependency.idempotent(() -> Reply.to(() -> client.find(userId)));
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
        /** {@code user} does not answer, but it knew this one a short while ago. */
        REMEMBERED,
        /** {@code user} does not answer, and we have never seen this one. */
        CANNOT_TELL
    }
}

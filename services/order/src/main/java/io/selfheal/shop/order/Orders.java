package io.selfheal.shop.order;

import io.micronaut.http.HttpStatus;
import io.selfheal.shop.kit.client.DependencyUnavailableException;
import io.selfheal.shop.kit.web.ProblemException;
import io.selfheal.shop.order.Users.Existence;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Places orders, once per idempotency key. */
@Singleton
final class Orders {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final OrderRepository orders;
    private final Settlement settlement;
    private final Users users;
    private final OrderSettings settings;
    private final Clock clock;

    Orders(OrderRepository orders, Settlement settlement, Users users, OrderSettings settings, Clock clock) {
        this.orders = orders;
        this.settlement = settlement;
        this.users = users;
        this.settings = settings;
        this.clock = clock;
    }

    Placed place(String key, NewOrder request) {
        Placed placed = orders.findByIdempotencyKey(key)
                .map(existing -> new Placed(existing, false))
                .orElseGet(() -> writeDown(key, request));
        if (!placed.order().isFor(request)) {
            throw ProblemException.of(
                    HttpStatus.UNPROCESSABLE_ENTITY,
                    "idempotency-key-reused",
                    "This Idempotency-Key belongs to another order: a new order needs a new key");
        }
        if (!settlement.isPossible()) {
            return placed.isNew() ? forRecovery(placed) : placed;
        }
        boolean justAsked = placed.isNew() && !placed.order().userChecked();
        return justAsked ? forRecovery(placed) : new Placed(settle(placed.order()), placed.isNew());
    }

    private Placed writeDown(String key, NewOrder request) {
        Existence user = users.check(request.userId());
        if (user == Existence.UNKNOWN_USER) {
            throw ProblemException.of(
                    HttpStatus.UNPROCESSABLE_ENTITY, "unknown-user", "There is no user " + request.userId());
        }
        Instant now = clock.instant();
        int added = orders.insertIfAbsent(
                key,
                request.userId(),
                request.productId(),
                request.quantity(),
                UUID.randomUUID().toString(),
                user != Existence.CANNOT_TELL,
                user != Existence.EXISTS || !settlement.isPossible(),
                now,
                now.plus(settings.lease()));
        Order order = orders.findByIdempotencyKey(key).orElseThrow();
        return new Placed(order, added == 1);
    }

    /** Accepted, though a service that it needs could not be asked a moment ago: asking again at once would only cost time. */
    private Placed forRecovery(Placed placed) {
        orders.letGo(placed.order().number(), clock.instant().plus(settings.recoveryPause()));
        return placed;
    }

    private Order settle(Order order) {
        try {
            Order settled = settlement.settle(order);
            if (settled.status() == OrderStatus.PENDING || settled.status() == OrderStatus.RELEASING) {
                orders.letGo(order.number(), clock.instant());
            }
            return settled;
        } catch (DependencyUnavailableException e) {
            orders.letGo(order.number(), clock.instant());
            throw ProblemException.unavailable(
                    "dependency-unavailable",
                    "Order " + order.number() + " is written down but not settled, because '" + e.dependency()
                            + "' is unavailable. Repeat the request with the same Idempotency-Key to learn its outcome",
                    RETRY_AFTER);
        }
    }

    /** An order, and whether this very request created it. */
    record Placed(Order order, boolean isNew) {}
}

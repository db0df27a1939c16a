package io.selfheal.twin.order;

import io.selfheal.twin.order.Users.Existence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** Places orders, once per idempotency key. */
@Service
class Orders {

    static final Duration LEASE = Duration.ofSeconds(15);
    private static final int RETRY_AFTER_SECONDS = 2;

    private final OrderTable orders;
    private final Settlement settlement;
    private final Users users;
    private final Clock clock;

    Orders(OrderTable orders, Settlement settlement, Users users, Clock clock) {
        this.orders = orders;
        this.settlement = settlement;
        this.users = users;
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
        boolean justAsked = placed.isNew() && !placed.order().userChecked();
        if (justAsked) {
            orders.letGo(placed.order().id(), clock.instant().plus(Recovery.PAUSE));
            return placed;
        }
        return new Placed(settle(placed.order()), placed.isNew());
    }

    private Placed writeDown(String key, NewOrder request) {
        Existence user = users.check(request.userId());
        if (user == Existence.UNKNOWN_USER) {
            throw ProblemException.of(
                    HttpStatus.UNPROCESSABLE_ENTITY, "unknown-user", "There is no user " + request.userId());
        }
        Instant now = clock.instant();
        int added = orders.insertIfAbsent(new Order(
                0,
                key,
                request.userId(),
                request.productId(),
                request.quantity(),
                OrderStatus.PENDING,
                null,
                UUID.randomUUID().toString(),
                user != Existence.CANNOT_TELL,
                user != Existence.EXISTS,
                now,
                now.plus(LEASE)));
        return new Placed(orders.findByIdempotencyKey(key).orElseThrow(), added == 1);
    }

    private Order settle(Order order) {
        try {
            Order settled = settlement.settle(order);
            if (settled.status() == OrderStatus.PENDING || settled.status() == OrderStatus.RELEASING) {
                orders.letGo(order.id(), clock.instant());
            }
            return settled;
        } catch (DependencyUnavailableException e) {
            orders.letGo(order.id(), clock.instant());
            throw new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "dependency-unavailable",
                    "Order " + order.id() + " is written down but not settled, because '" + e.dependency()
                            + "' is unavailable. Repeat the request with the same Idempotency-Key to learn its outcome",
                    RETRY_AFTER_SECONDS);
        }
    }

    /** An order, and whether this very request created it. */
    record Placed(Order order, boolean isNew) {}
}

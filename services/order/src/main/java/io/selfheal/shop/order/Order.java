package io.selfheal.shop.order;

import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code orders}; the id is null until it is stored.
 *
 * @param degraded true when it was accepted without {@code user} or {@code product} being asked
 * @param userChecked false while nobody has confirmed that the user exists
 */
@MappedEntity(value = "orders", schema = "order_service")
record Order(
        @Id @GeneratedValue @Nullable Long id,
        String idempotencyKey,
        long userId,
        long productId,
        long quantity,
        OrderStatus status,
        @Nullable Reason reason,
        String reservationId,
        boolean userChecked,
        boolean degraded,
        Instant createdAt,
        Instant leasedUntil) {

    long number() {
        return Objects.requireNonNull(id, "an order that is not stored has no number");
    }

    boolean isFor(NewOrder request) {
        return userId == request.userId() && productId == request.productId() && quantity == request.quantity();
    }
}

package io.selfheal.twin.order;

import java.time.Instant;

/** A row of {@code orders}; without a reason unless it is rejected. */
record Order(
        long id,
        String idempotencyKey,
        long userId,
        long productId,
        long quantity,
        OrderStatus status,
        Reason reason,
        String reservationId,
        boolean userChecked,
        boolean degraded,
        Instant createdAt,
        Instant leasedUntil) {

    boolean isFor(NewOrder request) {
        return userId == request.userId() && productId == request.productId() && quantity == request.quantity();
    }
}

package io.selfheal.twin.order;

import java.time.Instant;

/** An order as the API shows it. */
record OrderView(
        long id,
        long userId,
        long productId,
        long quantity,
        OrderStatus status,
        Reason reason,
        boolean degraded,
        Instant createdAt) {

    static OrderView of(Order order) {
        return new OrderView(
                order.id(),
                order.userId(),
                order.productId(),
                order.quantity(),
                order.status(),
                order.reason(),
                order.degraded(),
                order.createdAt());
    }
}

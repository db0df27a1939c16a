package io.selfheal.shop.order;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An order as the API shows it. */
@Serdeable
record OrderView(
        long id,
        long userId,
        long productId,
        long quantity,
        OrderStatus status,
        @Nullable Reason reason,
        boolean degraded,
        Instant createdAt) {

    static OrderView of(Order order) {
        return new OrderView(
                order.number(),
                order.userId(),
                order.productId(),
                order.quantity(),
                order.status(),
                order.reason(),
                order.degraded(),
                order.createdAt());
    }
}

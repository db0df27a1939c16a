package io.selfheal.shop.order;

import io.selfheal.shop.order.Users.Existence;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives an order to its end. Any number of drivers may do so at once, in any process: they may do work twice, but only
 * one of them moves the row, and {@code product} decides once per reservation.
 */
@Singleton
final class Settlement {

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    private final OrderRepository orders;
    private final Users users;
    private final Stock stock;

    Settlement(OrderRepository orders, Users users, Stock stock) {
        this.orders = orders;
        this.users = users;
        this.stock = stock;
    }

    /**
     * Goes as far as can be gone now and answers the order as it then is: settled, or still PENDING because its user
     * cannot be checked. Throws when a service that it needs is unavailable; then too nothing is lost.
     */
    Order settle(Order order) {
        switch (order.status()) {
            case PENDING -> pending(order);
            case RELEASING -> release(order);
            case CONFIRMED, REJECTED -> {
                return order;
            }
        }
        return orders.findById(order.number()).orElseThrow();
    }

    /** False while this instance is told to do without {@code product}: no order can be settled then. */
    boolean isPossible() {
        return !stock.isSwitchedOff();
    }

    /** Since when this instance may ask everybody that it needs; in the future while it may not. */
    Instant possibleSince() {
        return Collections.max(List.of(stock.switchedOffUntil(), users.switchedOffUntil()));
    }

    /** Gives an order up. First the row, so that nobody confirms it any more, then the stock. */
    private void giveUp(Order order, Reason reason) {
        if (orders.move(order.number(), OrderStatus.PENDING.name(), OrderStatus.RELEASING.name(), reason.name()) == 1) {
            release(order);
        }
    }

    private void pending(Order order) {
        if (!order.userChecked()) {
            Existence existence = users.check(order.userId());
            switch (existence) {
                case EXISTS, REMEMBERED -> orders.userChecked(order.number());
                case UNKNOWN_USER -> giveUp(order, Reason.UNKNOWN_USER);
                case CANNOT_TELL -> LOG.info("Order {} waits for its user to be checked", order.number());
            }
            if (existence == Existence.UNKNOWN_USER || existence == Existence.CANNOT_TELL) {
                return;
            }
        }
        switch (stock.reserve(order)) {
            case HELD -> end(order, OrderStatus.CONFIRMED, null);
            case OUT_OF_STOCK -> end(order, OrderStatus.REJECTED, Reason.OUT_OF_STOCK);
            case UNKNOWN_PRODUCT -> end(order, OrderStatus.REJECTED, Reason.UNKNOWN_PRODUCT);
            case RELEASED -> LOG.info("Order {} was given up by another driver", order.number());
        }
    }

    private void release(Order order) {
        stock.release(order);
        orders.move(order.number(), OrderStatus.RELEASING.name(), OrderStatus.REJECTED.name());
        LOG.info("Order {} rejected, its stock is released", order.number());
    }

    private void end(Order order, OrderStatus status, @Nullable Reason reason) {
        int moved = reason == null
                ? orders.move(order.number(), OrderStatus.PENDING.name(), status.name())
                : orders.move(order.number(), OrderStatus.PENDING.name(), status.name(), reason.name());
        if (moved == 1) {
            LOG.atInfo().addKeyValue("order", order.number()).log("Order {} {}", order.number(), status);
        }
    }
}

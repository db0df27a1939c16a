package io.selfheal.twin.order;

import io.selfheal.twin.order.Users.Existence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Drives an order to its end. */
@Service
class Settlement {

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    private final OrderTable orders;
    private final Users users;
    private final Stock stock;

    Settlement(OrderTable orders, Users users, Stock stock) {
        this.orders = orders;
        this.users = users;
        this.stock = stock;
    }

    Order settle(Order order) {
        switch (order.status()) {
            case PENDING -> pending(order);
            case RELEASING -> release(order);
            case CONFIRMED, REJECTED -> {
                return order;
            }
        }
        return orders.findById(order.id()).orElseThrow();
    }

    private void pending(Order order) {
        if (!order.userChecked()) {
            Existence existence = users.check(order.userId());
            switch (existence) {
                case EXISTS, REMEMBERED -> orders.userChecked(order.id());
                case UNKNOWN_USER -> giveUp(order, Reason.UNKNOWN_USER);
                case CANNOT_TELL -> LOG.info("Order {} waits for its user to be checked", order.id());
            }
            if (existence == Existence.UNKNOWN_USER || existence == Existence.CANNOT_TELL) {
                return;
            }
        }
        switch (stock.reserve(order)) {
            case HELD -> end(order, OrderStatus.CONFIRMED, null);
            case OUT_OF_STOCK -> end(order, OrderStatus.REJECTED, Reason.OUT_OF_STOCK);
            case UNKNOWN_PRODUCT -> end(order, OrderStatus.REJECTED, Reason.UNKNOWN_PRODUCT);
            case RELEASED -> LOG.info("Order {} was given up by another driver", order.id());
        }
    }

    private void giveUp(Order order, Reason reason) {
        if (orders.move(order.id(), OrderStatus.PENDING, OrderStatus.RELEASING, reason) == 1) {
            release(order);
        }
    }

    private void release(Order order) {
        stock.release(order);
        orders.move(order.id(), OrderStatus.RELEASING, OrderStatus.REJECTED);
        LOG.info("Order {} rejected, its stock is released", order.id());
    }

    private void end(Order order, OrderStatus status, Reason reason) {
        int moved = reason == null
                ? orders.move(order.id(), OrderStatus.PENDING, status)
                : orders.move(order.id(), OrderStatus.PENDING, status, reason);
        if (moved == 1) {
            LOG.atInfo().addKeyValue("order", order.id()).log("Order {} {}", order.id(), status);
        }
    }
}

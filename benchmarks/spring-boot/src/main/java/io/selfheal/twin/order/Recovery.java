package io.selfheal.twin.order;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Settles orders that nobody drives any more. */
@Component
class Recovery {

    static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(15);
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final OrderTable orders;
    private final Settlement settlement;
    private final Clock clock;

    Recovery(OrderTable orders, Settlement settlement, Clock clock) {
        this.orders = orders;
        this.settlement = settlement;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 1000, initialDelay = 1000)
    void sweep() {
        try {
            orders.unsettled(clock.instant()).forEach(this::recover);
        } catch (RuntimeException e) {
            LOG.warn("Recovery put off: {}", e.getMessage());
        }
    }

    private void recover(Order order) {
        Instant now = clock.instant();
        if (orders.lease(order.id(), now, now.plus(Orders.LEASE)) == 0) {
            return;
        }
        try {
            Order settled = settlement.settle(order);
            if (settled.status() == OrderStatus.PENDING) {
                putOff(settled, now);
            } else {
                LOG.info("Recovered order {}: {}", order.id(), settled.status());
            }
        } catch (DependencyUnavailableException e) {
            LOG.debug("Order {} stays as it is: {}", order.id(), e.getMessage());
            putOff(order, now);
        }
    }

    private void putOff(Order order, Instant now) {
        if (order.status() == OrderStatus.PENDING
                && order.createdAt().plus(GIVE_UP_AFTER).isBefore(now)) {
            orders.move(order.id(), OrderStatus.PENDING, OrderStatus.RELEASING, Reason.EXPIRED);
        }
        orders.letGo(order.id(), now.plus(PAUSE));
    }
}

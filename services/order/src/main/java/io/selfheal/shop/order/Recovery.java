package io.selfheal.shop.order;

import io.micronaut.scheduling.annotation.Scheduled;
import io.selfheal.shop.kit.client.DependencyUnavailableException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles orders that nobody drives any more, because their instance was killed or a service was away. Runs in every instance, and
 * only part of the time: the slower those are whom it asks, the fewer orders a sweep settles, so that users come first.
 */
@Singleton
class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final OrderRepository orders;
    private final Settlement settlement;
    private final OrderSettings settings;
    private final Clock clock;

    Recovery(OrderRepository orders, Settlement settlement, OrderSettings settings, Clock clock) {
        this.orders = orders;
        this.settlement = settlement;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = "${shop.order.recovery-interval:1s}", initialDelay = "${shop.order.recovery-interval:1s}")
    void sweep() {
        if (!settlement.isPossible()) {
            return;
        }
        try {
            Instant end = clock.instant().plus(settings.sweep());
            for (Order order : orders.unsettled(clock.instant())) {
                // Who has just not answered would get fifty more, and that load may be what keeps it down.
                if (!recover(order) || !clock.instant().isBefore(end)) {
                    break;
                }
            }
        } catch (RuntimeException e) {
            // Whatever it was, the database most likely: the orders are still there next time.
            LOG.warn("Recovery put off: {}", e.getMessage());
        }
    }

    /** False where a service did not answer; the order is put off then, so that the next sweep begins with another one. */
    private boolean recover(Order order) {
        Instant now = clock.instant();
        if (orders.lease(order.number(), now, now.plus(settings.lease())) == 0) {
            return true;
        }
        try {
            Order settled = settlement.settle(order);
            if (settled.status() == OrderStatus.PENDING) {
                putOff(settled, now);
            } else {
                LOG.info("Recovered order {}: {}", order.number(), settled.status());
            }
            return true;
        } catch (DependencyUnavailableException e) {
            LOG.debug("Order {} stays as it is: {}", order.number(), e.getMessage());
            putOff(order, now);
            return false;
        }
    }

    /** Too old an order is given up, the row first: once it is RELEASING, its stock is released whenever that can be done. */
    private void putOff(Order order, Instant now) {
        if (isExpired(order, now)) {
            orders.move(
                    order.number(), OrderStatus.PENDING.name(), OrderStatus.RELEASING.name(), Reason.EXPIRED.name());
        }
        orders.letGo(order.number(), now.plus(settings.recoveryPause()));
    }

    /** The time in which we were told not to ask does not count: nobody has tried. */
    private boolean isExpired(Order order, Instant now) {
        Instant since = Collections.max(List.of(order.createdAt(), settlement.possibleSince()));
        return order.status() == OrderStatus.PENDING
                && since.plus(settings.giveUpAfter()).isBefore(now);
    }
}

package io.selfheal.shop.order;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Time limits of orders.
 *
 * @param lease how long one driver has an order for itself; longer than any request takes
 * @param recoveryPause how long an order that could not be settled is left alone
 * @param sweep after which recovery begins with no further order until its next interval: at most a fifth of its time with the defaults
 * @param giveUpAfter age from which on an order is given up when it is tried once more and cannot be settled
 */
@ConfigurationProperties("shop.order")
record OrderSettings(
        @Bindable(defaultValue = "15s") Duration lease,
        @Bindable(defaultValue = "2s") Duration recoveryPause,
        @Bindable(defaultValue = "250ms") Duration sweep,
        @Bindable(defaultValue = "15m") Duration giveUpAfter) {}

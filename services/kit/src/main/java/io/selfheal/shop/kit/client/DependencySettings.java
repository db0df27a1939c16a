package io.selfheal.shop.kit.client;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/**
 * How patient we are with other services.
 *
 * @param attempts how often an idempotent call is made, the first one included
 * @param backoff longest pause before the second attempt; doubles with each further one, the actual pause is random below it
 * @param failuresToOpen failed calls in a row after which the breaker opens
 * @param openFor how long it stays open before one call may try again
 */
@ConfigurationProperties("shop.dependencies")
public record DependencySettings(
        @Bindable(defaultValue = "3") @Min(1) int attempts,
        @Bindable(defaultValue = "50ms") Duration backoff,
        @Bindable(defaultValue = "5") @Min(1) int failuresToOpen,
        @Bindable(defaultValue = "2s") Duration openFor) {}

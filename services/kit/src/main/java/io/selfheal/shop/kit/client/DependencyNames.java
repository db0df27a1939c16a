package io.selfheal.shop.kit.client;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.List;

/**
 * Which services this one calls.
 *
 * @param names as in {@code micronaut.http.services.*}; empty for a service that calls none
 */
@ConfigurationProperties("shop.calls")
public record DependencyNames(@Bindable(defaultValue = "") List<String> names) {}

/**
 * Calls to other services, made so that the other's trouble does not become ours: retries with jitter where a repeat is
 * harmless, and a circuit breaker. It knows no HTTP route of any service.
 */
@NullMarked
package io.selfheal.shop.kit.client;

import org.jspecify.annotations.NullMarked;

/**
 * Readiness as a metric, for whoever scrapes without probing; liveness as a command, for whoever runs the container. It knows no
 * service's indicators.
 */
@NullMarked
package io.selfheal.shop.kit.health;

import org.jspecify.annotations.NullMarked;

/** Readiness as a metric: whoever scrapes sees an unready instance without probing it. It knows no service's indicators. */
@NullMarked
package io.selfheal.shop.kit.health;

import org.jspecify.annotations.NullMarked;

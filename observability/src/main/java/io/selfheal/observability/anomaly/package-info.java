/** Rules for what is unusual, as opposed to what breaks a goal: one source, at the pace of either clock. */
@NullMarked
package io.selfheal.observability.anomaly;

import org.jspecify.annotations.NullMarked;

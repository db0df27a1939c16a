/**
 * The healer's own story told to systems that keep traces and draw dashboards. Told after the save, from a queue of its own: what is
 * slow or away loses what it would have been told, and never holds up healing.
 */
@NullMarked
package io.selfheal.healer.local.telemetry;

import org.jspecify.annotations.NullMarked;

/**
 * Metrics, traces and log lines, wired once: exemplars that lead from a bucket to a trace, traces that leave the process
 * only when an endpoint is set, log lines that carry the trace. It knows no vendor and no fault.
 */
@NullMarked
package io.selfheal.shop.kit.telemetry;

import org.jspecify.annotations.NullMarked;

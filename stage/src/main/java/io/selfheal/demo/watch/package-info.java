/**
 * The outside view while a fault runs: prober, alerts, the healer's own timeline. Only reads; what the healer believes decides nothing.
 */
@NullMarked
package io.selfheal.demo.watch;

import org.jspecify.annotations.NullMarked;

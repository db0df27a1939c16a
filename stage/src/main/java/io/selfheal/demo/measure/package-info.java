/**
 * From samples to figures: when users were well again, percentiles, budgets, verdicts. Pure: no clock, no network.
 */
@NullMarked
package io.selfheal.demo.measure;

import org.jspecify.annotations.NullMarked;

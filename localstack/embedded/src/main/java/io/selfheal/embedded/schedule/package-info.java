/**
 * Decides what to start and stop for one service, and when its deployment has completed or failed. Pure functions over records: no
 * clock, no process, no JSON; must not know how tasks run or who asks.
 */
@NullMarked
package io.selfheal.embedded.schedule;

import org.jspecify.annotations.NullMarked;

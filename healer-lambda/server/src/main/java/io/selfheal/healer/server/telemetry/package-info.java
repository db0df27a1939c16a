/**
 * What the healer tells about itself: metrics and logs derived from the history after it was saved. May fail without harm.
 */
@NullMarked
package io.selfheal.healer.server.telemetry;

import org.jspecify.annotations.NullMarked;

/** How what is told to others waits and goes out: in order, by one thread, and never in the way of whoever tells it. */
@NullMarked
package io.selfheal.healer.local.sending;

import org.jspecify.annotations.NullMarked;
